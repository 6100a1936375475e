"""What a platform posts to a door, read with a limit."""

from starlette.requests import Request

LARGEST = 1_000_000
"""Bytes: no platform sends more; Slack's modals have 250 kB, Teams' activities 256 kB."""


async def body_of(request: Request) -> bytes | None:
    """What was sent; None where it is more than any platform ever sends."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body
