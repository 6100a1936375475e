"""The safe space: anonymous by construction. Nothing here can reach who spoke, from where, or when."""
