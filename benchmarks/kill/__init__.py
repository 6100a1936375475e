"""Kills the program at random moments and looks whether anything it had acknowledged is lost, or said twice."""
