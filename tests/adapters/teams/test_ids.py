"""Ids that Teams writes in capitals: the same organisation, and the same seat on the council."""

from adapters.teams.directory import belongs_elsewhere
from tests.adapters.teams.recorded import on_stage
from tests.doubles.teams.organisation import OTHER_TENANT, TENANT
from tests.walks.teams_stage import TeamsStage


async def test_an_organisation_and_a_person_are_the_same_however_teams_writes_them(stage: TeamsStage) -> None:
    chair = stage.person("chair")
    written = on_stage("message_verb", stage) | {"text": "cases"}
    written["from"] = {"id": chair.person.id, "aadObjectId": chair.person.aad.upper(), "name": "The chair"}
    written["conversation"] |= {"id": chair.direct.id, "tenantId": written["conversation"]["tenantId"].upper()}
    written["channelData"]["tenant"]["id"] = written["channelData"]["tenant"]["id"].upper()
    assert (await stage.front.send(written)).status == 200
    await stage.settle()
    assert "no open cases" in chair.sees().lower()


def test_a_colleague_whose_organisation_is_written_in_capitals_is_no_stranger() -> None:
    assert not belongs_elsewhere({"tenantId": TENANT.upper()}, TENANT)
    assert belongs_elsewhere({"tenantId": OTHER_TENANT.upper()}, TENANT)
