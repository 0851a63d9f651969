"""What the supervisor's page tells: the board, the calendar, one case and the figures, over real HTTP."""

from collections import Counter
from collections.abc import Callable

import aiohttp
import pytest

from bot.complaint.boards import Show
from bot.complaint.case import Case, Control, PromiseStatus
from bot.complaint.ids import UserId
from bot.complaint.records import Round
from tests.browser.floor import Floor
from tests.browser.kettle import EVIL
from tests.front.conftest import MANY, ask, shown
from tests.handclock import START


async def test_the_board_has_every_open_case_once(floor: Floor, http: aiohttp.ClientSession) -> None:
    """Page by page and queue by queue nothing is missing and nothing comes twice; the gravest stand first."""
    _, told = await ask(http, "board", shown(floor))
    seen: list[str] = []
    for column in told["columns"]:
        rows, after = list(column["rows"]), column["next"]
        while after < column["total"]:
            _, more = await ask(http, "board", shown(floor), queue=column["queue"], offset=str(after))
            rows += more["columns"][0]["rows"]
            after = more["columns"][0]["next"]
        assert [one["severity"] for one in rows] == sorted(one["severity"] for one in rows)
        assert {one["queue"] for one in rows} == {column["queue"]}
        seen += [one["no"] for one in rows]

    assert told["totals"]["all"] == len(seen) == len(set(seen)) == MANY + 1


async def test_each_chip_counts_what_it_shows(floor: Floor, http: aiohttp.ClientSession) -> None:
    """The number on a chip is that of the cases behind it, reckoned here case by case."""
    guest, now = UserId(floor.person("chen_lan").id), START
    every = [case async for case, _ in floor.house.store.cases() if case.is_open]
    kinds: dict[Show, Callable[[Case], bool]] = {
        Show.ALL: lambda one: one.is_open,
        Show.LATE: lambda one: any(owed.due_at < now for owed in one.open_promises),
        Show.WAITING: lambda one: one.control is Control.QUEUED and one.holder is None,
        Show.GRAVE: lambda one: one.severity <= 2,
        Show.MINE: lambda one: one.holder is not None and one.holder.id == guest,
    }
    for show, wanted in kinds.items():
        right = Counter(one.queue.value for one in every if wanted(one))
        _, told = await ask(http, "board", shown(floor), show=show)
        assert told["totals"][show] == right.total() > 0
        assert {one["queue"]: one["total"] for one in told["columns"]} == right


async def test_the_calendar_has_every_promise_on_its_day(floor: Floor, http: aiohttp.ClientSession) -> None:
    """Overdue ones first; then each of the next days in the brand's zone, with those that are due on it."""
    _, told = await ask(http, "promises", shown(floor))
    zone = floor.house.fittings.in_force.rules.clock
    due = [
        owed.due_at
        async for case, _ in floor.house.store.cases()
        for owed in case.promises
        if owed.status is PromiseStatus.OPEN
    ]
    days = Counter("late" if one < START else str(one.astimezone(zone).date()) for one in due)

    assert told["days"][0]["day"] == "late"
    assert {one["day"]: one["count"] for one in told["days"]} == {
        one["day"]: days[one["day"]] for one in told["days"]
    }
    assert [one["due"]["late"] for one in told["rows"]][: days["late"]] == [True] * days["late"]
    _, tomorrow = await ask(http, "promises", shown(floor), day="2026-07-02")
    assert tomorrow["total"] == days["2026-07-02"] == len(tomorrow["rows"])


async def test_a_case_is_told_in_the_order_of_time(floor: Floor, http: aiohttp.ClientSession) -> None:
    """Words, notes, offers, promises, deeds and the verdict stand where they happened; what EVIL wrote is text."""
    _, told = await ask(http, "case", shown(floor), no="5832716")
    kinds = [one["kind"] for one in told["events"]]
    assert [one["at"] for one in told["events"]] == sorted(one["at"] for one in told["events"])
    assert {"words", "offer", "promise", "promise_end", "agreement", "verdict", "deed"} <= set(kinds)
    assert EVIL in [one.get("text") for one in told["events"]]
    assert [one["what"] for one in told["case"]["owed"]] == ["refund", "written_answer"]
    assert told["before"] == 0


async def test_the_figures_are_shown_with_their_n(floor: Floor, http: aiohttp.ClientSession) -> None:
    """What is of too few cases has no value; another span than those offered is refused."""
    _, told = await ask(http, "figures", shown(floor), days="30")
    figures = {one["name"]: one for one in told["figures"]}
    assert figures["opened"]["value"] == sum(one["opened"] for one in told["by_day"])
    assert all(one["value"] is None for one in figures.values() if one["few"])
    assert len(told["by_day"]) == 30
    assert await ask(http, "figures", shown(floor), days="31") == (400, {"refused": "wrong"})


async def test_a_wrong_question_gets_a_plain_answer(floor: Floor, http: aiohttp.ClientSession) -> None:
    """Nothing that somebody types into the address breaks anything."""
    wrong: list[tuple[str, dict[str, str], int]] = [
        ("case", {"no": "000-0000"}, 404),
        ("case", {"no": "x"}, 404),
        ("case", {}, 404),
        ("board", {"show": "x"}, 400),
        ("board", {"queue": "x"}, 400),
        ("board", {"queue": "legal", "offset": "-1"}, 400),
        ("board", {"queue": "legal", "offset": "9" * 30}, 400),
        ("promises", {"day": "2020-01-01"}, 400),
        ("secrets", {}, 404),
    ]
    for view, asked, status in wrong:
        assert (await ask(http, view, shown(floor), **asked))[0] == status


@pytest.mark.practice("R7", "R58")
async def test_the_accused_does_not_learn_how_many_cases_there_are(
    floor: Floor, http: aiohttp.ClientSession
) -> None:
    """A case about whoever looks is on none of their columns, days and counts."""
    zhao = floor.person("zhao_ming")
    _, board = await ask(http, "board", shown(floor, "zhao_ming"))
    _, calendar = await ask(http, "promises", shown(floor, "zhao_ming"))
    every = [case async for case, _ in floor.house.store.cases() if case.is_open]
    owing = next(one for one in every if one.open_promises)
    accused = owing.evolve(about=(UserId(zhao.id),))
    await floor.house.store.write(Round(at=START, cases=[accused]))

    _, after = await ask(http, "board", shown(floor, "zhao_ming"))
    _, left = await ask(http, "promises", shown(floor, "zhao_ming"))
    assert after["totals"]["all"] == board["totals"]["all"] - 1
    assert sum(one["total"] for one in after["columns"]) == after["totals"]["all"]
    assert left["total"] == calendar["total"] - len(owing.open_promises)
    assert accused.no not in str(after["columns"]) + str(left["rows"])
