"""Microsoft Teams: a door behind which the same rooms are."""
