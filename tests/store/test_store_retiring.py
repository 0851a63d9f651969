"""Cases that become anonymous in the store: nothing that is kept leads back to anybody."""

from datetime import timedelta

import pytest

from bot.complaint.case import Case, Facts, Wish
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, MessageId
from bot.complaint.letters import LetterKind
from bot.complaint.reading import RemedyKind
from bot.complaint.records import Done, Round
from bot.policy.retention import retired
from bot.policy.rules import Rules
from bot.store import Store
from tests.contract.store import (
    CHAT,
    DESK,
    NO,
    NOW,
    SOON,
    a_case,
    a_deed,
    a_file,
    a_letter,
    a_line,
    a_talk,
    a_timer,
    arrival,
    case_of,
    ref,
    sent,
)

HASH, SHARED = "ab" * 32, "cd" * 32
OTHER = CaseNo("000-0002")
YEARS = NOW + timedelta(days=1_200)
NUMBER = "13912345678"


def closed(case: Case) -> Case:
    """A case that is over, with things in it that lead to a person."""
    wish = Wish(at=NOW, verbatim=f"退到 {NUMBER}", kinds=(RemedyKind.REFUND_FULL,), amount=89)
    return case.evolve(
        closed_at=SOON, facts=Facts(phone=NUMBER, harmed=False), story=("王小明的壶",), wishes=(wish,)
    )


async def furnished(store: Store) -> None:
    """Two closed cases of two people, with all that can be kept of one."""
    first, other = a_case(), a_case(OTHER, chat=7002)
    await store.write(
        Round(
            at=NOW,
            cases=[first, other],
            conversations=[a_talk(case_no=NO), a_talk(7002, case_no=OTHER)],
            entries=[
                a_line(
                    text=f"我是王小明，{NUMBER}",
                    message=MessageId(5),
                    media={"kind": "photo", "name": "王小明.jpg"},
                ),
                a_line(who="system", text=f"called: {NUMBER}", note=True, by="林晓"),
                a_line(OTHER, chat=ChatId(7002), text="另一位"),
            ],
            letters=[
                a_letter(1, case_no=NO, html=f"王小明您好 {NUMBER}"),
                a_letter(2, DESK, case_no=NO, topic=NO, html="王小明说", source=ref(CHAT, 5)),
                a_letter(
                    3,
                    DESK,
                    case_no=NO,
                    topic=NO,
                    kind=LetterKind.EDIT,
                    html="王小明的卡片",
                    below="王小明",
                    target=9,
                ),
                a_letter(4, 7002, case_no=OTHER, html="另一位您好"),
            ],
            timers=[a_timer()],
            files=[a_file(), a_file("u2"), a_file("u2", OTHER)],
            deeds=[a_deed()],
        )
    )
    await store.keep_file(a_file(), HASH, b"only here", NOW)
    await store.keep_file(a_file("u2"), SHARED, b"in both", NOW)
    await store.keep_file(a_file("u2", OTHER), SHARED, b"in both", NOW)
    await store.attempting([1, 2, 4], NOW)  # type: ignore[list-item]
    await store.settle([sent(1, 11), sent(2, 12), sent(4, 13)], [arrival("x")])
    await store.write(Round(at=SOON, cases=[closed(replace(one, version=1)) for one in (first, other)]))


async def retire(store: Store, no: CaseNo = NO) -> Case:
    """Make it anonymous, as the house does."""
    case = await case_of(store, no)
    assert case is not None
    after = retired(case, Rules(), YEARS)
    await store.write(Round(at=YEARS, cases=[after], retired=[no]))
    return after


@pytest.mark.practice("R17", "R53")
async def test_nothing_that_is_kept_of_a_retired_case_leads_to_anybody(store: Store) -> None:
    """Words, names, numbers, chats, mirrors and files are gone; what was asked for, and when, is still told."""
    await furnished(store)
    after = await retire(store)
    ((case, rows),) = [pair async for pair in store.cases(case_no=NO)]
    assert case == after.evolve(version=3)
    assert (case.wishes[0].amount, case.facts.harmed, case.closed_at) == (89, False, SOON)
    kept = repr((case, [row.entry for row in rows], await store.waiting()))
    for trace in ("王小明", NUMBER, str(CHAT)):
        assert trace not in kept
    assert [(row.entry.who, row.entry.text, row.entry.media) for row in rows] == [
        ("customer", "", {"kind": "photo"}),
        ("system", "called", None),
    ]
    assert await store.mirrors([ref(CHAT, 5), ref(DESK, 12)]) == {}
    assert await store.files_of([NO]) == {}
    assert await store.file_bytes(HASH) is None
    assert await store.due(YEARS) == []
    assert await store.cases_of(a_case().customer.id, NOW) == []


