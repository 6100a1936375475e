"""What the bot's message tab offers to begin with (docs.slack.dev: up to four)."""

import logging

from adapters.slack.troubles import Refused
from adapters.slack.web import SlackWeb
from bot.chat.errors import Unreachable

log = logging.getLogger(__name__)

PROMPTS = [
    {"title": "Ask what a value means", "message": "What does transparency mean for a chatbot?"},
    {"title": "Find an office hour", "message": "hours"},
    # What is chosen here stands in the history as a message of theirs: it must say nothing of a concern.
    {"title": "Book, raise a concern, use a receipt", "message": "desk"},
    {"title": "See what I can do", "message": "help"},
]


async def suggest(web: SlackWeb, channel: str) -> None:
    """Offer something to ask, where the workspace has agents' message tabs."""
    try:
        await web.call("assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=PROMPTS)
    except Refused as refused:
        log.info("no prompts were suggested: %s", refused.code)
    except Unreachable:
        log.info("no prompts were suggested: Slack did not answer")
