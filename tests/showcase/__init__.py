"""Every card and form of every room, as somebody would meet it."""
