"""Names that are looked for in texts: made ready once, so that ten thousand of them take no longer than ten."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.hints.details import Span
from bot.hints.everyday import MONTHS, PARTICLES, PROPER, everyday, listed

# A letter or digit of any script, with the vowel signs that Python counts as neither.
_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff])"
_WORD = re.compile(rf"{_LETTER}+(?:['’ʼ]{_LETTER}+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ASIDE = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]|\s[-–—|/•·~]\s.*|[|•/].*")
_OTHER_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_BESIDE = re.compile(r"[ \t\u00a0]{0,2}[-.,_‐-]?[ \t\u00a0\n]{0,2}")
_CLOSE = re.compile(r"[ \u00a0_.‐-]{1,2}|, ")
_RUNS_ON = re.compile(r"[ \u00a0]|, ")

_TITLES = listed("mr mrs ms mx dr prof professor")
_DONE_TO = listed("told emailed mailed messaged pinged thanked met asked ask tell colleague manager boss")
_DOES = listed(
    "said says told tells asked asks wrote writes thinks knows replied agreed refused insisted explained approved "
    "ignored promised warned decided complained"
)
_DETERMINERS = listed("the a an our its this these those their every each any all no some per my your his her whose of")
_AT_A_TIME = listed(
    "in by since until till of from last next this early late mid before after during every through to and or"
)
_MOST_PARTS = 6


class Word(NamedTuple):
    """One word of a text: where it stands, and how it is compared."""

    start: int
    end: int
    written: str
    folded: str

    @property
    def capital(self) -> bool:
        """Written with a capital, and not in capitals throughout."""
        return self.written[0].isupper() and not (len(self.written) > 1 and self.written.isupper())

    @property
    def caseless(self) -> bool:
        """Of a script that has no capitals."""
        return self.written.lower() == self.written.upper()


@dataclass(frozen=True, repr=False)
class Names:
    """People's names, by each of their parts.

    Args:
        owners: whose names a part is in, by numbers that mean nothing else.
        everyday: parts that are words as well; ``proper`` ones are names of other things as well.
        unspaced: names of scripts without spaces, by their first two letters.
        own: whether these are the writer's own, for which less is needed.
    """

    owners: dict[str, frozenset[int]]
    everyday: frozenset[str]
    unspaced: dict[str, tuple[str, ...]]
    own: bool = False

    def __repr__(self) -> str:
        return f"Names({len(self.owners)} parts)"

    @classmethod
    def of(cls, names: Iterable[str], *, own: bool = False) -> "Names":
        """Make names ready; for ten thousand it takes a fraction of a second."""
        owners: dict[str, set[int]] = {}
        unspaced: dict[str, set[str]] = {}
        for number, name in enumerate(names):
            plain = _ASIDE.sub(" ", name)
            if _UNSPACED.search(plain) and len(joined := fold("".join(plain.split()))) > 1:
                unspaced.setdefault(joined[:2], set()).add(joined)
            for part in _parts(plain):
                for way in _ways(part):
                    owners.setdefault(way, set()).add(number)
        known = {part: frozenset(whose) for part, whose in owners.items()}
        return cls(known, everyday(known), {key: tuple(each) for key, each in unspaced.items()}, own)

    def found(self, text: str, words: Sequence[Word]) -> Iterator[Span]:
        """Where a text, of which these are the words, names one of them."""
        at = 0
        while at < len(words):
            last = self._last_of(text, words, at) if words[at].folded in self.owners else None
            if last is not None:
                yield _with_particle(text, words, at), _without_s(words[last])
            at = at + 1 if last is None else last + 1
        if self.unspaced and _UNSPACED.search(text):
            yield from self._unspaced(text)

    def _last_of(self, text: str, words: Sequence[Word], at: int) -> int | None:
        """The last word of the name that begins here; None where none does."""
        whose, last = self.owners[words[at].folded], at
        while (following := self._goes_on(text, words, last, whose)) is not None:
            whose, last = whose & self.owners[words[following].folded], following
        if last > at and self._holds_together(text, words, at, last):
            return last
        return at if self._stands_alone(text, words, at) else None

    def _goes_on(self, text: str, words: Sequence[Word], at: int, whose: frozenset[int]) -> int | None:
        """The next part of the same name: right behind, or behind an initial, a middle name or a particle."""
        for step in (1, 2, 3):
            if at + step >= len(words) or not _BESIDE.fullmatch(text, words[at + step - 1].end, words[at + step].start):
                return None
            following = words[at + step]
            if not whose.isdisjoint(self.owners.get(following.folded, ())):
                return at + step
            if not (following.capital or following.folded in PARTICLES):
                return None
        return None

    def _holds_together(self, text: str, words: Sequence[Word], first: int, last: int) -> bool:
        parts = [each for each in words[first : last + 1] if each.folded in self.owners]
        if any(self._is_distinctive(each) for each in parts):
            return True
        gaps = (text[one.end : other.start] for one, other in pairwise(parts))
        return all(each.capital for each in parts) and all(map(_CLOSE.match, gaps))

    def _is_distinctive(self, word: Word) -> bool:
        plain = word.folded not in self.everyday and word.folded not in PROPER
        return plain and len(word.folded) > 1 and not word.folded.isdigit()

    def _stands_alone(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether this one word is enough to be taken for somebody."""
        word = words[at]
        if self._is_distinctive(word):
            return self._is_written_as_name(words, at)
        if not word.capital or len(word.folded) < 2:
            return False
        before, after = _before(text, words, at), _after(text, words, at)
        if before in _TITLES:
            return True
        if word.folded in PROPER and not (self.own and before not in _AT_A_TIME):
            return False
        if before in _DONE_TO or after in _DOES:
            return True
        return self._is_no_other_word(text, words, at) or (self.own and _is_signature(text, word))

    def _is_written_as_name(self, words: Sequence[Word], at: int) -> bool:
        word, size = words[at], len(words[at].folded)
        if word.caseless:
            beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
            return size > 2 and (self.own or all(each.written.isascii() for each in beside))
        if word.written.islower():
            return size >= (3 if self.own else 4)
        if word.written.isupper():
            return size > 5 or (self.own and size > 2)
        return size >= (2 if self.own else 3)

    def _is_no_other_word(self, text: str, words: Sequence[Word], at: int) -> bool:
        """A capital in the middle of a sentence, and neither a title nor a date nor a thing."""
        before, after = _before(text, words, at), _after(text, words, at)
        if not before or not _RUNS_ON.fullmatch(text, words[at - 1].end, words[at].start):
            return False
        if before in _DETERMINERS or after[:1].isdigit() or (words[at].folded in MONTHS and before in _AT_A_TIME):
            return False
        beside = [words[at - 1], *(words[at + 1 : at + 2] if after else ())]
        return not any(each.written[0].isupper() and each.written != "I" for each in beside)

    def _unspaced(self, text: str) -> Iterator[Span]:
        at = 0
        while at < len(text) - 1:
            names = self.unspaced.get(text[at : at + 2], ())
            longest = max((len(each) for each in names if text.startswith(each, at)), default=0)
            if longest:
                yield at, at + longest
            at += longest or 1


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in any script."""
    return tuple(Word(each.start(), each.end(), each[0], fold(each[0])) for each in _WORD.finditer(text))


def fold(word: str) -> str:
    """A word as it is compared: without case, accents, and the s of what belongs to somebody."""
    plain = word.replace("’", "'").replace("ʼ", "'").casefold()
    plain = (plain.removesuffix("'s") or plain).replace("'", "")
    if plain.isascii():
        return plain
    apart = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", apart).translate(_OTHER_LETTERS)


def _parts(name: str) -> list[str]:
    words = _WORD.findall(unicodedata.normalize("NFC", name))[:_MOST_PARTS]
    named = [word for word in words if fold(word) not in PARTICLES]
    return named if len(words) > 2 and named else words


def _ways(part: str) -> frozenset[str]:
    """How a part may be written: Müller as Muller and Mueller, and the other way round."""
    plain = fold(part)
    with_two = fold(part.casefold().translate(_UMLAUTS))
    with_one = re.sub("([aou])e", r"\1", plain) if len(plain) > 4 else plain
    return frozenset((plain, with_two, with_one)) - {""}


def _before(text: str, words: Sequence[Word], at: int) -> str:
    """The word right before in the same sentence, as it is compared."""
    near = at and re.fullmatch(r"\.? |, ", text[words[at - 1].end : words[at].start])
    return words[at - 1].folded if near else ""


def _after(text: str, words: Sequence[Word], at: int) -> str:
    near = at + 1 < len(words) and text[words[at].end : words[at + 1].start] == " "
    return words[at + 1].folded if near else ""


def _is_signature(text: str, word: Word) -> bool:
    """Whether a word stands alone on its line, at the end."""
    line = text[text.rfind("\n", 0, word.start) + 1 : word.start]
    return not text[word.end :].strip(" .!\n") and not line.strip(" -–—,")


def _with_particle(text: str, words: Sequence[Word], at: int) -> int:
    """Where a name begins, with what hangs on it by a hyphen: ``al-`` and the like."""
    hangs = at and words[at - 1].folded in PARTICLES and text[words[at - 1].end : words[at].start] in ("-", "‐")
    return words[at - 1].start if hangs else words[at].start


def _without_s(word: Word) -> int:
    return word.end - 2 if re.search(r"['’ʼ][sS]\Z", word.written) and len(word.written) > 2 else word.end
