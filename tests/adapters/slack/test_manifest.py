"""The app manifest asks for what the code calls and hears, for nothing more, and Slack's own schema takes it."""

import ast
import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.listener_matcher.async_builtins import AsyncBuiltinListenerMatcher
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import names
from adapters.slack.app import SlackApp
from adapters.slack.manifest import manifest
from adapters.slack.methods import COMMANDS, EVENTS, METHODS, SCOPES, Heard, Method, whys
from adapters.slack.prompts import PROMPTS
from adapters.slack.workspace import Keys, Workspace
from bot.__main__ import main
from bot.chat.crowd import Crowd
from bot.chat.events import CommandUsed
from bot.chat.places import Place
from bot.chat.replies import Reply
from bot.chat.router import Command, Router
from tests.doubles.slack.methods import SCOPES as KNOWN_SCOPES
from tests.fakes.timing import FakeClock

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT.parent / "shared" / "data" / "schemas" / "slack-manifest-2.json"
URL = "https://rai.example.org/slack/events"

BY_APP_TOKEN = {"apps.connections.open"}
"""Called with the app's own token, which has no bot scopes."""


@dataclass(frozen=True)
class OfTheSdk:
    """How slack_sdk itself calls a method.

    Args:
        attribute: the name of the client's own method for it.
    """

    attribute: str
    as_get: bool
    as_json: bool


def _sdk() -> dict[str, OfTheSdk]:
    """Every method that slack_sdk knows, by Slack's name for it."""
    found: dict[str, OfTheSdk] = {}
    (client,) = ast.parse(inspect.getsource(AsyncWebClient)).body
    for function in client.body:  # type: ignore[attr-defined]
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "api_call":
                given = {each.arg: ast.unparse(each.value) for each in node.keywords}
                (name, *_) = _texts(node.args[0])
                found[name] = OfTheSdk(function.name, given.get("http_verb") == "'GET'", "json" in given)
    return found


def _texts(node: ast.AST) -> Iterator[str]:
    yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


SDK = _sdk()


def called() -> set[str]:
    """Every method that the adapter calls: by Slack's name for it anywhere, or by the SDK's."""
    by_attribute = {each.attribute: name for name, each in SDK.items()}
    found = set()
    for file in (ROOT / "adapters" / "slack").glob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        found |= set() if file.name == "methods.py" else set(_texts(tree)) & set(SDK)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in by_attribute:
                found.add(by_attribute[node.attr])
    return found


def test_every_call_names_its_method_where_it_can_be_read() -> None:
    for file in (ROOT / "adapters" / "slack").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "call":
                assert file.name == "web.py" or set(_texts(node.args[0])) & set(METHODS), f"{file.name}:{node.lineno}"


def heard() -> set[str]:
    """The events that the built Bolt app listens to."""
    keys = Keys(SecretStr("xoxb-x"), SecretStr("secret"))
    workspace = Workspace.of(keys, Place("terminal", "council"), FakeClock(), lambda: 0.0)
    bolt = SlackApp(workspace, Router((Command("ask", "x", _nothing, otherwise=True),), Crowd()), _Nothing())._bolt
    # What a matcher of Bolt's looks for stands in its closure, two deep.
    matchers = [inspect.getclosurevars(each.func).nonlocals["func"] for each in _matchers(bolt)]
    looked_for = [inspect.getclosurevars(each).nonlocals for each in matchers]
    return {str(each["event_type"]) for each in looked_for if "event_type" in each}


def _matchers(bolt: AsyncApp) -> Iterator[AsyncBuiltinListenerMatcher]:
    for listener in bolt._async_listeners:
        yield from (each for each in listener.matchers if isinstance(each, AsyncBuiltinListenerMatcher))


async def _nothing(_: CommandUsed) -> Reply:
    raise AssertionError("nobody asks")


class _Nothing:
    async def first(self, event: str) -> bool:
        return bool(event)


def test_every_method_that_is_called_is_in_the_table_and_the_other_way_round() -> None:
    assert called() - BY_APP_TOKEN == set(METHODS)


