"""What the kills brought to light, each held by itself."""

from pathlib import Path

from bot.complaint.case import Case, Person
from bot.complaint.ids import ChatId, UserId, case_no_from
from bot.complaint.records import Round, Timer
from bot.office.watching.watch import Watch
from bot.store import open_store
from tests.handclock import HandClock


async def test_a_timer_may_be_set_again_for_the_moment_at_which_it_has_fired(tmp_path: Path) -> None:
    """Messages of one answer share their moment: behind a backlog the second sets the first one's timer anew."""
    clock = HandClock()
    store = await open_store(f"sqlite:///{tmp_path / 'complaints.db'}")
    case = Case(
        no=case_no_from(7), chat=ChatId(7), customer=Person(id=UserId(7), name="周敏"), opened_at=clock.now()
    )
    timer = Timer(case_no=case.no, kind="quiet", key="quiet", due=clock.now(), chat=case.chat)
    watch = Watch(store, clock, lambda: None)
    try:
        await store.write(Round(at=clock.now(), cases=[case], timers=[timer]))
        assert await watch.fire_due() == 1
        await store.write(Round(at=clock.now(), timers=[timer]))
        assert await watch.fire_due() == 1
        assert (await store.counts())["inbox_pending"] == 2
    finally:
        await store.close()
