"""What in somebody's words may tell who they are: looked for before the seal, and told to nobody else."""
