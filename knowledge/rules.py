"""The rules for single fields of an entry, as pydantic validators that say how to mend what they refuse."""

import re
from collections.abc import Callable, Hashable
from datetime import date
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, AnyUrl, BeforeValidator, TypeAdapter, UrlConstraints, ValidationError

from knowledge.problems import fault
from knowledge.words import normalise

T = TypeVar("T", bound=Hashable)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_BLOCK = re.compile(r"^\s*(#{1,6}\s|[-*+]\s|\d+[.)]\s)", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{2,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_TOP_HEADING = re.compile(r"^#\s", re.MULTILINE)
_NEXT_SENTENCE = re.compile(r"[a-z)\]]{2}[.!?]\s+[A-Z“\"]")
_HTTPS: TypeAdapter[AnyUrl] = TypeAdapter(
    Annotated[AnyUrl, UrlConstraints(allowed_schemes=["https"], host_required=True, max_length=2_000)]
)


def word_count(text: str) -> int:
    """How many words there are between the spaces."""
    return len(text.split())


def headings(text: str) -> tuple[str, ...]:
    """The words of every heading outside fenced code, in order."""
    return tuple(_HEADING.findall(_FENCED.sub("", text)))


def _filled(text: str) -> str:
    if not text.strip():
        raise fault("is empty.", "Fill it in, or take the line out if the field is optional.")
    return text.strip()


def words(least: int, most: int) -> AfterValidator:
    """From ``least`` to ``most`` words."""

    def check(text: str) -> str:
        if not least <= (count := word_count(text)) <= most:
            allowed = f"at most {most} are" if count > most else f"at least {least} are"
            raise fault(f"has {count} words; {allowed} asked for.", "Shorten it." if count > most else "Say more.")
        return text

    return AfterValidator(check)


def signs(most: int) -> AfterValidator:
    """At most so many characters."""

    def check(text: str) -> str:
        if len(text) > most:
            raise fault(f"has {len(text)} characters; at most {most} are allowed.", "Shorten it.")
        return text

    return AfterValidator(check)


def items(least: int, most: int | None = None, key: Callable[[T], Hashable] = lambda item: item) -> AfterValidator:
    """From ``least`` to ``most`` items, no two with the same key."""

    def check(values: tuple[T, ...]) -> tuple[T, ...]:
        seen: dict[Hashable, int] = {}
        for place, value in enumerate(values):
            if (first := seen.setdefault(key(value), place)) != place:
                raise fault(f"says the same as number {first + 1}.", "Take it out, or say it differently.", place)
        if len(values) < least:
            raise fault(f"has {len(values)} items; at least {least} are asked for.", "Add more.")
        if most is not None and len(values) > most:
            raise fault(f"has {len(values)} items; at most {most} are allowed.", "Keep the best.")
        return values

    return AfterValidator(check)


def phrasing_key(phrasing: str) -> Hashable:
    """What makes two phrasings the same: their words, whatever the case, accents and punctuation."""
    return normalise(phrasing)


def _minutes(value: int) -> int:
    if not 1 <= value <= 15:
        raise fault(f"is {value}; a next step takes from 1 to 15 minutes.", "Choose a smaller step.")
    return value


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise fault(f"is not an id: {text!r}.", "Use small letters, digits and single hyphens, as in the file's name.")
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise fault(f"is not a language tag: {text!r}.", "Write en, or another tag such as de or pt-BR.")
    return text


def _one_sentence(text: str) -> str:
    if _NEXT_SENTENCE.search(text):
        raise fault("has more than one sentence.", "Keep the one that counts.")
    return text


def _plain(text: str) -> str:
    if _BLOCK.search(text):
        raise fault("holds a heading or a list.", "Write plain sentences; headings and lists belong into the body.")
    return text


def _below_title(text: str) -> str:
    if _TOP_HEADING.search(_FENCED.sub("", text)):
        raise fault("has a heading of the first level.", "Begin headings with ##; the title is the first level.")
    return text


def _https(text: str) -> str:
    try:
        _HTTPS.validate_python(text)
    except ValidationError as error:
        raise fault(f"is not an https address: {text[:60]!r}.", "Write the whole address, from https:// on.") from error
    return text


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise fault(f"is not a day: {str(value)[:30]!r}.", "Write it as year-month-day: 2026-11-22.") from error


Text: TypeAlias = Annotated[str, AfterValidator(_filled)]
Sentence: TypeAlias = Annotated[Text, AfterValidator(_one_sentence)]
PlainText: TypeAlias = Annotated[Text, AfterValidator(_plain)]
Body: TypeAlias = Annotated[str, AfterValidator(_below_title)]
Slug: TypeAlias = Annotated[str, AfterValidator(_slug)]
Language: TypeAlias = Annotated[str, AfterValidator(_language)]
Https: TypeAlias = Annotated[str, AfterValidator(_https)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Minutes: TypeAlias = Annotated[int, AfterValidator(_minutes)]
