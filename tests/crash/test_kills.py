"""The first promise: whatever happens to the process, no word is lost and none is said twice unmarked."""

import pytest

from tests.crash.findings import look_through
from tests.crash.ordeal import undergo
from tests.crash.people import People, chance_of, few
from tests.outpost import LittleTelegram, Post

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


async def test_six_kills_under_load_lose_nothing(post: Post, telegram: LittleTelegram) -> None:
    """Killed six times at random moments while people write, the bot keeps, answers and orders every word.

    The long form is `python -m tests.crash --kills 200`.
    """
    people = People(telegram, chance_of(7), at_once=3, most_for_a_person=2, most_customers=few)
    report = await undergo(post, telegram, people, 6, seed=7)
    found = await look_through(post, telegram, people)
    assert report.kills == 6
    assert people.words > 20
    assert found.figures["letters sent"] > 20
    assert found.wrong + report.faults == []
    assert set(report.stops) == {0}
