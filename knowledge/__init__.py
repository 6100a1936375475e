"""The curated library: reading entries, checking them, and finding the one that answers a question."""
