"""Kills the program at random moments: is anything that it had acknowledged lost, said twice, or said early?"""
