"""Slack as far as an app can tell: its API, its socket, its people."""
