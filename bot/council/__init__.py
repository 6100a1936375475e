"""The middle-out council: sees that every concern gets an owner, an answer and an outcome."""
