"""How much of what might identify an author is pointed out, how often for nothing, and how long it takes."""
