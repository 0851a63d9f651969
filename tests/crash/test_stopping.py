"""Being told to stop: within ten seconds, with exit code 0, and nothing that was under way is lost."""

import signal

import pytest

from bot.office.house import STOP_WITHIN
from tests.crash.books import opened
from tests.crash.findings import look_through
from tests.crash.ordeal import Report, drain
from tests.crash.people import FIRST, People, chance_of, few
from tests.outpost import LittleTelegram, Post
from tests.processes import PATIENCE, STOPS_WITHIN

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


def test_letters_under_way_leave_half_of_the_time_to_the_rest() -> None:
    """However busy the machine is: closing waits no longer for them."""
    assert STOP_WITHIN <= STOPS_WITHIN / 2


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_in_the_middle_of_work_and_loses_nothing(
    post: Post, telegram: LittleTelegram, told: signal.Signals
) -> None:
    """Told to stop while people write, it ends with 0; the next one goes on where it stopped."""
    people = People(telegram, chance_of(11), at_once=4, most_for_a_person=1, most_customers=few)
    report = Report()
    people.begin()
    for _ in range(2):
        mark = (await telegram.see("state"))["mark"]
        running = await post.open()
        await telegram.see("wait", after=mark, timeout=PATIENCE)
        ended = await running.stop(told)
        assert ended.code == 0, ended.err
        assert "Traceback" not in ended.err
    await people.end()
    await drain(post, telegram, report)
    found = await look_through(post, telegram, people)
    assert found.wrong + report.faults == []
    assert found.figures["doubled and marked"] == 0


async def test_a_reply_under_way_is_waited_for(post: Post, telegram: LittleTelegram) -> None:
    """A reply that Telegram is about to confirm is waited for, so it is neither doubled nor in doubt."""
    running = await post.open()
    await telegram.do("delay_next", method="sendMessage", seconds=3)
    await telegram.do("say", person_id=telegram.customer, text=FIRST)
    await telegram.waits_for(telegram.customer)
    ended = await running.stop()
    assert ended.code == 0
    outcomes = _outcomes(post)
    # the answer that follows the first words may have been written meanwhile: it waits for the next start
    assert outcomes.pop("waiting", 0) <= 1
    assert outcomes == {"sent": 1}
    assert len(await telegram.said_by_bot(telegram.customer)) == 1


async def test_a_reply_that_hangs_does_not_hold_it_up_and_is_marked_when_it_is_sent_again(
    post: Post, telegram: LittleTelegram
) -> None:
    """With an answer that does not come, it stops within ten seconds; the reply goes again, marked as doubtful."""
    running = await post.open()
    await telegram.do("delay_next", method="sendMessage", seconds=300)
    await telegram.do("say", person_id=telegram.customer, text=FIRST)
    await telegram.waits_for(telegram.customer)
    assert (await running.stop()).code == 0
    report = Report()
    await drain(post, telegram, report)
    outcomes = _outcomes(post)
    assert outcomes["maybe_twice"] == 1
    assert set(outcomes) == {"maybe_twice", "sent"}


def _outcomes(post: Post) -> dict[str, int]:
    with opened(post.database) as connection:
        return dict(connection.execute("SELECT outcome, count(*) FROM outbox GROUP BY outcome").fetchall())
