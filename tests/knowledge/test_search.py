"""What a question finds: an answer, a choice, or an honest "I don't know"."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.index import Document
from knowledge.library import load
from knowledge.search import NOTHING, Index
from tests.knowledge.writing import TOPICS, save_topics


def _document(name: str, title: str, one: str, other: str) -> Document:
    more = (f"how do we begin with {title}", f"{title}, who is responsible", f"{title} checklist: {one}")
    return Document(name, title, (f"{title}. {one}. {other}.",), (one, other, *more))


DOCUMENTS = [_document(name, *texts) for name, texts in TOPICS.items()]
INDEX = Index(DOCUMENTS)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("How would I write a model card?", "model-card"),
        ("who is responsible for watching drift", "drift"),
        ("carbon emission of gpu trainings", "carbon"),
        ("checklist for paying annotators fairly", "annotators"),
        ("checklist for paying anotators fairly", "annotators"),
    ],
)
def test_a_question_in_other_words_is_answered(question: str, entry: str) -> None:
    found = INDEX.find(question)
    assert found.outcome == "answer"
    assert found.ranked[0].entry_id == entry
    assert found.confidence >= INDEX.answer_at
    assert found.choices == found.ranked[:1]


@pytest.mark.parametrize(
    "question",
    [
        "what is the weather tomorrow",
        "book a flight to lisbon",
        "how long do i boil an egg",
        "who won the match",
        "qwzx",
    ],
)
def test_a_question_about_nothing_here_is_refused(question: str) -> None:
    found = INDEX.find(question)
    assert found.outcome == "refuse"
    assert found.choices == ()
    assert len(found.nearest) <= 2


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_a_gap_is_not_answered_and_a_missing_phrasing_is(document: Document) -> None:
    question = document.questions[2]
    others = [other for other in DOCUMENTS if other.id != document.id]
    assert Index(others).find(question).outcome != "answer"
    kept = tuple(other for other in document.questions if other != question)
    found = Index([*others, Document(document.id, document.title, document.texts, kept)]).find(question)
    assert (found.outcome, found.ranked[0].entry_id) == ("answer", document.id)


FRAMES = (
    "which fairness metric suits a {} scoring model",
    "{} scoring model: how do we test it for unfair bias",
    "people complain that the {} scoring model is unfair",
    "{} fairness checklist before the launch of a scoring model",
    "who signs off the fairness of our {} scoring model",
)
FIELDS = ("credit", "hiring", "housing", "health", "school", "police", "court", "border", "welfare", "insurance")


@pytest.mark.parametrize("frame", FRAMES)
def test_where_entries_are_alike_a_gap_is_known_by_its_one_odd_word(frame: str) -> None:
    """Breaks without calibration: by the usual curve, five sixths of the words are enough to offer something."""
    alike = [
        Document(field, f"Fair {field} scores", (), tuple(one.format(field) for one in FRAMES)) for field in FIELDS
    ]
    index = Index(alike)
    assert index.find(frame.format("tenant")).outcome == "refuse"
    assert index.find("unfair police scoring model, how to test").outcome == "answer"


def test_between_two_entries_the_person_chooses() -> None:
    found = INDEX.find("drift or consent")
    assert found.outcome == "choose"
    assert len(found.choices) == 3
    assert {"consent", "drift"} <= {match.entry_id for match in found.choices}


def test_of_near_entries_none_stands_alone_however_sure_the_topic() -> None:
    assert INDEX.find("who is responsible").outcome != "answer"


def marked(name: str, *marks: str) -> Document:
    return Document(name, "Fair scores", (), ("is our score fair to everybody",), frozenset(marks))


def test_between_entries_that_fit_alike_the_askers_role_decides() -> None:
    index = Index([marked("a", "legal"), marked("b", "engineer"), *DOCUMENTS])
    question = "is the score fair"
    assert index.find(question).ranked[0].entry_id == "a"
    assert index.find(question, prefer=frozenset({"engineer"})).ranked[0].entry_id == "b"
    assert index.find(question, near=frozenset({"b"})).ranked[0].entry_id == "b"
    assert index.find("writing a model card", prefer=frozenset({"engineer"})).ranked[0].entry_id == "model-card"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("which levers help when our score is unfair", "lever"),
        ("a scenario for a score that is unfair", "scenario"),
        ("small step for a fair score", "micro-moment"),
        ("template for a fair score", "template"),
        ("a role-play about fair scores", "role-play"),
    ],
)
def test_a_question_can_name_the_kind_it_wants(question: str, kind: str) -> None:
    """And is shown some of it even where nothing is sure."""
    kinds = ("practice", "lever", "scenario", "micro-moment", "template", "role-play")
    index = Index([*(marked(each, each) for each in kinds), *DOCUMENTS])
    found = index.find(question)
    assert [match.entry_id for match in found.ranked] == [kind]
    assert found.outcome != "refuse"
    assert index.find("model card template sections").ranked[0].entry_id == "model-card"


@pytest.mark.parametrize(
    "text", ["", " ", "the of and", "🙂", "\ud800", "你好吗", "Что это такое?", "\x00", "https://a.b/c"]
)
def test_text_that_says_nothing_to_us_is_refused(text: str) -> None:
    assert INDEX.find(text) == NOTHING


@given(st.text(st.characters()))
@settings(max_examples=60, deadline=None)
def test_any_text_ends_in_an_outcome_and_always_the_same(text: str) -> None:
    found = INDEX.find(text)
    assert found == INDEX.find(text)
    assert 0 <= found.confidence <= 1
    assert [match.score for match in found.ranked] == sorted((match.score for match in found.ranked), reverse=True)
    assert len(found.ranked) <= 10


@given(st.permutations(DOCUMENTS))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_documents_makes_no_difference(documents: list[Document]) -> None:
    assert Index(documents).find("carbon consent") == INDEX.find("carbon consent")


def test_ties_are_broken_by_id() -> None:
    twins = [Document(name, "Bias audit", (), ("audit a model for bias",)) for name in ("b", "c", "a")]
    found = Index(twins).find("bias audit")
    assert [match.entry_id for match in found.ranked] == ["a", "b", "c"]
    assert len({match.score for match in found.ranked}) == 1


def test_a_document_without_known_questions_never_stands_alone() -> None:
    documents = [Document(name, title, (one, other)) for name, (title, one, other) in TOPICS.items()]
    found = Index(documents).find("Writing a model card")
    assert (found.outcome, found.ranked[0].entry_id) == ("choose", "model-card")


def test_an_empty_index_refuses() -> None:
    assert Index([]).find("model card") == NOTHING
    assert Index([Document("one", "")]).find("model card") == NOTHING


def test_the_operating_point_can_be_set() -> None:
    careful, bold = (Index(DOCUMENTS, right=right) for right in (0.98, 0.6))
    assert careful.answer_at > bold.answer_at
    assert careful.calibration.measured(careful.answer_at)[0] >= bold.calibration.measured(bold.answer_at)[0]


def test_the_index_is_the_same_from_its_cache(tmp_path: Path) -> None:
    cold, warm = Index(DOCUMENTS, cache=tmp_path), Index(DOCUMENTS, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    mended = Index(DOCUMENTS, cache=tmp_path)
    questions = [question for document in DOCUMENTS for question in document.questions]
    for question in questions:
        assert cold.find(question) == warm.find(question) == mended.find(question)
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


def test_a_library_is_indexed_by_its_answerable_entries(tmp_path: Path) -> None:
    save_topics(tmp_path)
    path = tmp_path / "topics/drift.md"
    path.write_text(path.read_text().replace("state: not validated", "state: archived"))
    index = Index(load(tmp_path))
    assert index.find("checklist for paying annotators").ranked[0].entry_id == "annotators"
    assert "drift" not in {match.entry_id for match in index.find("monitor distribution drift").ranked}


@pytest.mark.parametrize("piece", ["a", "fairness ", "ﷺ", "\u0301", "字"])
def test_of_a_pasted_log_only_the_beginning_counts(piece: str) -> None:
    pasted = piece * (100_000 // len(piece))
    assert INDEX.find(pasted) == INDEX.find(pasted[:2_000])


def test_one_lonely_document_can_answer() -> None:
    found = Index(DOCUMENTS[:1]).find(DOCUMENTS[0].questions[1])
    assert found.outcome != "refuse"
    assert len(found.ranked) == 1
