"""The app manifest asks for what the code hears and nothing more; the store, Teams and Microsoft's schema take it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adapters.teams import inbound, names
from adapters.teams.commands import ALONE, EVERYWHERE, Offered
from adapters.teams.manifest import Addresses, manifest, package
from bot import __version__
from bot.app import Ports, build
from bot.chat.events import CommandUsed, DeskOpened, HomeOpened, Inbound
from bot.chat.router import Router
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.upkeep import prepare_folder
from tests.adapters.teams.pictures import picture
from tests.adapters.teams.store_rules import SCOPES, broken
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT.parent / "shared" / "data" / "schemas" / "teams-manifest-1.29.json"
APP = "11111111-2222-3333-4444-555555555555"
WHERE = Addresses("https://rai.example.org", "https://rai.example.org/privacy", "https://rai.example.org/terms")


def drawn() -> Any:
    return manifest(APP, WHERE)


def repacked(**instead: bytes) -> bytes:
    """The package with other files in it, by their names without the ending."""
    given = {f"{name}.{'json' if name == 'manifest' else 'png'}": content for name, content in instead.items()}
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(APP, WHERE))) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, given.get(name) or old.read(name))
    return changed.getvalue()


def with_change(change: Callable[[Any], object]) -> bytes:
    app = drawn()
    change(app)
    return repacked(manifest=json.dumps(app).encode())


@pytest.fixture
def router(tmp_path: Path, shelf: Shelf) -> Router:
    """Every door of the house."""
    prepare_folder(tmp_path / "var")
    ports = Ports(FakeMessenger(), FakeDirectory(), FakeClock())
    return build(read(RAI_DATA_DIR=str(tmp_path / "var")), ports, shelf=shelf).router


def test_the_package_breaks_no_rule_of_the_store() -> None:
    assert broken(package(APP, WHERE)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda app: app["name"].update(short="R" * 31), "the short name has 31 characters"),
        (lambda app: app["name"].update(full=app["name"]["short"]), "what is long repeats what is short"),
        (lambda app: app["description"].update(short="S" * 81), "the short description has 81 characters"),
        (lambda app: app["description"].update(full=app["description"]["short"] * 2), "repeats what is short"),
        (lambda app: app["developer"].update(privacyUrl="http://rai.example.org"), "privacyUrl is no https address"),
        (lambda app: app.update(id="rai"), "an id is no GUID"),
        (lambda app: app.update(version="1"), "the version is not of three numbers"),
        (lambda app: app["bots"][0]["commandLists"].extend(app["bots"][0]["commandLists"]), "more than three lists"),
        (lambda app: app["bots"][0]["commandLists"][0].update(triggers=["mention", "slash"]), "where Teams has none"),
        (lambda app: app["bots"][0]["commandLists"][0]["commands"].extend([{"title": "x", "description": "x"}] * 9),
         "more than twelve commands"),
        (lambda app: app["bots"][0].update(scopes=["personal"]), "commands where the bot is not"),
        (lambda app: app["composeExtensions"][0].update(botId=APP[::-1]), "another bot's"),
        (lambda app: app["composeExtensions"][0]["commands"][0].update(id=names.DESK), "or one twice"),
        (lambda app: app["composeExtensions"][0]["commands"][0].update(type="query"), "opens no dialog"),
        (lambda app: app["composeExtensions"][0]["commands"][0].update(triggers=["slash"]), "behind a slash"),
        (lambda app: app["composeExtensions"][0]["commands"][1].update(parameters=[{"name": "words"}]), "takes words"),
        (lambda app: app.update(authorization={"permissions": {"resourceSpecific": [
            {"name": "ChannelMessage.Read.Group", "type": "Application"}]}}), "a resource-specific permission"),
        (lambda app: app.update(webApplicationInfo={"id": APP}), "or a sign-in"),
        (lambda app: app["permissions"].append("calls"), "a permission that no feature uses"),
        (lambda app: app.update(validDomains=["*.example.org"]), "a page of somebody's"),
        (lambda app: app.update(staticTabs=[{}]), "a surface that no feature uses"),
        (lambda app: app["icons"].update(color32x32="small.png"), "one too few"),
        (lambda app: app["icons"].update(color="outline.png"), "the colour icon is not 192 pixels"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_found(change: Callable[[Any], object], told: str) -> None:
    assert told in " ".join(broken(with_change(change)))


def test_an_outline_that_is_not_white_on_nothing_is_found() -> None:
    color = (ROOT / "adapters" / "teams" / "icons" / "color.png").read_bytes()
    found = " ".join(broken(repacked(outline=color)))
    assert "32 pixels" in found
    assert picture(color).opaque


@pytest.mark.skipif(not SCHEMA.exists(), reason="Microsoft's schema does not lie beside this checkout")
def test_microsofts_own_schema_takes_it() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    # Not jsonschema.validate: it reads every pattern first, and one for Office's add-ins is none that Python reads.
    takes = jsonschema.Draft4Validator(schema).is_valid
    assert takes(drawn())
    assert not takes({**drawn(), "unheard_of": 1})


def test_its_version_and_ids_are_ours_and_stay() -> None:
    app = drawn()
    assert app["version"] == __version__
    assert {app["id"], app["bots"][0]["botId"], app["composeExtensions"][0]["botId"]} == {APP}


def test_it_is_everywhere_where_people_talk_with_files_and_targeted_messages() -> None:
    (bot,) = drawn()["bots"]
    assert set(bot["scopes"]) == SCOPES
    assert bot["supportsFiles"]
    assert bot["supportsTargetedMessages"]


def test_no_message_is_handed_over_that_is_not_meant_for_the_bot() -> None:
    assert "authorization" not in drawn()
    assert ".Read." not in json.dumps(drawn())


def test_its_message_extensions_are_those_that_the_code_knows() -> None:
    about, desk = drawn()["composeExtensions"][0]["commands"]
    assert (about["id"], about["context"]) == (names.ASK_ABOUT, ["message"])
    assert (desk["id"], desk["triggers"]) == (names.DESK, ["slash"])


def written(text: str) -> Inbound:
    """What the house hears where somebody sends this in their own chat with the bot."""
    who = {"id": "29:mira", "aadObjectId": "mira"}
    where = {"id": "a:mira", "conversationType": "personal", "tenantId": "tenant"}
    arrived = inbound.message({"type": "message", "text": text, "from": who, "conversation": where})
    assert arrived
    return arrived.event


@pytest.mark.parametrize("offered", ALONE, ids=lambda each: each.title)
def test_the_house_understands_each_command_and_keeps_none_of_them_sealed(router: Router, offered: Offered) -> None:
    event, known = written(offered.title), {each.verb: each.summary for each in router.verbs()}
    assert not router.sealed(event)
    match event:
        case CommandUsed(verb=verb, text="") if verb in known:
            assert offered.description.lower() == known[verb] or verb == "help"
        case CommandUsed():
            assert offered.title.endswith("?")
        case _:
            assert isinstance(event, HomeOpened)


@pytest.mark.parametrize("verb", ["concern", "receipt"])
def test_a_verb_of_the_safe_space_would_be_noticed(router: Router, verb: str) -> None:
    assert router.sealed(written(verb))


def test_each_message_extension_opens_the_desk_and_one_takes_the_messages_words_there() -> None:
    payload = {"body": {"contentType": "html", "content": "<p>Is this <b>fair</b>?</p>"}}
    opened = {}
    for command in drawn()["composeExtensions"][0]["commands"]:
        value = {"commandId": command["id"], "messagePayload": payload}
        event = inbound.extension({"type": "invoke", "from": {"id": "29:mira"}, "value": value}).event
        assert isinstance(event, DeskOpened)
        opened[command["id"]] = event.words
    assert opened == {names.DESK: "", names.ASK_ABOUT: "Is this fair?"}


def test_whoever_chooses_a_command_says_nothing_of_a_concern() -> None:
    told = " ".join(f"{each.title} {each.description}" for each in (*ALONE, *EVERYWHERE)).lower()
    assert [word for word in ("concern", "receipt", "anonym", "report", "wrong", "speak up") if word in told] == []


def test_the_same_manifest_is_the_same_package() -> None:
    packed = package(APP, WHERE)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert {each.date_time[0] for each in file.infolist()} == {1980}
        assert json.loads(file.read("manifest.json")) == drawn()
    assert package(APP, WHERE) == packed
