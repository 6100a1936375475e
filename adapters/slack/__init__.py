"""Slack: the house behind a workspace's commands, mentions, shortcuts and pages."""
