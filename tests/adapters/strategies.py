"""Words, cards and forms that try to break a message or get out of their place, for hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from bot.chat.actions import Action, Pressed
from bot.chat.cards import Attachment, Block, Button, Card, Confirm, Divider, Facts, Image, Quote, Source, Sources, Text
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from bot.chat.text import clean
from bot.questions.model import LONGEST_QUESTION
from bot.questions.presses import Asked

MARK = "Zq7x"
"""Stands in words of people, so that they are known wherever they turn up."""

LONGEST = 12_000

HOSTILE = (
    "<!channel>",
    "<!here|here>",
    "<@U123ABC>",
    "<@W1|boss>",
    "<#C1|general>",
    "<!subteam^S1>",
    "<!date^1392734382^{date}|now>",
    "<https://evil.example|your bank>",
    "<mailto:a@evil.example|you>",
    "&lt;!here&gt;",
    "&amp;lt;",
    "@here",
    "@everyone",
    "#general",
    "*bold*",
    "_so_",
    "~gone~",
    "`code`",
    "```\nblock\n```",
    "> quoted\n",
    "&gt; quoted",
    ":smile:",
    ":skin-tone-2:",
    "**strong**",
    "[words](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "# head\n",
    "- item\n",
    "1. item\n",
    "<at>Jonas</at>",
    "{{DATE(2026-11-22T09:30:00Z, LONG)}}",
    "{{{TIME(2026-11-22T09:30:00Z)}}}",
    "${name}",
    "<mark>so</mark>",
    "<b>html</b>",
    "<script>alert(1)</script>",
    "https://evil.example/path?a=1&b=2",
    "evil.example",
    "mailto:a@evil.example",
    "+49 30 123456",
    "\u202eright to left\u202c",
    "\u2067isolated\u2069",
    "\u200f",
    "\u200b",
    "\ufeff",
    "שלום",
    "مرحبا",
    "日本語",
    "ไทย",
    "👩‍👩‍👧‍👦",
    "🇩🇪",
    "e\u0301" * 3,
    "Z\u0351\u0352\u0353algo",
    "\x00",
    "\x1b[31m",
    "\x07",
    "\x7f",
    "\x9b",
    "\ud800",
    "\udfff",
    "\r\n",
    "\u2028",
    "\t",
    "\xa0",
    "\\",
    '"',
    "{}",
    "|",
)
"""What Slack, Teams, Markdown, HTML or a screen would read as more than letters."""

letters = st.text(st.characters(exclude_categories=()), max_size=12)
short = st.lists(st.sampled_from(HOSTILE) | letters, max_size=4).map("".join)
marked = st.builds(lambda before, after: f"{before} {MARK} {after}", short, short)
"""What a person typed, a line or two."""


def _stretched(words: str, length: int) -> str:
    return (words * (length // max(len(words), 1) + 1))[:length] if words else words


lengths = st.sampled_from((149, 151, 1_999, 2_001, 2_899, 2_901, 3_001, 5_900, LONGEST)) | st.integers(1, LONGEST)
long = st.builds(_stretched, marked, lengths)
"""The same, around every limit and up to twelve thousand characters, with spaces and without."""

people = marked | long
names = st.sampled_from(("a", "b", "c", "d"))
marks = st.integers(0, 15).map(lambda digit: f"{digit:x}" * 32)


def _pressed(action: Action[Asked], words: str) -> Pressed:
    return action(Asked(clean(words)[:LONGEST_QUESTION]))


actions = st.sampled_from((Action("hours.book/1", Asked), Action("questions.other-role/12", Asked)))
presses = st.builds(_pressed, actions, marked | st.integers().map(str) | long)
"""Presses as rooms make them: JSON that may carry a person's question."""


