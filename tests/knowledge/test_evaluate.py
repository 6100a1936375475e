"""The evaluation of a corpus on disk, and what it says about a folder that is none."""

import json
import random
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import evaluate as evaluation
from knowledge.evaluate import BadCorpus, evaluate, mistype
from tests.knowledge.test_search import DOCUMENTS

QUERIES: list[dict[str, object]] = [
    {"text": "how would I write a model card", "gold": "model-card", "kind": "in"},
    {"text": "responsible for watching drift", "gold": ["drift", "carbon"], "kind": "in"},
    {"text": "how long do i boil an egg", "gold": None, "kind": "far"},
    {"text": "🙂", "gold": None},
]


def write(folder: Path, queries: list[dict[str, object]] = QUERIES) -> Path:
    corpus = [
        {"id": document.id, "title": document.title, "body": document.texts[0], "questions": document.questions}
        for document in DOCUMENTS
    ]
    for name, lines in (("corpus", corpus), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    return folder


def test_the_report_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    report = asdict(evaluate(write(tmp_path)).report)
    assert {key for key, value in report.items() if not isinstance(value, dict)} == {
        "accuracy_at_1", "hit_at_3", "mrr_at_10", "ndcg_at_10", "typo_accuracy_at_1", "auroc",
        "accuracy_at_90_refusal", "refusal_at_95_coverage", "build_s", "rss_mb",
    }  # fmt: skip
    assert set(report["own"]) == {"answered", "answered_right", "refused_unanswerable"}
    assert set(report["latency_ms"]) == {"p50", "p99"}
    assert json.loads(json.dumps(report)) == report


def test_an_easy_corpus_is_measured_as_easy(tmp_path: Path) -> None:
    report = evaluate(write(tmp_path)).report
    assert report.accuracy_at_1 == report.hit_at_3 == report.mrr_at_10 == report.auroc == 1
    assert 0.6 < report.ndcg_at_10 <= 1
    assert report.own == evaluation.Own(answered=1, answered_right=1, refused_unanswerable=1)
    assert report.accuracy_at_90_refusal == report.refusal_at_95_coverage == 1
    assert 0 < report.latency_ms.p50 <= report.latency_ms.p99
    assert report.build_s > 0
    assert 20 < report.rss_mb < 2_000


def test_each_question_is_predicted_in_its_order(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in evaluate(write(tmp_path)).lines()]
    assert [line["text"] for line in lines] == [query["text"] for query in QUERIES]
    assert lines[0]["ranked"][0]["id"] == "model-card"
    assert [line["outcome"] for line in lines] == ["answer", "answer", "refuse", "refuse"]
    assert all(0 <= line["confidence"] <= 1 for line in lines)


def test_two_runs_measure_the_same(tmp_path: Path) -> None:
    one, two = evaluate(write(tmp_path)).report, evaluate(tmp_path).report
    assert (one.typo_accuracy_at_1, one.auroc, one.ndcg_at_10) == (two.typo_accuracy_at_1, two.auroc, two.ndcg_at_10)


def test_bytes_are_counted_on_macos(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    linux = evaluate(write(tmp_path)).report.rss_mb
    monkeypatch.setattr("sys.platform", "darwin")
    assert evaluate(tmp_path).report.rss_mb < linux / 500


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("corpus", None, "corpus.jsonl cannot be read"),
        ("queries", None, "queries.jsonl cannot be read"),
        ("corpus", b"\xff\xfe", "corpus.jsonl cannot be read"),
        ("corpus", b'{"id": "a", "title": "b"}\n\n{"id": "a"\n', "corpus.jsonl, line 3: the line: Invalid JSON"),
        ("corpus", b'{"id": "a"}\n', "line 1: title: Field required"),
        ("corpus", b'{"id": "a", "title": "b"}\n{"id": "a", "title": "c"}\n', "has an id twice"),
        ("queries", b'{"text": "a", "gold": 5}\n', "line 1: gold"),
        ("queries", b'{"text": "a", "gold": "b"}\n', "questions with a right answer and questions without one"),
        ("queries", b'{"text": "a", "gold": null}\n', "questions with a right answer and questions without one"),
        ("queries", b"", "questions with a right answer and questions without one"),
    ],
)
def test_a_folder_that_cannot_be_evaluated_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = write(tmp_path) / f"{name}.jsonl"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(BadCorpus, match=told) as caught:
        evaluate(tmp_path)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@given(st.text(), st.integers())
def test_mistyping_keeps_the_words_apart(text: str, seed: int) -> None:
    typo = mistype(text, random.Random(seed))
    assert typo == mistype(text, random.Random(seed))
    assert typo.count(" ") >= text.count(" ")


def test_at_least_one_longer_word_is_mistyped() -> None:
    typos = {mistype("is the threshold right", random.Random(seed)) for seed in range(50)}
    assert len(typos) > 10
    assert all(typo.startswith("is the ") for typo in typos)
    assert mistype("is it so", random.Random(1)) == "is it so"
