"""Concerns in large numbers through every door while things go wrong, and a search for what is left of them."""
