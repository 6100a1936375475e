"""The one file that knows Microsoft's SDK: an activity becomes its turn, and what the turn leaves becomes our answer.

Nothing else of the SDK is used. Its own aiohttp host answers 500 to every dialog (microsoft/teams-sdk#2510), its token
check answers 500 where 401 is due, and its client blocks the loop: hosting, tokens and sending are this adapter's.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity, ActivityTypes
from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult
from botframework.connector.auth.connector_factory import ConnectorFactory

from adapters.shapes import Json


@dataclass(frozen=True)
class Answer:
    """What an invoke is answered with; a receipt may stand in it, and the repr of a task shows what it brought."""

    status: int
    body: Json = field(repr=False)


class BotFramework(CloudAdapterBase):  # type: ignore[misc]  # the SDK has no types
    """Runs turns of the SDK's pipeline; who spoke was checked before."""

    def __init__(self) -> None:
        super().__init__(_NoAuthentication())

    async def turn(self, activity: Json, logic: Callable[[], Awaitable[Answer | None]]) -> Answer | None:
        """Run one activity through the pipeline.

        Args:
            logic: what the house does; its answer is an invoke's.

        Raises:
            ValueError: the activity cannot be read.
        """
        try:
            read = Activity().deserialize(activity)
        except Exception:
            # Its errors hold the whole activity.
            raise ValueError("an activity that the SDK cannot read") from None
        # Whatever way it says that it came: Teams waits for an invoke's own answer, and never for a list of messages.
        read.delivery_mode = None

        async def on_turn(context: TurnContext) -> None:
            if answer := await logic():
                response = InvokeResponse(status=answer.status, body=answer.body)
                await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))

        result: Any = await self.process_activity(_checked_before(), read, on_turn)
        return Answer(result.status, result.body) if result is not None and result.body is not None else None


class _NoConnector(ConnectorFactory):  # type: ignore[misc]
    """Messages go out through this adapter's own connector, and never through a turn."""

    async def create(self, service_url: str, audience: str) -> object:
        return _NoConnector()


class _NoAuthentication(BotFrameworkAuthentication):  # type: ignore[misc]
    """Tokens are checked before the SDK sees anything."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        return _checked_before()

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> object:
        return _checked_before()

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return _NoConnector()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> object:
        return object()


def _checked_before() -> AuthenticateRequestResult:
    result = AuthenticateRequestResult()
    result.claims_identity = ClaimsIdentity({}, True)
    result.caller_id = None
    result.audience = ""
    result.connector_factory = _NoConnector()
    return result