def blocks(ours: st.SearchStrategy[str], theirs: st.SearchStrategy[str]) -> dict[type[Block], st.SearchStrategy[Block]]:
    """Blocks by their kind: where a person's words can stand, and where only ours do."""
    addresses = st.sampled_from(
        (
            "https://www.nist.gov/itl/ai-risk-management-framework",
            "https://example.org/a?b=1&c=<d>",
            "http://example.org/|x",
            "no address",
            "",
            "javascript:alert(1)",
            "https://example.org/" + "x" * 2_950,
        )
    )
    source = st.builds(Source, ours, addresses, ours)
    return {
        Text: st.builds(Text, ours),
        Facts: st.builds(Facts, st.lists(st.tuples(theirs, theirs), max_size=12).map(tuple)),
        Quote: st.builds(Quote, theirs, theirs),
        Sources: st.builds(Sources, st.lists(source, max_size=12).map(tuple), st.none() | st.dates()),
        Divider: st.just(Divider()),
        Image: st.builds(Image, addresses, ours),
        Attachment: st.builds(Attachment, ours, ours, theirs),
    }


def buttons(theirs: st.SearchStrategy[str]) -> st.SearchStrategy[Button]:
    """Buttons of every kind."""
    confirm = st.none() | st.builds(Confirm, theirs, theirs, theirs)
    styles = st.sampled_from(("plain", "primary", "danger"))
    return st.builds(Button, theirs, presses, styles, st.booleans(), confirm, st.just("") | theirs)


def rows(theirs: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Button, ...]]:
    """Up to twenty buttons that do different things."""
    return st.lists(buttons(theirs), max_size=20, unique_by=lambda button: button.action).map(tuple)


def cards() -> st.SearchStrategy[Card]:
    """Cards of everything, some of them long, some with many blocks and buttons."""
    block = st.one_of(*blocks(short, people).values())
    few = st.lists(block, max_size=5)
    small = st.one_of(*blocks(short, marked).values())
    many = st.builds(lambda some, times: some * times, st.lists(small, min_size=1, max_size=3), st.integers(20, 60))
    return st.builds(
        Card,
        short | people,
        (few | many).map(tuple),
        rows(short),
        short,
    )


def fields() -> st.SearchStrategy[Field]:
    """Fields of every kind, of which people may have written labels, hints and what stands in them."""
    values = st.integers(0, 10**6).map(str)
    options = st.lists(st.tuples(values, people), max_size=110, unique_by=lambda option: option[0]).map(tuple)
    few = st.lists(st.tuples(values, short), max_size=6, unique_by=lambda option: option[0]).map(tuple)
    chosen = st.builds(_with_choice, st.builds(ChoiceField, names, short, few | options, short), st.integers(-1, 5))
    days, times = st.dates().map(lambda day: day.isoformat()), st.times().map(lambda at: at.isoformat()[:8])
    persons = st.sampled_from(("", "slack:T1:U0HOST", "teams:t:u", "terminal:local:mira"))
    required = st.booleans()
    return st.one_of(
        st.builds(TextField, names, short, short, people, required, st.integers(1, 4_000), st.booleans()),
        chosen,
        st.builds(DateField, names, short, short, st.just("") | days, required),
        st.builds(TimeField, names, short, short, st.just("") | times, required),
        st.builds(PersonField, names, people, short, persons, required),
        st.builds(ToggleField, names, people, short, st.sampled_from(("", "yes"))),
    )


def _with_choice(field: ChoiceField, number: int) -> ChoiceField:
    chosen = field.options[number][0] if 0 <= number < len(field.options) else ""
    return ChoiceField(field.name, field.label, field.options, field.hint, chosen, field.required)


def forms() -> st.SearchStrategy[Form]:
    """Forms of up to four fields, with something to know above them."""
    intro = st.lists(st.one_of(*blocks(short, people).values()), max_size=2).map(tuple)
    several = st.lists(fields(), min_size=1, max_size=4, unique_by=lambda field: field.name).map(tuple)
    return st.builds(Form, st.just("hours.book/1"), short | people, several.map(_labelled), short, marks, intro)


def _labelled(several: tuple[Field, ...]) -> tuple[Field, ...]:
    """The same fields with labels of their own, by which somebody fills them in."""
    return tuple(replace(field, label=f"{field.name} {field.label}") for field in several)
