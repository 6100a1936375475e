"""Who raised it? An adversary guesses by the clock, against the real release; run it with ``python -m``."""
