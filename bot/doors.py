"""The doors: the house with the platforms that the settings name; in this version, the terminal."""
