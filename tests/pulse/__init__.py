"""The weekly pulse, from the round to the person who never wants to be asked again."""
