"""The figures the README names, each beside its floor; run them with ``python -m benchmarks``."""
