"""Retention: what has been kept long enough becomes anonymous by itself, and nothing else does."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.complaint.actions import Lane
from bot.complaint.axes import Level, PromiseStatus
from bot.complaint.case import Case, Facts, Flag, Order, Person, Severity
from bot.complaint.conversation import Conversation, Heard
from bot.complaint.dealings import Agreement, Offer, Promise, Survey, Wish
from bot.complaint.ids import CaseNo, Cents, ChatId, MessageId, UserId
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.reading import Family, RemedyKind
from bot.complaint.records import Arrival, Done, Entry, Round
from bot.complaint.squares import Call, Square
from bot.config import load_rules
from bot.office.booking.ledger import Ledger
from bot.office.groups import Groups
from bot.office.phrases import load_catalogue
from bot.office.watching.retiring import BITE, EVERY, Retirer
from bot.policy.retention import held, retired
from bot.store import Store, open_store
from tests.handclock import START

RULES = load_rules()
CLOSED = START
OVER = CLOSED + timedelta(days=RULES.retention_days + 1)
CHAT = ChatId(700_111)
NAME, PHONE, ORDER = "王小明", "13912345678", "HS260621-8841"
TRACES = (NAME, PHONE, ORDER, "xiaoming", str(CHAT), "不通电")


def a_case(no: str = "100-0001", chat: int = CHAT, **changes: Any) -> Case:  # noqa: ANN401 - a case's own fields
    """A closed case with all that can lead to a person."""
    return Case(
        no=CaseNo(no),
        chat=ChatId(chat),
        customer=Person(id=UserId(chat), name=NAME, username="xiaoming"),
        opened_at=CLOSED,
        closed_at=CLOSED,
        at_desk=True,
        facts=Facts(
            phone=PHONE,
            order_no=ORDER,
            order=Order(order_no=ORDER, product="电热壶", price=Cents(8900)),
            batch_no="B2026",
            issue=("不通电",),
        ),
        story=(f"{NAME}的壶不通电",),
        flags=(Flag(family=Family.CHURN, cue=f"{NAME}再也不买", at=CLOSED),),
        wishes=(Wish(at=CLOSED, verbatim=f"退到{PHONE}", kinds=(RemedyKind.REFUND_FULL,), amount=89),),
        offers=(
            Offer(
                id="o1",
                at=CLOSED,
                kinds=(RemedyKind.REFUND_FULL,),
                worth=Cents(8900),
                by="bot",
                level=Level.BOT,
                valid_until=CLOSED,
                state="agreed",
                words=f"退{NAME}89元",
            ),
        ),
        agreement=Agreement(offer_id="o1", text=f"{NAME}同意", confirmed_at=CLOSED, message=MessageId(4)),
        promises=(
            Promise(
                id="p1",
                kind="refund",
                text=f"{NAME}的退款",
                owner="general",
                made_at=CLOSED,
                due_at=CLOSED,
                status=PromiseStatus.KEPT,
            ),
        ),
        surveys=(Survey(asked_at=CLOSED, outcome=5, words=f"谢谢，{NAME}"),),
        finding=f"{NAME}的壶受潮",
    ).evolve(**changes)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture(name="store")
async def _store(path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{path}")
    yield store
    await store.close()


@pytest.fixture(name="retirer")
def _retirer(store: Store) -> Retirer:
    ledger = Ledger(load_catalogue(RULES, None), RULES, Groups(ChatId(-1001)), store.letter_ids)
    return Retirer(store, ledger, CLOSED)


async def after_all(retirer: Retirer, now: object = OVER) -> list[Letter]:
    """The letters of a whole round."""
    letters: list[Letter] = []
    for _ in range(9):
        letters += await retirer.go_on(now)  # type: ignore[arg-type]
    return letters


async def numbers(store: Store, *, anonymous: bool) -> list[str]:
    """The cases that are anonymous, or are not."""
    return [case.no async for case, _ in store.cases() if (case.retired_at is not None) is anonymous]


@pytest.mark.practice("R17", "R53")
async def test_not_one_table_of_the_database_still_names_anybody(
    store: Store, path: Path, retirer: Retirer
) -> None:
    """Every table is searched, the outbox and the talks too; the figures are as they were."""
    case = a_case()
    talk = Conversation(
        chat=CHAT, case_no=case.no, heard=(Heard(message=MessageId(3), at=CLOSED, text=f"我是{NAME}"),)
    )
    lines = [
        Entry(
            case_no=case.no,
            at=CLOSED,
            who="customer",
            chat=CHAT,
            text=f"{NAME} {PHONE}",
            message=MessageId(3),
        ),
        Entry(case_no=case.no, at=CLOSED, who="agent", chat=ChatId(-1001), text=f"{NAME}您好", by="林晓"),
    ]
    numbered = store.letter_ids(2)
    letters = [
        Letter(id=number, kind=LetterKind.TEXT, chat=chat, lane=Lane.TALK, written_at=CLOSED, case_no=case.no,
               html=f"{NAME}您好")
        for number, chat in zip(numbered, (CHAT, ChatId(-1001)), strict=True)
    ]  # fmt: skip
    await store.write(Round(at=CLOSED, cases=[case], conversations=[talk], entries=lines, letters=letters))
    await store.attempting(numbered, CLOSED)
    await store.settle(
        [Receipt(letter=one, outcome=Outcome.SENT, at=CLOSED, message=MessageId(9)) for one in numbered]
    )
    (dropped,) = await after_all(retirer)
    assert (dropped.kind, dropped.topic) == (LetterKind.DELETE_TOPIC, case.no)
    ((after, _),) = [pair async for pair in store.cases()]
    assert after.wishes[0].amount == 89
    assert after.offers[0].worth == 8900
    assert (after.surveys[0].outcome, after.facts.batch_no) == (5, "B2026")
    with closing(sqlite3.connect(path)) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {name: repr(base.execute(f"SELECT * FROM {name}").fetchall()) for name in tables}  # noqa: S608
    kept["conversations"] = re.sub(rf"\b{CHAT}\b", "", kept["conversations"])  # the chat may go on
    assert {(name, one) for name, rows in kept.items() for one in TRACES if one in rows} == set()


@pytest.mark.practice("R17", "R53")
@pytest.mark.parametrize(
    "changes",
    [
        {"closed_at": None},
        {"closed_at": OVER - timedelta(days=RULES.retention_days - 1)},
        {"legal_hold": True},
        {"evidence_hold": True},
    ],
    ids=["open", "young", "legal hold", "evidence locked"],
)
async def test_what_is_open_young_or_held_is_left_alone(
    store: Store, retirer: Retirer, changes: dict[str, Any]
) -> None:
    """Neither an open case nor one inside its time nor one that is held becomes anonymous."""
    await store.write(Round(at=CLOSED, cases=[a_case(**changes)]))
    assert await after_all(retirer) == []
    assert await numbers(store, anonymous=True) == []


@pytest.mark.practice("R17", "S36")
async def test_what_was_called_in_groups_goes_without_a_further_call(store: Store, retirer: Retirer) -> None:
    """The daily round forgets calls whose window is over; nobody has to write there again for that."""
    old, new = OVER - RULES.groups.window * 2, OVER - RULES.groups.window / 2
    calls = tuple(
        Call(by=UserId(by), message=MessageId(by), at=at, last_at=at, text=NAME)
        for by, at in ((1, old), (2, new))
    )
    square = Conversation(chat=ChatId(-1009), square=Square(title="妈妈群", calls=calls))
    await store.write(Round(at=CLOSED, conversations=[square]))
    await after_all(retirer)
    (left,) = await store.squares()
    assert left.square is not None
    assert [one.by for one in left.square.calls] == [2]


@pytest.mark.practice("R17")
async def test_it_goes_on_in_bites_past_what_is_held_and_ends(store: Store, retirer: Retirer) -> None:
    """More held cases than a bite do not stand in the way of those behind them; a second day changes nothing."""
    locked = [a_case(f"000-{n:04}", 1000 + n, evidence_hold=True) for n in range(BITE + 5)]
    later = CLOSED + timedelta(hours=1)
    free = [a_case(f"200-{n:04}", 5000 + n, closed_at=later) for n in range(BITE + 5)]
    await store.write(Round(at=CLOSED, cases=[*locked, *free]))
    await after_all(retirer)
    assert await numbers(store, anonymous=True) == [one.no for one in free]
    deeds = [one async for one in store.deeds()]
    assert {(one.deed.act, one.deed.why) for one in deeds} == {("erase", "retention")}
    await after_all(retirer, OVER + EVERY)
    assert len([one async for one in store.deeds()]) == len(deeds) == len(free)


async def test_what_became_a_part_of_another_case_stays_as_long_as_that_one(
    store: Store, retirer: Retirer
) -> None:
    """The words of a merged case belong to the case that goes on."""
    part = a_case("100-0001", 1, merged_into=CaseNo("100-0002"))
    await store.write(Round(at=CLOSED, cases=[part, a_case("100-0002", 2, legal_hold=True)]))
    await after_all(retirer)
    assert await numbers(store, anonymous=True) == []


@pytest.mark.practice("R53")
def test_why_a_case_is_held_and_until_when() -> None:
    """Grave cases and those for authorities end with the brand's time; locks have no date."""
    until = CLOSED + timedelta(days=RULES.retention_days)
    sign = Flag(family=Family.REGULATOR, cue="12315", at=CLOSED)
    for changes, why, when in (
        ({"severity": Severity.SEV2}, "grave", until),
        ({"flags": (sign,)}, "law", until),
        ({"legal_hold": True, "severity": Severity.SEV1}, "legal", None),
        ({"closed_at": None}, "open", None),
    ):
        hold = held(a_case(**changes), RULES, CLOSED)
        assert hold is not None
        assert (hold.why, hold.until) == (why, when)
    assert held(a_case(), RULES, CLOSED) is None


