"""What the rooms keep things in: the database, its migrations, and the outbox."""
