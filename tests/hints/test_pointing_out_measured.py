"""A small run of the measure in benchmarks/pointing_out: who loses what was promised sees it here."""

import pytest

from benchmarks.pointing_out.measure import Result, measure, together
from benchmarks.pointing_out.people import directory


@pytest.fixture(scope="module", params=[0, 1], ids=["tuned on", "held out"])
def result(request: pytest.FixtureRequest) -> Result:
    return measure(request.param, 12, directory(2_000, 7), texts=1)


def test_contact_details_are_found(result: Result) -> None:
    assert together(result.contacts.values()).share >= 0.97


def test_names_are_found(result: Result) -> None:
    assert together(result.names.values()).share >= 0.94


def test_clean_sentences_are_left_in_peace(result: Result) -> None:
    assert result.quiet.of > 200
    assert result.quiet.share >= 0.98


def test_words_that_lead_back_are_found(result: Result) -> None:
    assert result.phrases.share >= 0.8
