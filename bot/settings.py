"""The settings: read once from the environment and .env, every problem told at once with what to do."""

import ipaddress
import uuid
import zoneinfo
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.chat.places import Place
from bot.concerns import schedule
from bot.concerns.schedule import Schedule
from bot.council import charter

DEFAULT_RELEASE = "tue,thu 10:00 UTC"

NO_TEXT = ".env is not a text file in UTF-8. Write it anew, or take it away."

IN_OUR_WORDS = {
    "greater_than_equal": "this is too small",
    "less_than_equal": "this is too large",
    "int_parsing": "this is no whole number",
    "int_from_float": "this is no whole number",
    "float_parsing": "this is no number",
    "finite_number": "this is no number",
    "bool_parsing": "this is neither 1 nor 0",
}
"""What is wrong, by pydantic's name for it; what to write instead stands in the setting's description."""


class BrokenSettings(Exception):
    """The settings cannot be used.

    Args:
        problems: one sentence each: which setting, what is wrong, what to do.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Everything that can be set. A description says how to write the value; it is shown beside a problem."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: str = Field(
        "",
        validation_alias="RAI_DATABASE_URL",
        description="Write sqlite+aiosqlite:///path/to/file or postgresql+psycopg://user:password@host/name.",
        repr=False,
    )
    data_dir: Path = Field(Path("var"), validation_alias="RAI_DATA_DIR", description="Write a folder's path.")
    knowledge_dir: Path | None = Field(
        None, validation_alias="RAI_KNOWLEDGE_DIR", description="Name a folder with entries, or leave it out."
    )
    answer_right: float = Field(
        0.8,
        ge=0.5,
        le=0.999,
        validation_alias="RAI_ANSWER_RIGHT",
        description="Write a share from 0.5 to 0.999: so many of the outright answers are right.",
    )
    council_file: Path = Field(
        charter.SAMPLE,
        validation_alias="RAI_COUNCIL_FILE",
        description="Copy bot/council/sample.toml and put your people in.",
    )
    council_place: Annotated[Place, NoDecode] = Field(
        Place("terminal", "council"),
        validation_alias="RAI_COUNCIL_PLACE",
        description="Write slack:C0123, teams:19:…@thread.tacv2 or terminal:council.",
    )
    # Its problem says how to write it; a description would say it twice.
    release: str = Field("", validation_alias="RAI_RELEASE")
    release_min_people: int = Field(
        20,
        ge=1,
        le=100_000,
        validation_alias="RAI_RELEASE_MIN_PEOPLE",
        description="Write a number of people, from 1 to 100000.",
    )
    uses_per_day: int = Field(
        200,
        ge=20,
        le=1_000_000,
        validation_alias="RAI_USES_PER_DAY",
        description="Write how often one person may use the bot on one day, from 20 to 1000000.",
    )
    host: str = Field("127.0.0.1", validation_alias="RAI_HOST", description="Write an address to listen on.")
    port: int = Field(3978, ge=1, le=65_535, validation_alias="RAI_PORT", description="Write a number from 1 to 65535.")
    overwrite_freed: bool = Field(
        True,
        validation_alias="RAI_OVERWRITE_FREED",
        description="Write 0 to leave freed memory as it is, or leave it out.",
    )
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_api_url: str | None = Field(None, validation_alias="SLACK_API_URL")
    teams_app_id: str | None = Field(
        None,
        validation_alias="TEAMS_APP_ID",
        description="Copy the Application (client) ID of your app registration (Azure portal, Overview).",
    )
    teams_app_secret: SecretStr | None = Field(None, validation_alias="TEAMS_APP_SECRET")
    teams_tenant_id: str | None = Field(
        None,
        validation_alias="TEAMS_TENANT_ID",
        description="Copy the Directory (tenant) ID of your app registration (Azure portal, Overview); no domain.",
    )
    teams_dev_no_auth: bool = Field(
        False,
        validation_alias="TEAMS_DEV_NO_AUTH",
        description="Write 1 only while RAI_HOST is a loopback address, or leave it out.",
    )

    @field_validator("council_place", mode="before")
    @classmethod
    def _place(cls, value: object) -> object:
        return Place.parse(value) if isinstance(value, str) else value

    @field_validator("council_file")
    @classmethod
    def _charter(cls, value: Path) -> Path:
        try:
            charter.load(value)
        except charter.BrokenCharter as error:
            raise ValueError("; ".join(error.problems)) from None
        return value

    @field_validator("knowledge_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"{value} is not a folder")
        return value

    @field_validator("teams_app_id", "teams_tenant_id")
    @classmethod
    def _id(cls, value: str | None) -> str | None:
        try:
            return str(uuid.UUID(value.strip())) if value else None
        except ValueError:
            raise ValueError("this is not an id as Microsoft writes them") from None

    @field_validator("release")
    @classmethod
    def _release(cls, value: str) -> str:
        if value:
            schedule.parse(value)
        return value

    @model_validator(mode="after")
    def _no_open_door(self) -> Self:
        if self.teams_dev_no_auth and not is_loopback(self.host):
            raise ValueError(
                "TEAMS_DEV_NO_AUTH: anybody could speak as a council member. Leave it out, or set RAI_HOST to 127.0.0.1"
            )
        if self.teams_dev_no_auth and self.teams_app_secret:
            raise ValueError(
                "TEAMS_DEV_NO_AUTH: beside TEAMS_APP_SECRET it would open to anybody the bot that people rely on. Take "
                "out one of the two"
            )
        return self

    @model_validator(mode="after")
    def _slack_is_whole(self) -> Self:
        if self.slack_bot_token and not (self.slack_signing_secret or self.slack_app_token):
            raise ValueError(
                "SLACK_BOT_TOKEN: alone it can hear nothing. Set SLACK_SIGNING_SECRET too (HTTP), or SLACK_APP_TOKEN "
                "(Socket Mode)"
            )
        return self

    @model_validator(mode="after")
    def _teams_is_whole(self) -> Self:
        values = {
            "TEAMS_APP_ID": self.teams_app_id,
            "TEAMS_APP_SECRET": self.teams_app_secret,
            "TEAMS_TENANT_ID": self.teams_tenant_id,
        }
        missing = [name for name, value in values.items() if not value]
        if not missing or len(missing) == len(values) or self.teams_dev_no_auth:
            return self
        given = [name for name in values if name not in missing]
        alone = "alone it opens" if len(given) == 1 else "alone they open"
        raise ValueError(f"{' and '.join(given)}: {alone} no door. Set {' and '.join(missing)} too (docs/teams.md)")

    @property
    def teams(self) -> bool:
        """Whether there is a door to Teams."""
        return bool(self.teams_app_id) or self.teams_dev_no_auth

    @property
    def database(self) -> str:
        """The database's URL: the one that was set, or a file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'rai.db'}"

    def schedule(self, otherwise: str = DEFAULT_RELEASE) -> Schedule:
        """When concerns are released; ``otherwise`` where nothing was set."""
        return schedule.parse(self.release or otherwise)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read(**given: object) -> Settings:
    """Read the settings from the environment and .env.

    Args:
        given: what replaces the environment, by field name; for tests.

    Raises:
        BrokenSettings: with a sentence for every problem at once.
    """
    # The pinned tzdata, not the machine's, which may be years old (bot.doctor says how old ours is).
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    try:
        return Settings.model_validate(given) if given else Settings()
    except UnicodeDecodeError:
        raise BrokenSettings((NO_TEXT,)) from None
    except ValidationError as error:
        # The input is left out: it may be a secret.
        raise BrokenSettings(
            tuple(_sentence(each["loc"], IN_OUR_WORDS.get(each["type"], each["msg"])) for each in error.errors())
        ) from None


class _AppId(BaseSettings):
    model_config = Settings.model_config

    teams_app_id: str = Field("", validation_alias="TEAMS_APP_ID")


def teams_app_id() -> str:
    """The application id, whatever else is set or missing: Teams' manifest is made before the rest is known."""
    try:
        return _AppId().teams_app_id
    except UnicodeDecodeError:
        raise BrokenSettings((NO_TEXT,)) from None


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    name = str(where[0]) if where else ""
    hints = {str(field.validation_alias): field.description for field in Settings.model_fields.values()}
    told = f"{name}: {message}" if name else message
    return " ".join(part for part in (f"{told.replace('Value error, ', '').rstrip('.')}.", hints.get(name)) if part)
