"""What is left of a concern in the memory of the process that took it, read from outside that process."""
