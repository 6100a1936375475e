"""Where a text holds numbers that stand for somebody: telephones, accounts, cards, tickets, staff."""

import re
from collections.abc import Iterator

from bot.hints.details import Span, small

_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}", re.IGNORECASE)
_SHORTEST_IBAN = 15

_YEAR = r"(?:19|20)\d{2}"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_COUNTED = (
    "parameters|tokens|rows|records|images|samples|examples|lines|people|users|customers|applicants|applications|"
    "patients|employees|candidates|cases|decisions|requests|calls|queries|documents|pages|words|sentences|prompts|"
    "hours|minutes|seconds|steps|times|euros?|dollars|pounds|eur|usd|gbp|chf|bytes|kb|mb|gb|ms|km|tonnes|kwh|watts?|"
    "million|billion|percent|labels|items|points|transactions|accounts|claims|loans|messages|posts|comments|videos"
)
_EXPLAINED = re.compile(
    # Dates, with a time or without, and spans of years.
    rf"(?<![\d])(?<!\d[-./]){_YEAR}([-./]){_MONTH}\1{_DAY}(?:[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?![-./]?\d)"
    rf"|(?<![\d])(?<!\d[-./ ])(?:{_DAY}([-./]){_MONTH}|{_MONTH}([-./]){_DAY})[-./](?:{_YEAR}|\d{{2}})(?![-./]?\d)"
    rf"|(?<!\d){_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d){_YEAR}(?:\s?[-–/,]\s?{_YEAR})+(?!\d)"
    rf"|(?<![\d-]){_YEAR}(?=\s?\()"
    # Laws, standards, papers.
    rf"|(?<![\d/]){_YEAR}/\d{{1,5}}(?![\d/])|(?<![\d/])\d{{1,5}}/{_YEAR}(?![\d/])"
    r"|(?<!\w)10\.\d{4,9}/\S{1,100}"
    r"|\b(?:iso|iec|en|din|ieee|nist|rfc|cve|cwe|eu|ec|sp|bs|itu|article|art|recital|annex|section|clause|chapter|"
    r"regulation|directive|decision|arxiv|doi|isbn|issn|celex)\b[\s/:.()-]{0,3}"
    r"(?:(?:iec|ts|tr|iso|eu|ec|no|sp)\b[\s/:.()-]{0,3}){0,3}\d[\d./:()-]{0,24}"
    # Decimals.
    r"|(?<![\d.])(?:0|[1-9]\d{0,8})\.\d{1,12}(?!\d)(?!\.\d)"
)
_AMOUNT = re.compile(
    # Thousands apart, round ones, what is counted, money.
    r"(?<![\d.,])[1-9]\d{0,2}(?:([,.'’\u00a0\u202f ])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?(?![-\d])(?![\s.,]\(?\d)"
    r"|(?<![\d-])[1-9]\d{0,11}0{3}(?!\d)(?![- ]\d)"
    rf"|(?<![\d-])[1-9]\d{{3,14}}(?=[ -]?(?:%|€|(?:{_COUNTED})\b))"
    r"|[€$£¥]\s?\d[\d,.]{0,20}|\b(?:eur|usd|gbp|chf)\s?\d[\d,.]{0,20}"
)
_DIGITS = re.compile(r"(?<![\w.,])(?:\+\s?|\(\+?)?\(?\d[\d().\-/‐-–·\u00a0 ]{4,28}\d(?!\w)")
_FEWEST, _MOST = 7, 19

_NEAR = 40
"""Characters around a number that may explain it."""

