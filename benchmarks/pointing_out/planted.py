"""Contact details and names, made up by chance and planted in sentences; each half has sentences of its own."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.pointing_out.contact_forms import TUNED_ON, plain
from benchmarks.pointing_out.held_out_forms import HELD_OUT
from benchmarks.pointing_out.people import WHOLE, WORDY

HALVES = ("tuned on", "held out")


@dataclass(frozen=True)
class Planted:
    """A sentence and what stands in it."""

    kind: str
    planted: str
    text: str


CARRIERS = (
    (
        "Please write to {} about the refusals before Friday.",
        "It was {} in the end, and nobody else looked at the threshold.",
        "The prompt with the customer data went to {}, without any redaction.",
        "What was found is at {} and shows that the recall for women fell to 0.71.",
        "The last one who touched the model was {}.",
        "You can ask {}: the score was changed on 3 March.",
        "We saw {} in the training log, next to 1,200 other rows.",
        "In short, {} knows that Article 9 was never checked.",
    ),
    (
        "More about this (and about 40 other cases): {}",
        "{} is where the labels of version 2.1 came from.",
        "Rows were sent to “{}” every night since 12 May 2025.",
        "Nobody answers there; I tried {} twice.\nThe model is live all the same.",
        "Under ISO/IEC 42001 somebody owns this risk, see {}!",
        "He uses {} for it; the AUC was 0.79 before.",
    ),
)
SPEAKING = (
    (
        "The threshold was raised after {} had left the meeting.",
        "We think that {} changed the labels before the audit.",
        "The second review was done by {} and took five minutes.",
        "It is known that {} switched the filter off in June.",
        "Somebody saw {} copy the rows into the sandbox.",
        "Ask {} why recall fell from 0.85 to 0.71.",
        "The scorer belongs to {}, and nobody may look at it.",
        "Last week {} said that fairness can wait.",
    ),
    (
        "The vendor's slides were approved by {} in 2025.",
        "There was a call between {} and the supplier about price.",
        "Only {} can see why the loan was refused.",
        "If {} leaves, no one knows how the drift alarm works.",
        "In the end it was {} who signed the impact assessment.",
        "The rows went from the hospital to {} without consent.",
        "According to {} the bias is within the limit.",
        "Nobody but {} has read Annex III.",
    ),
)

PHRASES = (
    (
        "As I said in the last review, the recall is too low.",
        "As I told the lead in May, the labels are wrong.",
        "It was in my report of last week that the recall fell.",
        "My team was told to skip the audit.",
        "Since I joined, the threshold was raised four times.",
        "As the only woman on the project one hears such things.",
        "My manager asked to drop the test.",
        "I told my lead, and nothing happened.",
        "The bug is in my pull request.",
        "When I started, there was a test for this.",
        "I work on the scorer and see the labels every day.",
        "As the owner of the scorer one is asked to look away.",
        "I built the filter that was switched off.",
        "I am the only tester here.",
        "In our stand-up it was called a detail.",
        "As I mentioned, the vendor will not answer.",
        "On my first day the data were already there.",
        "My ticket about it was closed.",
        "I'm responsible for the labels, and they are wrong.",
        "Our team was not asked.",
    ),
    (
        "As I have said before, the labels come from the model.",
        "I already told my manager that the filter fails.",
        "In my performance review this was called negative.",
        "My department pays for the vendor.",
        "I joined in spring, and the audit was gone.",
        "Being the only nurse among engineers, one sees it.",
        "My colleagues were asked to sign.",
        "I was told so in my one-to-one on Tuesday.",
        "It stands in my notes of the meeting.",
        "Before I took over, the data were deleted on time.",
        "As I wrote in the design doc, the threshold is wrong.",
        "I sit with the people who label the pictures.",
        "I trained the model on these rows.",
        "My last commit turned the log on.",
        "Since I became a parent, I get the night shifts.",
    ),
)


def contacts(count: int, half: int, seed: int) -> Iterator[Planted]:
    """As many contact details of each kind, in sentences."""
    chance = random.Random(f"{seed} {half}")
    for kind, makers in (TUNED_ON, HELD_OUT)[half].items():
        for number in range(count):
            made = makers[number % len(makers)](chance)
            yield _planted(kind, made, chance.choice(CARRIERS[half]))


def names(people: tuple[str, ...], count: int, half: int, seed: int) -> Iterator[Planted]:
    """As many names of people in each form, in sentences."""
    chance = random.Random(f"{seed} {half}")
    mine = people[half::2]
    for kind, form in FORMS.items():
        number = 0
        while number < count:
            if made := form(chance, chance.choice(mine)):
                number += 1
                yield _planted(kind, made, chance.choice(SPEAKING[half]))


def phrases(half: int) -> Iterator[Planted]:
    """Sentences that lead back to who wrote them."""
    return (Planted("leads back", each, each) for each in PHRASES[half])


def _planted(kind: str, made: str, carrier: str) -> Planted:
    """What stands between quotes is looked for; all of it, where there are none."""
    inside = made.partition("«")[2].partition("»")[0] or made
    return Planted(kind, inside, carrier.replace("{}", made.replace("«", "").replace("»", "")))


_WORDY = frozenset(f"{WORDY[0]} {WORDY[1]}".split())


def _only(usual_ones: bool, form: Callable[[random.Random, str], str]) -> Callable[[random.Random, str], str]:
    """A form of names both of whose halves are words as well, or neither."""

    def of(chance: random.Random, name: str) -> str:
        halves = name.split()
        words = sum(half in _WORDY for half in halves)
        return form(chance, name) if len(halves) == 2 and words == (0 if usual_ones else 2) else ""

    return of


FORMS: dict[str, Callable[[random.Random, str], str]] = {
    "in full": _only(usual_ones=True, form=lambda _, name: name),
    "without its accents": _only(
        usual_ones=True,
        form=lambda _, name: " ".join(map(plain, name.split())) if all(map(plain, name.split())) else "",
    ),
    "the other way round": _only(usual_ones=True, form=lambda _, name: ", ".join(reversed(name.split()))),
    "in small letters": _only(usual_ones=True, form=lambda _, name: name.lower()),
    "with an initial between": _only(
        usual_ones=True, form=lambda chance, name: name.replace(" ", f" {chance.choice('ABKMR')}. ")
    ),
    "of somebody": _only(usual_ones=True, form=lambda _, name: f"«{name}»'s deputy"),
    "family name alone": _only(usual_ones=True, form=lambda _, name: name.split()[1]),
    "given name alone": _only(usual_ones=True, form=lambda _, name: name.split()[0]),
    "without a space": lambda chance, name: name if name in " ".join(WHOLE).split() else "",
    "two words, in full": _only(usual_ones=False, form=lambda _, name: name),
    "two words, the other way round": _only(usual_ones=False, form=lambda _, name: ", ".join(reversed(name.split()))),
    "a word alone": _only(usual_ones=False, form=lambda chance, name: chance.choice(name.split())),
}
"""How somebody is named."""
