"""Stand-ins for the platforms, stricter than they are."""
