"""Who sits on the council, by platform."""

from tests.walks.house import House


async def test_the_terminal_offers_the_names_of_its_members(house: House) -> None:
    assert house.app.council.names("terminal")[:2] == ("chair", "legal")
    assert house.app.council.names("slack") == ()


async def test_members_sit_in_the_council_place_and_others_nowhere(house: House) -> None:
    assert house.app.places_of(house.person("chair").actor) == (house.app.council.place,)
    assert house.app.places_of(house.person("somebody").actor) == ()
