"""Whose step is shown: asked once, kept, changed, forgotten."""

import pytest

from bot.questions.model import Reader
from tests.questions.library import TOPICS
from tests.questions.rows import rows
from tests.walks.house import House

KNOWN = TOPICS["appeals"][1]
VERDICTS = ["This helped", "It did not", "Wrong or out of date"]


async def test_a_role_is_asked_for_once_and_the_answer_fits_it_from_then_on(house: House) -> None:
    person = house.person("mira")
    seen = await person.says(KNOWN)
    assert "anybody; /rai role" in seen
    assert "Anybody may begin" in seen
    roles, verdicts = ["Engineer", "Product manager", "Designer", "Another role …"], VERDICTS
    assert person.labels() == ["More", "Not for me", *roles, *verdicts]
    assert "minutes, engineer): Makers measure" in await person.presses("Engineer")
    assert "This helped" in person.labels()
    assert "Makers measure" in await person.says(KNOWN)
    assert await rows(house, "questions_reader") == [
        {"person": "terminal:local:mira", "role": "engineer", "stage": None}
    ]


async def test_who_says_nothing_is_not_asked_again_and_gets_the_first_step(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN)
    seen = await person.says(KNOWN)
    assert "Anybody may begin" in seen
    assert "What do you do?" not in seen
    assert person.labels() == ["More", "Not for me", *VERDICTS]
    assert await rows(house, "questions_reader") == []


async def test_one_question_asked_as_five_roles_gives_five_steps(house: House) -> None:
    person, steps = house.person("mira"), set()
    for role in ("engineer", "product manager", "designer", "legal", "data worker"):
        await person.says(f"role {role}")
        seen = await person.says(KNOWN)
        steps.add(seen[seen.index("Next step") :].splitlines()[0].partition("):")[2])
    assert len(steps) == 5


async def test_another_role_is_chosen_from_all_of_them_and_the_answer_comes_again(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN)
    assert "Where your work stands" in await person.presses("Another role …")
    assert "minutes, legal): Lawyers read" in await person.fills(role="legal", stage="launch")
    assert "Stage: launch" in await person.says("role")
    await person.presses("Change")
    assert "Role: several" in await person.fills(role="everyone", stage="")
    assert "(5 minutes, anybody):" in await person.says(KNOWN)


async def test_a_role_can_be_forgotten(house: House) -> None:
    person = house.person("mira")
    await person.says("role tester")
    await person.says("role")
    assert "Nothing is kept of you" in await person.presses("Forget it")
    await person.says("role tester")
    assert "Forgotten." in await person.says("role forget")
    assert await rows(house, "questions_reader") == []


async def test_a_question_that_begins_with_role_is_a_question(house: House) -> None:
    assert "Letting people appeal" in await house.person("mira").says("role of customers who contest a decision")


async def test_a_role_that_is_none_in_a_form_is_refused(house: House) -> None:
    person = house.person("mira")
    await person.says("role")
    await person.presses("Say my role")
    assert "choose one of the options" in await person.fills(role="king")
    assert await rows(house, "questions_reader") == []


@pytest.mark.parametrize(
    ("reader", "marks"),
    [
        (Reader(), set()),
        (Reader("everyone", None), set()),
        (Reader("legal", "launch"), {"legal", "launch"}),
    ],
)
def test_the_search_prefers_what_suits_the_reader(reader: Reader, marks: set[str]) -> None:
    assert reader.prefer == marks
