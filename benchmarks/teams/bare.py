"""The floor: a bot of the stock SDK that checks tokens and echoes, on the same server as ours."""

import asyncio
import json
import sys
from typing import Any

import uvicorn
from botbuilder.core import TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity
from botframework.connector.auth import (
    BotFrameworkAuthenticationFactory,
    ChannelValidation,
    PasswordServiceClientCredentialFactory,
)
from msrest.authentication import BasicTokenAuthentication
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.doubles.teams.organisation import APP_ID


class _Adapter(CloudAdapterBase):  # type: ignore[misc]
    """Nothing beyond the SDK's own."""


class _Credentials(PasswordServiceClientCredentialFactory):  # type: ignore[misc]
    """Needs no sign-in: that is not what is measured."""

    async def create_credentials(self, *_: Any, **__: Any) -> BasicTokenAuthentication:
        return BasicTokenAuthentication({"access_token": "benchmark"})


async def _echo(context: TurnContext) -> None:
    if context.activity.text:
        await context.send_activity(f"Echo: {context.activity.text}")


def main(port: int, microsoft: str) -> None:
    """Serve until the process is ended."""
    ChannelValidation.open_id_metadata_endpoint = f"{microsoft}openid"
    factory = _Credentials(APP_ID, "benchmark")
    adapter = _Adapter(BotFrameworkAuthenticationFactory.create(credential_factory=factory))

    async def messages(request: Request) -> Response:
        activity = Activity().deserialize(json.loads(await request.body()))
        await adapter.process_activity(request.headers["Authorization"], activity, _echo)
        return Response(status_code=201)

    async def ready(_: Request) -> Response:
        return PlainTextResponse("ok")

    routes = [Route("/api/messages", messages, methods=["POST"]), Route("/readyz", ready)]
    config = uvicorn.Config(Starlette(routes=routes), port=port, access_log=False, log_level="warning")
    asyncio.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
