"""The hallway: the language all rooms and adapters speak, and nothing else."""
