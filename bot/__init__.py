"""RAI Office Hours: the core, its rooms and the hallway between them."""

__version__ = "0.1.0"