@pytest.mark.practice("R17")
def test_twice_is_as_once() -> None:
    """Whatever made it anonymous first counts."""
    once = retired(a_case(), RULES, OVER)
    assert retired(once, RULES, OVER + EVERY) == once


@pytest.mark.practice("R17")
async def test_what_could_not_be_worked_goes_when_a_case_of_its_day_would(
    store: Store, retirer: Retirer
) -> None:
    """It may hold a complainant's words as they came: it is kept for its time, and for no longer."""
    await store.keep([Arrival(source="telegram", key="1", chat=CHAT, body=NAME.encode(), at=CLOSED)])
    (row,) = await store.pending(1, now=CLOSED)
    await store.write(Round(at=CLOSED, done=[Done(row=row.id, outcome="set_aside", reason="not JSON")]))
    await after_all(retirer, CLOSED + timedelta(days=30))
    assert (await store.counts())["set_aside"] == 1
    await after_all(retirer, OVER)
    assert (await store.counts())["set_aside"] == 0


@pytest.mark.practice("R17", "R53")
async def test_a_letter_that_is_on_its_way_just_then_leaves_no_words_either(
    store: Store, path: Path, retirer: Retirer
) -> None:
    """Its answer comes when the case is anonymous already: neither the words nor the chat are kept with it."""
    case = a_case()
    (number,) = store.letter_ids(1)
    letter = Letter(id=number, kind=LetterKind.TEXT, chat=CHAT, lane=Lane.TALK, written_at=CLOSED, case_no=case.no,
                    html=f"{NAME}您好 {PHONE}")  # fmt: skip
    await store.write(Round(at=CLOSED, cases=[case], letters=[letter]))
    await store.attempting([number], CLOSED)
    await after_all(retirer)
    await store.settle([Receipt(letter=number, outcome=Outcome.SENT, at=CLOSED, message=MessageId(9))])
    with closing(sqlite3.connect(path)) as base:
        kept = repr([base.execute(f"SELECT * FROM {one}").fetchall() for one in ("outbox", "links")])  # noqa: S608
    assert [one for one in TRACES if one in kept] == []
