"""Breaks the concern path in every small way that mutmut knows, and counts what the types and the tests notice."""
