"""The platforms, each a door to the same rooms."""