def test_the_manifest_asks_for_the_scopes_of_what_is_called_and_heard_and_for_no_other() -> None:
    needs: tuple[Method | Heard, ...] = (*METHODS.values(), *EVENTS.values(), COMMANDS)
    needed = {scope for each in needs for scope in each.scopes}
    assert manifest()["oauth_config"] == {"scopes": {"bot": sorted(needed)}}
    assert sorted(SCOPES) == sorted(needed)


def test_each_scope_says_what_it_is_for() -> None:
    for scope, reasons in whys().items():
        assert reasons, scope
        assert all(len(reason) > 10 for reason in reasons), scope


@pytest.mark.parametrize("name", METHODS)
def test_a_methods_scopes_are_those_that_slack_asks_for(name: str) -> None:
    assert set(METHODS[name].scopes) <= set(KNOWN_SCOPES[name])
    assert bool(METHODS[name].scopes) == bool(KNOWN_SCOPES[name])


def test_no_scope_reads_public_channels_or_acts_for_a_person() -> None:
    assert {"channels:history", "users:read.email", "chat:write.public", "im:read", "mpim:history"} & set(
        SCOPES
    ) == set()
    assert set(manifest()["oauth_config"]["scopes"]) == {"bot"}  # type: ignore[index]


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_sent_as_the_sdk_sends_it(name: str) -> None:
    """What reads goes as GET with its arguments in the query; what takes no JSON does too, which Slack allows."""
    sdk = SDK[name]
    if METHODS[name].kind == "read":
        assert sdk.as_get or not sdk.as_json
    else:
        assert not sdk.as_get


def test_the_manifest_subscribes_to_the_events_that_bolt_hears() -> None:
    assert heard() == {event.split(".", maxsplit=1)[0] for event in EVENTS}
    settings: Any = manifest()["settings"]
    assert settings["event_subscriptions"]["bot_events"] == sorted(EVENTS)


def test_its_command_and_shortcuts_are_those_that_the_code_knows() -> None:
    features: Any = manifest()["features"]
    assert [each["command"] for each in features["slash_commands"]] == [names.COMMAND]
    assert {each["callback_id"] for each in features["shortcuts"]} == {names.DESK, names.ASK_ABOUT}
    assert features["agent_view"]["suggested_prompts"] == PROMPTS


def test_without_an_address_it_is_for_socket_mode_and_with_one_slack_posts_there() -> None:
    socket: Any = manifest()["settings"]
    http: Any = manifest(URL)["settings"]
    assert socket["socket_mode_enabled"]
    assert "request_url" not in json.dumps(manifest())
    assert not http["socket_mode_enabled"]
    assert http["event_subscriptions"]["request_url"] == http["interactivity"]["request_url"] == URL
    assert manifest(URL)["features"]["slash_commands"][0]["url"] == URL  # type: ignore[index]


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema does not lie beside this checkout")
@pytest.mark.parametrize("url", ["", URL])
def test_slacks_own_schema_takes_it(url: str) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.validate(manifest(url), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**manifest(url), "unheard_of": 1}, schema)


def printed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["rai", "manifest", "slack", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capfd.readouterr()
    return int(ended.value.code or 0), told.out + told.err


def test_the_command_line_prints_it(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    status, told = printed(monkeypatch, capfd)
    assert (status, json.loads(told)) == (0, manifest())


@pytest.mark.parametrize("url", ["https://rai.example.org", "https://rai.example.org/", URL])
def test_the_command_line_takes_an_address(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], url: str
) -> None:
    status, told = printed(monkeypatch, capfd, "--url", url)
    assert (status, json.loads(told)) == (0, manifest(URL))


def test_an_address_without_https_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    status, told = printed(monkeypatch, capfd, "--url", "http://rai.example.org")
    assert status == 2
    assert "https" in told


def test_the_command_line_writes_it_into_a_file(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "manifest.json"
    status, told = printed(monkeypatch, capfd, "-o", str(file))
    assert (status, told) == (0, f"Written to {file}.\n")
    assert json.loads(file.read_text("utf-8")) == manifest()
