"""The whole bot in a terminal; no account needed."""
