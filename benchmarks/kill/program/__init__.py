"""Kills the real program at random moments of a session at the terminal, its very first start among them."""