_CARRIES = r"(?:[a-z]{1,5}[-/]?)?\d[\da-z/-]{1,18}\d"
_SAID_TO_BE = re.compile(
    r"\b(?:staff|employee|personnel|payroll|badge|ticket|incident|passport|ssn|pin|ext|extension|ref|reference|id|"
    r"tel|phone|mobile|fax|dial|"
    r"(?:case|case file|request|order|account|card|customer|member|room|desk|office|licence|license|invoice|policy|"
    r"claim|application|contract|matter|security|insurance|student|patient|matriculation|user|cost cent(?:er|re))"
    r"\s(?:number|no\b\.?|nr\b\.?|id|code|#))"
    r"(?:\s?(?:number|no\b\.?|nr\b\.?|id|code))?(?:\s(?:is|was|reads))?[\s:.#]{0,3}"
    rf"(?P<number>{_CARRIES}(?:[ ]\d{{2,6}}){{0,5}})(?!\w)"
)
_PUBLIC = re.compile(
    "iso|iec|en|din|gpt|sha|aes|utf|rfc|cve|cwe|covid|nist|sp|cifar|vgg|rtx|gtx|md|rsa|http|tls|bs|ieee|eu|ec|itu|"
    "ansi|usb|mnist|llama|opt|palm|bert|mmlu|resnet|imagenet|fy|cy|q[1-4]|h[12]|ecma|owasp|ccpa|sars|mp|hl|icd|dsm|"
    "celex|ps|sae|asil|sil|tr|ts|top|cec|com|mit|bsd|gpl|apache|mixtral|claude|qwen|phi|f|lora|roc|p|aime",
    re.IGNORECASE,
)
_TICKET = re.compile(
    r"(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{2,8}(?![\w-])"
    r"|(?<![\w-])[A-Z]{2,5}\d{5,12}(?!\w)"
    r"|(?<![\w&/])#\d{2,10}(?!\w)"
    r"|(?<!\w)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?!\w)"
    r"|(?<!\w)(?=[A-Z]{0,10}\d)[UWBCDGT][A-Z0-9]{8,10}(?!\w)"  # ids of Slack
    r"|(?<!\w)(?=[0-9]{0,40}[a-f])(?=[a-f]{0,40}[0-9])[0-9a-f]{7,40}(?!\w)"  # a commit
)

_WITH_A_NOUGHT, _WITHOUT = ("DE", "GB", "FR"), ("US", "ES", "IN")
"""Countries of whom a number that begins with a 0 may be, and others: together they have most ways of writing one."""

_CHECKED = 8
"""Numbers of one text that are looked at as telephones; those after them are long numbers, and pointed out as such."""


def ibans(text: str) -> Iterator[Span]:
    """Bank accounts, by the check digits of ISO 13616."""
    for each in _IBAN.finditer(text):
        for end in range(len(each[0]), _SHORTEST_IBAN - 1, -1):
            if each[0][end - 1].isalnum() and _is_iban(re.sub("[ -]", "", each[0][:end])):
                yield each.start(), each.start() + end
                break


def numbers(text: str) -> Iterator[Span]:
    """Numbers of staff, tickets, cards and the like: by their shape, or because the text says what they are."""
    yield from (each.span("number") for each in _SAID_TO_BE.finditer(small(text)) if not _is_year(each["number"]))
    for each in _TICKET.finditer(text):
        if not _PUBLIC.fullmatch(each[0].rpartition("-")[0]):
            yield each.span()


def long_numbers(text: str) -> tuple[list[Span], list[Span]]:
    """Those that somebody may be called by (written with a plus, or valid in one of several countries), and other long
    ones that no date, law, amount or count explains.
    """
    called: list[Span] = []
    others: list[Span] = []
    for number, (start, end) in enumerate(_long_ones(text)):
        may_be_called = number < _CHECKED and _may_be_called(text[start:end])
        (called if may_be_called else others).append((start, end))
    return called, others


def _long_ones(text: str) -> Iterator[Span]:
    for each in _DIGITS.finditer(text):
        if _is_long(each[0]):
            # What explains a number may stand before and behind it.
            near = max(0, each.start() - _NEAR)
            masked = _masked(_EXPLAINED, small(text[near : each.end() + _NEAR]))
            if each[0][0] not in "+(0":
                masked = _masked(_AMOUNT, masked)
            inside = _DIGITS.finditer(masked, each.start() - near, each.end() - near)
            yield from ((near + one.start(), near + one.end()) for one in inside if _is_long(one[0]))


def _masked(pattern: "re.Pattern[str]", text: str) -> str:
    return pattern.sub(lambda found: "~" * len(found[0]), text)


def _is_long(number: str) -> bool:
    groups = re.findall(r"\d+", number)
    digits = sum(map(len, groups))
    return _FEWEST <= digits <= _MOST and max(map(len, groups)) > 1 and not all(map(_is_year, groups))


def _is_year(word: str) -> bool:
    return re.fullmatch(_YEAR, word) is not None


def _may_be_called(number: str) -> bool:
    number = re.sub("^00", "+", number)
    near = _WITH_A_NOUGHT if number.lstrip("(").startswith("0") else _WITHOUT
    return any(_is_valid(number, region) for region in ((None,) if "+" in number else near))


def _is_valid(number: str, region: str | None) -> bool:
    # Only here: a session need not wait for the numbering plans of the world when it starts.
    from phonenumbers import NumberParseException, is_valid_number, parse

    try:
        return is_valid_number(parse(number, region))
    except NumberParseException:
        return False


def _is_iban(word: str) -> bool:
    if len(word) < _SHORTEST_IBAN or not word.isascii():
        return False
    turned = word[4:] + word[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
