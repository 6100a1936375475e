"""What stands behind the wall in the end: behind the receipts, in the outbox, and what there may be keys of."""

import json

from sqlalchemy import text

from bot.app import App
from bot.chat.errors import HouseError
from bot.concerns.receipt import Receipt

_LEFT = "SELECT count(*) FROM outbox WHERE lease_until IS NOT NULL OR state <> 'waiting' OR attempts > 0"

_BATCHES = """
SELECT coalesce(min(CASE WHEN released_at IS NULL THEN number END), coalesce(max(number), 0) + 1) FROM concerns_batch
"""


async def left(app: App) -> int:
    """How many messages were tried and not said yet."""
    async with app.database.reading() as transaction:
        counted: int = await transaction.scalar(text(_LEFT)) or 0
    return counted


async def keys(app: App) -> list[str]:
    """What may have a key in the keys folder: concerns, and the batch that waits, or the next one."""
    async with app.database.reading() as transaction:
        concerns = await transaction.scalars(text("SELECT id FROM concerns_concern"))
        batches = await transaction.scalars(text(_BATCHES))
        return [*concerns, *(f"batch-{number}" for number in batches)]


async def behind(app: App, receipt: str) -> dict[str, str]:
    """What an author finds by a receipt."""
    parsed = Receipt.parse(receipt)
    if parsed is None:
        raise RuntimeError("what was shown as a receipt is none")
    try:
        thread = await app.concerns.follow(parsed)
    except HouseError as error:
        return {"problem": type(error).__name__}
    replies = json.dumps([each.text for each in thread.replies])
    return {"released": str(thread.released), "waiting": str(thread.waiting), "replies": replies}
