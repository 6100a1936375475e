"""Draws every card and form as a platform shows it, into pictures to look at."""