@pytest.mark.practice("R17")
async def test_the_other_cases_stay_as_they_are(store: Store) -> None:
    """A file that another case holds too is kept, and so is everything of the others."""
    await furnished(store)
    before = [pair async for pair in store.cases(case_no=OTHER)]
    await retire(store)
    assert [pair async for pair in store.cases(case_no=OTHER)] == before
    assert await store.file_bytes(SHARED) == b"in both"
    await retire(store, OTHER)
    assert await store.file_bytes(SHARED) is None


@pytest.mark.practice("R17")
async def test_what_may_be_retired_is_found_page_by_page_and_only_once(store: Store) -> None:
    """The longest closed first; what is anonymous is found no more, nor is what is open or too young."""
    numbers = [CaseNo(f"000-000{place}") for place in range(1, 6)]
    cases = [a_case(no, chat=8000 + place) for place, no in enumerate(numbers)]
    moments = [NOW + timedelta(days=place) for place in (3, 1, 2, 900, 0)]
    ended = [
        one.evolve(closed_at=when) if one.no != numbers[4] else one
        for one, when in zip(cases, moments, strict=True)
    ]
    await store.write(Round(at=NOW, cases=ended))
    border = NOW + timedelta(days=100)
    first = await store.retirable(border, limit=2)
    assert [one.no for one in first] == [numbers[1], numbers[2]]
    last = first[-1]
    assert last.closed_at is not None
    then = await store.retirable(border, after=(last.closed_at, last.no), limit=2)
    assert [one.no for one in then] == [numbers[0]]
    await retire(store, numbers[1])
    assert [one.no for one in await store.retirable(border, limit=9)] == [numbers[2], numbers[0]]


@pytest.mark.practice("R17", "R53")
async def test_what_was_posted_outside_any_case_is_shredded_wherever_it_went(store: Store) -> None:
    """A profile that was looked up in General, an answer to a stranger: after its days both go; a case's stay."""
    letters = [
        a_letter(1, DESK, html=f"王小明 {NUMBER}"),
        a_letter(2, html="您好"),
        a_letter(3, DESK, case_no=NO, topic=NO, html="在"),
        a_letter(4, DESK, html="没发出去"),
    ]
    await store.write(Round(at=NOW, cases=[a_case()], letters=letters))
    await store.settle([sent(1, 11), sent(2, 12), sent(3, 13)])
    assert await store.shred(NOW) == 0
    assert await store.shred(YEARS) == 2
    assert await store.shred(YEARS) == 0
    assert [one.html for one in await store.waiting()] == ["没发出去"]


@pytest.mark.practice("R16")
async def test_who_looked_is_told_by_case_and_by_person_the_newest_first(store: Store) -> None:
    """Only the acts that were asked for are told, and no more of them than asked."""
    deeds = [
        a_deed(act="look_up", at=NOW + timedelta(minutes=place), by=5 + place % 2, why=str(place))
        for place in range(4)
    ]
    await store.write(Round(at=NOW, cases=[a_case()], deeds=[*deeds, a_deed(act="offer")]))
    of_case = await store.last_deeds(case_no=NO, acts=["look_up"], limit=3)
    assert [one.deed.why for one in of_case] == ["3", "2", "1"]
    by_one = await store.last_deeds(by=deeds[0].by, acts=["look_up"], limit=9)
    assert [one.deed.why for one in by_one] == ["2", "0"]


@pytest.mark.practice("R17")
async def test_what_was_set_aside_is_kept_as_long_as_a_case_and_no_longer(store: Store) -> None:
    """Words that could not be worked are evidence for their time; afterwards nobody has use or right to keep them."""
    await store.keep([arrival("old"), arrival("waits")])
    old, _ = await store.pending(10, now=NOW)
    await store.write(Round(at=NOW, done=[Done(row=old.id, outcome="set_aside", reason="not JSON")]))
    assert await store.shed_aside(NOW) == 0
    assert await store.shed_aside(YEARS) == 1
    counts = await store.counts()
    assert (counts["inbox_pending"], counts["set_aside"]) == (1, 0)
