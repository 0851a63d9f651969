"""The supervisor's page over real HTTP: whom it lets in, what it tells, and what it leaves in the audit."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from bot.complaint.case import Case
from bot.complaint.colleagues import Role
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.records import Round
from bot.desk.rights import Right
from bot.front.miniapp.pace import AT_ONCE
from bot.sandbox.miniapp import init_data
from bot.sandbox.world import World
from tests.browser.floor import Floor
from tests.browser.kettle import HERO
from tests.front.conftest import ask, shown
from tests.handclock import START, HandClock

VIEWS = ("me", "board", "case", "promises", "figures")


async def _case(floor: Floor, no: CaseNo) -> Case:
    return next(iter([case async for case, _ in floor.house.store.cases(case_no=no)]))


async def test_a_supervisor_and_a_manager_come_in(floor: Floor, http: aiohttp.ClientSession) -> None:
    """Whom Telegram vouches for and the roster knows as one who may."""
    status, me = await ask(http, "me", shown(floor))
    assert (status, me["name"], me["role"], me["lang"]) == (200, "陈岚", "supervisor", "zh")
    status, me = await ask(http, "me", shown(floor, "zhao_ming"))
    assert (status, me["role"]) == (200, "manager")


async def test_nothing_is_told_without_telegrams_word(floor: Floor, http: aiohttp.ClientSession) -> None:
    """No signature, another scheme, a changed one, one of another bot: each view refuses in the same way."""
    good = init_data(floor.demo.world, floor.person("chen_lan").id)
    others = World(token="999:other")
    others.add_user("x")
    stranger = init_data(others, max(others.people))
    manager = str(floor.person("zhao_ming").id)
    forged = good.replace(str(floor.person("chen_lan").id), manager)
    assert forged != good
    for line in ("", f"Bearer {good}", "tma", f"tma {good[:-1]}", f"tma {forged}", f"tma {stranger}"):
        for view in VIEWS:
            assert await ask(http, view, {"Authorization": line}, no=HERO) == (401, {"refused": "unsigned"})


async def test_a_page_that_was_opened_long_ago_shows_nothing_more(
    floor: Floor, http: aiohttp.ClientSession, clock: HandClock
) -> None:
    """After an hour it is opened anew; until then it goes on."""
    headers = shown(floor)
    clock.move(timedelta(minutes=59))
    assert (await ask(http, "me", headers))[0] == 200
    clock.move(timedelta(minutes=2))
    assert await ask(http, "me", headers) == (401, {"refused": "expired"})
    assert (await ask(http, "me", shown(floor)))[0] == 200


@pytest.mark.practice("R53")
async def test_who_may_not_is_turned_away_and_written_down(floor: Floor, http: aiohttp.ClientSession) -> None:
    """An agent, a stranger and a customer see nothing; that a colleague tried stands in the audit, once."""
    for _ in range(2):
        assert await ask(http, "case", shown(floor, "lin_xiao"), no=HERO) == (403, {"refused": "no_right"})
    assert await ask(http, "me", shown(floor, "passer_by")) == (403, {"refused": "not_member"})
    customer = {"Authorization": f"tma {init_data(floor.demo.world, floor.demo.customer.id)}"}
    assert await ask(http, "me", customer) == (403, {"refused": "not_member"})

    told = [one.deed async for one in floor.house.store.deeds() if one.deed.act == Right.OVERSEE]
    assert [(one.name, one.refused) for one in told] == [("林晓", "no_right")]


async def test_who_left_the_desk_has_left_the_page(
    floor: Floor, http: aiohttp.ClientSession, clock: HandClock
) -> None:
    """Whoever was removed from the group is a stranger here after five minutes at the latest."""
    assert (await ask(http, "board", shown(floor)))[0] == 200
    floor.demo.world.leave(floor.person("chen_lan").id, floor.demo.desk.id)
    clock.move(timedelta(minutes=5))
    assert await ask(http, "board", shown(floor)) == (403, {"refused": "not_member"})


async def test_who_was_made_an_agent_again_is_turned_away_at_once(
    floor: Floor, http: aiohttp.ClientSession
) -> None:
    """The roster is asked every time, as it is for a command."""
    supervisor = floor.person("chen_lan")
    assert (await ask(http, "board", shown(floor)))[0] == 200
    known = floor.house.fittings.in_force.rules.roster().of(UserId(supervisor.id))
    lowered = replace(known, role=Role.AGENT, changed_by=UserId(1))
    await floor.house.store.write(Round(at=START, colleagues=[lowered]))
    assert await ask(http, "board", shown(floor)) == (403, {"refused": "no_right"})


@pytest.mark.practice("R53")
async def test_every_look_at_a_case_stands_in_the_audit(floor: Floor, http: aiohttp.ClientSession) -> None:
    """Who looked, at which case; the lists tell of no customer, and leave no line."""
    for view in ("me", "board", "promises", "figures"):
        told = await ask(http, view, shown(floor))
        assert "周敏" not in str(told)
        assert "138" not in str(told)
    status, told = await ask(http, "case", shown(floor), no=HERO)
    assert (status, told["case"]["customer"]) == (200, "周敏")

    lines = [one.deed async for one in floor.house.store.deeds() if one.deed.act == Right.LOOK_UP]
    assert [(one.name, one.case_no, one.after) for one in lines] == [("陈岚", HERO, {"asked": "/board"})]


@pytest.mark.practice("R58")
async def test_whom_a_complaint_is_about_does_not_read_it_here(
    floor: Floor, http: aiohttp.ClientSession
) -> None:
    """Not a word of it, and the attempt is written down."""
    case = await _case(floor, HERO)
    about = case.evolve(about=(UserId(floor.person("chen_lan").id),))
    await floor.house.store.write(Round(at=START, cases=[about]))

    assert await ask(http, "case", shown(floor), no=HERO) == (403, {"refused": "about_you"})
    assert (await ask(http, "case", shown(floor, "zhao_ming"), no=HERO))[0] == 200
    refused = [one.deed async for one in floor.house.store.deeds() if one.deed.refused == "about_you"]
    assert [one.case_no for one in refused] == [HERO]


@pytest.mark.practice("R53")
async def test_who_asked_to_be_forgotten_has_no_name_here(floor: Floor, http: aiohttp.ClientSession) -> None:
    """What is kept for the law alone is shown as the desk shows it: without name, phone and long numbers."""
    case = await _case(floor, HERO)
    hidden = case.evolve(closed_at=START, erase_asked=START)
    await floor.house.store.write(Round(at=START, cases=[hidden]))

    _, told = await ask(http, "case", shown(floor), no=HERO)
    assert (told["case"]["customer"], told["case"]["phone"]) == ("***", "")
    assert "周敏" not in str(told)


async def test_what_cannot_be_written_down_is_not_shown(
    floor: Floor, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    """Without the line in the audit there is no look at a case; lists leave no line, and are shown."""
    with closing(sqlite3.connect(tmp_path / "complaints.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await ask(http, "case", shown(floor), no=HERO) == (503, {"refused": "unwell"})
        assert (await ask(http, "board", shown(floor)))[0] == 200


async def test_who_asks_too_fast_is_asked_to_wait(floor: Floor, http: aiohttp.ClientSession) -> None:
    """One person reads at a person's speed; nobody else has to wait for them."""
    for _ in range(AT_ONCE):
        assert (await ask(http, "me", shown(floor)))[0] == 200
    async with http.get("api/me", headers=shown(floor)) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "5")
    assert (await ask(http, "me", shown(floor, "zhao_ming")))[0] == 200


async def test_the_pages_own_files_are_for_everybody_and_guarded(
    floor: Floor, http: aiohttp.ClientSession
) -> None:
    """No script of others runs beside them, nobody but Telegram shows them in a frame, and each has its mark."""
    async with http.get("") as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors https://web.telegram.org" in policy
    for name in ("main.js", "style.css", "words/zh.json", "words/en.json"):
        async with http.get(name) as answer:
            assert (answer.status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
            mark = answer.headers["ETag"]
        async with http.get(name, headers={"If-None-Match": mark}) as answer:
            assert answer.status == 304
    for name in ("nothing.js", "..%2froutes.py", "%2e%2e/routes.py", "page/main.js"):
        async with http.get(URL(f"{floor.page}{name}", encoded=True)) as answer:
            assert answer.status == 404
