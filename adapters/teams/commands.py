"""What the command list offers, in the message box and behind a slash."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Offered:
    """One line of the list.

    Args:
        title: what Teams puts into the message box; it is sent as it stands, so the house must understand it.
    """

    title: str
    description: str


# What is chosen stands in a history as a message of theirs: no verb of the safe space, whose words may stand in none.
EVERYWHERE = (
    Offered("help", "What can be said, a line each"),
    Offered("desk", "One form for everything"),
    Offered("ask", "A question in your own words"),
    Offered("hours", "Your office hours, and the next free ones"),
    Offered("book", "Book an office hour"),
)
ALONE = (
    Offered("home", "Your page: questions, office hours, and what comes next"),
    *EVERYWHERE,
    Offered("offer", "Offer office hours"),
    Offered("role", "Your role, so that answers fit it"),
    Offered("What does transparency mean for a chatbot?", "A question to begin with"),
)
"""In a chat with the bot alone there is room for more."""
