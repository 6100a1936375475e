"""Where a text holds mail addresses, mentions, handles, links and network addresses: by their shape alone."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TypeAlias

from bot.hints.everyday import listed

Span: TypeAlias = tuple[int, int]
"""A piece of a text: from where to where."""

# Every repetition below is bounded, so that no text can make a search slow.
_MAIL = re.compile(
    r"[^\s@<>()\[\],;:\"“”]{1,64}@[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){0,6}\.[^\W\d_]{2,24}", re.IGNORECASE
)
_AT, _DOT = r"\s?[(\[{<]\s?at\s?[)\]}>]\s?", r"\s?[(\[{<]\s?dot\s?[)\]}>]\s?"
_DISGUISED = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_AT}[\w-]{{1,63}}(?:(?:{_DOT}|\sdot\s|\.)[\w-]{{1,63}}){{1,4}}"
    rf"|\sat\s[\w-]{{1,63}}(?:(?:{_DOT}|\sdot\s)[\w-]{{1,63}}){{1,4}})",
    re.IGNORECASE,
)
_IS_DISGUISED = re.compile(r"[(\[{<]\s?at\s?[)\]}>]|\bdot\b", re.IGNORECASE)

_MENTION = re.compile(
    r"<[@#!][^<>\s|]{1,64}(?:\|[^<>]{0,80})?>"  # Slack: people, channels, groups
    r"|<at(?:\s[^<>]{0,64})?>[^<>]{0,120}</at>"  # Teams
    r"|(?<![\w@/.])@[^\W\d_][\w.-]{0,62}\w"
    r"|(?<![\w&/])#[^\W\d_][\w-]{1,62}(?=\W|\Z)",  # channels
    re.IGNORECASE,
)

# What ends many an English sentence before a forgotten space, such as "it" and "no", is taken for an address only
# where more speaks for it.
_ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|biz|name|io|dev|app|ai|cloud|tech|xyz|me|tv|eu|uk|de|fr|ch|nl|es|pl|se|dk|fi|cz|"
    "ie|pt|ca|au|jp|cn|br|kr|mx|za|sg|nz|ru|ua|tr|gr|hu|ro|il|corp|local|intranet|internal|lan|example|test|invalid"
)
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,15}://[^\s<>\"]{1,2000}"
    r"|\bwww\.[^\s<>\"]{3,2000}"
    r"|\bmailto:[^\s<>\"]{3,200}"
    rf"|(?<![\w@.-])[^\W_](?:[\w-]{{0,62}}\w)?(?:\.[\w-]{{1,63}}){{0,5}}\.(?:{_ENDINGS})(?![\w.-]?\w)(?::\d{{1,5}})?"
    r"(?:/[^\s<>\"]{0,2000})?"
    r"|(?<![\w@.-])[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){1,5}/[^\s<>\"]{1,2000}"
    r"|\\\\[\w.-]{1,63}\\[^\s<>\"]{1,500}"
    r"|(?:/home/|/Users/|\b[A-Z]:\\Users\\)[^\s<>\"]{1,500}",
    re.IGNORECASE,
)

_IN_LINKS = re.compile(r"\w\.\w|\w/\w|:/|\\|/[hHuU]|:\w")

_HANDLE = re.compile(
    r"\b(?:user ?name|handle|nick(?:name)?|login|screen name|alias|account)\b(?: (?:there|here|on|at) \w{1,20})?"
    r"(?: is|:| =|=)[ \t]?[\"“'`]?(?P<named>[^\W_][\w.-]{1,38}\w)"
    r"|\b(?:slack|github|gitlab|bitbucket|kaggle|twitter|telegram|signal|skype|discord|linkedin|mastodon|jira|whatsapp|"
    r"threema|matrix|wechat|hugging ?face)(?: (?:name|id|user|handle|account))?"
    r"(?: is|: ?| as | under | by )[ \t]?[\"“'`]?(?P<there>[^\W_][\w.-]{1,38}\w)"
    r"|(?<![\w/])(?P<short>(?:u|r)/[\w-]{3,30})\b",
)
_NO_HANDLE = listed(
    "not the and was were has had its that this then there when where what who whom why how with for from into used "
    "shown stored kept shared sold given needed required asked set also only never always still now but can will may "
    "should must one two all any none empty missing gone deleted blocked locked linked tied public private our their "
    "his her your yes new old being both each"
)

_V4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:[:/]\d{1,5})?(?![\w]|\.\d)")
_VERSION = re.compile(r"(?:\bversions?|\brelease|\bupgraded to|\bv)[ .]?\Z", re.IGNORECASE)
_V6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?!\w|:[\w:])", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?!\w|[:-]\w)", re.IGNORECASE)


def small(text: str) -> str:
    """A text in small letters, letter by letter: searches in these are several times faster than those in any case."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def mails(text: str) -> Iterator[Span]:
    """Mail addresses, also where they are written ``ann (at) acme (dot) example``."""
    if "@" in text:
        yield from (each.span() for each in _MAIL.finditer(text))
    if _IS_DISGUISED.search(text):
        yield from (each.span() for each in _DISGUISED.finditer(text))


def mentions(text: str) -> Iterator[Span]:
    """People and channels, as ``@name``, ``#channel``, or as Slack and Teams write them."""
    yield from (each.span() for each in _MENTION.finditer(text))


def links(text: str) -> Iterator[Span]:
    """Addresses of pages and files, with or without what usually stands before them."""
    for chunk in re.finditer(r"\S+", text):
        if not _IN_LINKS.search(chunk[0]):
            continue
        for each in _LINK.finditer(text, *chunk.span()):
            yield each.start(), each.start() + len(each[0].rstrip(".,;:!?)]}'’”»"))


def handles(text: str) -> Iterator[Span]:
    """What somebody calls themselves elsewhere, where the text says so."""
    for each in _HANDLE.finditer(small(text)):
        group = each.lastgroup or ""
        start, end = each.span(group)
        word = text[start:end]
        alone = group == "named" or (text[:start].rstrip().endswith(":") and not _goes_on(text, end))
        told = any(sign.isdigit() or sign in "._-" for sign in word)
        if told or (alone and word.islower() and word not in _NO_HANDLE):
            yield start, end


def _goes_on(text: str, end: int) -> bool:
    """Whether words follow: after ``Slack:`` a sentence begins more often than a name stands alone."""
    return bool(re.match(r"[ ][^\W\d_]", text[end : end + 2]))


def network_addresses(text: str) -> Iterator[Span]:
    """IP addresses and those of network cards; a version of four numbers is none."""
    for each in _V4.finditer(text):
        before = text[max(0, each.start() - 14) : each.start()]
        if _is(IPv4Address, re.split("[:/]", each[0])[0]) and not _VERSION.search(before):
            yield each.span()
    for each in _V6.finditer(text):
        address = each[0] if each[0].endswith("::") else each[0].removesuffix(":")
        if any(sign.isdigit() for sign in address) and _is(IPv6Address, address):
            yield each.start(), each.start() + len(address)
    yield from (each.span() for each in _MAC.finditer(text))


def _is(kind: type[IPv4Address] | type[IPv6Address], word: str) -> bool:
    try:
        kind(word)
    except AddressValueError:
        return False
    return True
