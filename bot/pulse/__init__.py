"""The weekly pulse: everybody in a channel gets the same small card, and more people use the bot in the same way."""
