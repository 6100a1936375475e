"""A double of Microsoft Teams: an organisation, its connector and keys, and people at their clients."""
