"""The search beside its peers, all in one run, on question sets of which the right answers are known."""
