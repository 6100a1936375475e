"""Files of cards in Teams: offered in somebody's own chat, and uploaded where they accept."""

import httpx

from adapters.shapes import Json, inner, word
from adapters.teams.endpoints import Endpoints
from bot.chat.cards import Attachment, Card
from bot.chat.errors import Unreachable
from bot.chat.text import clean

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"

LARGEST = 20_000
"""Bytes of a file that an offer can carry with it, so that nothing of it is kept here."""


def consents(card: Card) -> list[Json]:
    """Offers of a card's files, a message each; of one that is too large for that, the card says so."""
    return [_offer(each) for each in card.blocks if isinstance(each, Attachment) and is_offered(each)]


def is_offered(file: Attachment) -> bool:
    """Whether an offer can carry a file."""
    return len(_sent(file)) <= LARGEST


def _sent(file: Attachment) -> bytes:
    """What is sent of a file: half a letter, which nothing can store, becomes a question mark."""
    return file.content.encode(errors="replace")


def _offer(file: Attachment) -> Json:
    name, sent = clean(file.name), _sent(file)
    content: Json = {
        "description": f"{name}: to keep in your own files.",
        "sizeInBytes": len(sent),
        "acceptContext": {"rai": {"file": name, "content": sent.decode()}},
        "declineContext": {"rai": {"file": name}},
    }
    offer = {"contentType": CONSENT, "name": name, "content": content}
    return {"type": "message", "summary": f"A file: {name}", "attachments": [offer]}


async def upload(client: httpx.AsyncClient, answer: Json, endpoints: Endpoints) -> Json | None:
    """Upload an offered file where somebody accepted it.

    Args:
        answer: the ``value`` of a fileConsent/invoke.
        endpoints: say which places are Microsoft's for files.

    Returns:
        The message that shows the file; None where it was declined.

    Raises:
        Unreachable: it was not taken.
        ValueError: it is none of ours, or leads to no place of Microsoft's for files.
    """
    if word(answer, "action") != "accept":
        return None
    given, place = inner(answer, "context", "rai"), inner(answer, "uploadInfo")
    content, address = word(given, "content").encode(), word(place, "uploadUrl")
    if not content or not endpoints.takes_files(address):
        raise ValueError("an upload of no file of ours")
    headers = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
    try:
        answered = await client.put(address, content=content, headers=headers)
    except httpx.HTTPError as error:
        raise Unreachable(f"The file did not arrive ({type(error).__name__}). Please accept it once more.") from None
    if answered.status_code not in (200, 201):
        raise Unreachable("The file was not taken. Please accept it once more.")
    info = {"uniqueId": word(place, "uniqueId"), "fileType": word(place, "fileType")}
    shown = {"contentType": INFO, "contentUrl": word(place, "contentUrl"), "name": word(place, "name"), "content": info}
    return {"type": "message", "summary": f"A file: {word(place, 'name')}", "attachments": [shown]}
