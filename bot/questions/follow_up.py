"""Whether a few words only make sense behind an answer; pure."""

import re

from knowledge.words import is_stop_word, question_words

MOST_OWN_WORDS = 3
"""Words of its own that a follow-up may have; with more it can be asked alone."""

_OPENERS = re.compile(
    r"(?:and|but|so|or|also|then|ok|okay|hm+|well)\b|(?:what|how) about\b|what if\b|why\b|how so\b|how come\b"
    r"|(?:for|an) (?:example|instance)\b|(?:tell me|say|know) more\b|more\b|go on\b|such as\b|really\b|same for\b"
    r"|in which case\b"
)

_EMPTY = frozenset(
    question_words(
        "why more example examples instance go tell say such really else anything explain detail details further "
        "continue and but or also then ok okay hm hmm well come exactly meaning mean means not now too know elaborate"
    )
)
"""Words that ask on and name no subject; those that the search itself passes over count in the same way."""


def is_bare(question: str) -> bool:
    """Whether it asks on without a subject of its own: "why?", "and for small teams?"."""
    words = question_words(question)
    own = _own(words)
    opened = _OPENERS.match(" ".join(words)) is not None
    return bool(words) and (not own or (opened and len(own) <= MOST_OWN_WORDS))


def asks_for_more(question: str) -> bool:
    """Whether it names nothing at all, and so asks for the rest of what was said."""
    return not _own(question_words(question))


def says_something(question: str) -> bool:
    """Whether it has a word that the search could look for."""
    return any(not is_stop_word(word) for word in question_words(question))


def _own(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _EMPTY and not is_stop_word(word))
