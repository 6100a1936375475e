"""What the figures about Teams come from."""
