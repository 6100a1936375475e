"""What Slack's own SDK thinks of blocks: the second opinion."""

import json
from collections.abc import Iterator
from functools import lru_cache

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block


def sdk_problems(blocks: object) -> list[str]:
    """What ``Block.parse`` and ``validate_json`` refuse, at every depth that the SDK has objects for."""
    return [problem for block in (blocks if isinstance(blocks, list) else []) for problem in _known(json.dumps(block))]


@lru_cache(2_000)
def _known(block: str) -> tuple[str, ...]:
    """The SDK takes milliseconds for a block, and a house says many things more than once."""
    return tuple(_of(json.loads(block)))


def _of(block: object) -> Iterator[str]:
    parsed = Block.parse(block)  # type: ignore[arg-type]
    if parsed is None:
        yield "the SDK knows no such block"
        return
    yield from _walk(parsed)


def _walk(part: object) -> Iterator[str]:
    if isinstance(part, list | tuple):
        for each in part:
            yield from _walk(each)
    elif hasattr(part, "validate_json"):
        try:
            part.validate_json()
        except SlackObjectFormationError as error:
            yield f"{type(part).__name__}: {error}"
        for value in vars(part).values():
            yield from _walk(value)
