"""What an asker sees of a question that was noted: that it was, that it can be deleted, and the way to a human."""

from bot.chat.cards import Button, Card, Text
from bot.questions.presses import DROP, HUMAN, WAIT, Asked, OnGap, fitting


def human_button(label: str, question: str) -> Button:
    """The way to a human; the form takes the question as it was typed."""
    return Button(label, fitting(question, lambda words: HUMAN(Asked(words))), opens_form=True)


def gap_buttons(gap: str) -> tuple[Button, ...]:
    """What can be done with a question that was noted."""
    return (Button("Tell me when this is answered", WAIT(OnGap(gap))), drop_button(gap))


def drop_button(gap: str) -> Button:
    """Deletes a question that was noted."""
    return Button("Don't keep my question", DROP(OnGap(gap)))


def rated_card(gap: str | None, question: str) -> Card:
    """A verdict is kept; where the answer fell short, so is the question, and a human is one press away."""
    if gap is None:
        return Card("Thank you", (Text("Noted, without your name."),))
    words = "Noted, without your name, together with your question, so that somebody can write a better answer."
    return Card("Thank you", (Text(words),), (human_button("Ask a human", question), *gap_buttons(gap)))


def waiting_card(gap: str) -> Card:
    """Somebody is told once their question has an answer."""
    words = "That you wait is kept apart from your words, and forgotten once you were told."
    return Card("You will be told", (Text(words),), (drop_button(gap),))


def dropped_card(*, in_ticket: bool) -> Card:
    """A question that was noted is deleted; a ticket made of it keeps its wording."""
    words = "A ticket was made of it and others like it before; its wording stays there." if in_ticket else ""
    return Card("Your question is deleted", (Text(words or "Nothing of it is kept."),))
