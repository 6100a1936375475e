"""What is measured of the door to Slack."""
