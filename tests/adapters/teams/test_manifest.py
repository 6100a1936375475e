"""The app manifest asks for what the code hears and nothing more; the store, Teams and Microsoft's schema take it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adapters.teams import names
from adapters.teams.commands import ALONE, EVERYWHERE, Offered
from adapters.teams.manifest import Addresses, manifest, package
from bot import __version__
from bot.__main__ import main
from bot.app import Ports, build, prepare_folder
from bot.chat.events import CommandUsed
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.router import Router
from bot.questions.shelf import Shelf
from bot.settings import read
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


@pytest.mark.parametrize("offered", ALONE, ids=lambda each: each.title)
def test_the_house_understands_each_command_and_keeps_none_of_them_sealed(router: Router, offered: Offered) -> None:
    verb, _, text = offered.title.partition(" ")
    event = CommandUsed(Actor("teams", "tenant", "mira"), Place("teams", "19:a@thread.tacv2"), verb, text)
    known = {each.verb: each.summary for each in router.verbs()}
    assert verb in known or offered.title.endswith("?") or verb == "home"
    assert not router.sealed(event)
    if verb in known and verb != "help":
        assert offered.description.lower() == known[verb]


@pytest.mark.parametrize("verb", ["concern", "receipt"])
def test_a_verb_of_the_safe_space_would_be_noticed(router: Router, verb: str) -> None:
    assert router.sealed(CommandUsed(Actor("teams", "tenant", "mira"), Place("teams", "19:a@thread.tacv2"), verb, ""))


def test_whoever_chooses_a_command_says_nothing_of_a_concern() -> None:
    told = " ".join(f"{each.title} {each.description}" for each in (*ALONE, *EVERYWHERE)).lower()
    assert [word for word in ("concern", "receipt", "anonym", "report", "wrong", "speak up") if word in told] == []


def test_the_same_manifest_is_the_same_package() -> None:
    packed = package(APP, WHERE)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert {each.date_time[0] for each in file.infolist()} == {1980}
        assert json.loads(file.read("manifest.json")) == drawn()
    assert package(APP, WHERE) == packed


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rai(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """`rai manifest teams …` in a folder without a .env: its status, and what it says on stdout and on stderr."""

    def run(*words: str, app_id: str = APP) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("TEAMS_APP_ID", app_id)
        monkeypatch.setattr("sys.argv", ["rai", "manifest", "teams", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capfd.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


GIVEN = ("--url", WHERE.website, "--privacy", WHERE.privacy, "--terms", WHERE.terms)


def test_the_command_line_prints_it(rai: Run) -> None:
    status, told, problem = rai(*GIVEN)
    assert (status, json.loads(told), problem) == (0, drawn(), "")


def test_the_app_id_alone_is_enough_and_what_is_still_to_be_said_is_named(rai: Run) -> None:
    status, told, problem = rai()
    assert status == 0
    assert problem == (
        "Before others install it, say where people read about it: --url, --privacy, --terms not given, so "
        "https://example.org stands there.\n"
    )
    assert json.loads(told)["developer"]["privacyUrl"] == "https://example.org"


def test_what_else_is_set_wrongly_or_not_yet_does_not_matter(rai: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAI_PORT", "none")
    status, told, _ = rai(*GIVEN)
    assert (status, json.loads(told)) == (0, drawn())


def test_the_app_id_may_stand_in_a_file(rai: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"TEAMS_APP_ID={APP}\n", "utf-8")
    assert json.loads(rai(*GIVEN, app_id="")[1]) == drawn()
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert "not a text file" in rai(app_id="")[2]


def test_one_address_stands_for_those_that_are_not_given(rai: Run) -> None:
    _, told, problem = rai("--url", WHERE.website, "--terms", WHERE.terms)
    assert json.loads(told)["developer"]["privacyUrl"] == WHERE.website
    assert problem == (
        "Before others install it, say where people read about it: --privacy not given, so https://rai.example.org "
        "stands there.\n"
    )


def test_it_writes_the_package(rai: Run, tmp_path: Path) -> None:
    status, told, _ = rai("-o", "app.zip", *GIVEN)
    assert (status, told) == (0, "Written to app.zip.\n")
    assert (tmp_path / "app.zip").read_bytes() == package(APP, WHERE)


def test_another_ending_is_the_manifest_alone(rai: Run, tmp_path: Path) -> None:
    rai("-o", "manifest.json", *GIVEN)
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == drawn()


@pytest.mark.parametrize(("app_id", "told"), [("", "is not set"), ("my-bot", "is not an application id")])
def test_without_an_app_id_it_says_where_to_find_it(rai: Run, app_id: str, told: str) -> None:
    status, printed, problem = rai(app_id=app_id)
    assert (status, printed) == (1, "")
    assert problem == (
        f"TEAMS_APP_ID {told}. Copy the Application (client) ID of your app registration (Azure portal, App "
        "registrations, Overview).\n"
    )


@pytest.mark.parametrize("option", ["--url", "--privacy", "--terms"])
def test_an_address_without_https_is_wrong_usage(rai: Run, option: str) -> None:
    status, _, problem = rai(option, "http://rai.example.org")
    assert status == 2
    assert "https" in problem
