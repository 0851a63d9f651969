"""A simulated year of a brand: rows of facts from one seed, and the same rows as tables for SQL."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from bot.complaint.axes import Level, PromiseStatus, Severity, Status, Verdict
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.reading import Category, RemedyKind
from bot.insight.facts import CaseFacts, Due, Duty, Given, Milestone, Opinion, Pledge, Transfer
from bot.insight.frame import Period
from bot.insight.volumes import Active, Shipment

ZONE: Final = ZoneInfo("Asia/Shanghai")
YEAR: Final = Period(first=date(2025, 1, 1), until=date(2026, 1, 1), zone=ZONE)
BEFORE: Final = datetime(2024, 9, 1, tzinfo=UTC)
DAYS: Final = 520
"""The cases begin before the year and go on after it: what lies outside must not count."""
STATUSES: Final = [one for one in Status if one is not Status.MERGED]
PRODUCTS: Final = ("", "milk", "tea", "jam", "soap")
CAUSES: Final = ("", "seal", "label", "mould", "courier", "staff", "recipe")
KINDS: Final = (RemedyKind.REFUND_FULL, RemedyKind.VOUCHER, RemedyKind.REPLACE, RemedyKind.POSTAGE)
T = TypeVar("T")


class Chance:
    """Random numbers in bulk: one array is drawn and handed out, for a call a number is too slow."""

    def __init__(self, seed: int, size: int) -> None:
        self._numbers = iter(np.random.default_rng(seed).random(size).tolist())

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, the limit."""
        return int(next(self._numbers) * limit)

    def happens(self, share: float) -> bool:
        """True so often."""
        return bool(next(self._numbers) < share)

    def of(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.below(len(things))]

    def span(self, hours: int) -> timedelta:
        """Whole seconds, up to so many hours."""
        return timedelta(seconds=self.below(hours * 3600))

    def maybe(self, moment: datetime, hours: int, share: float) -> datetime | None:
        """A moment after this one, or none."""
        return moment + self.span(hours) if self.happens(share) else None


def year(seed: int, cases: int) -> list[CaseFacts]:
    """So many cases; the same seed gives the same."""
    chance = Chance(seed, cases * 130)
    return [_case(number, chance, cases) for number in range(cases)]


def _case(number: int, chance: Chance, cases: int) -> CaseFacts:
    opened = BEFORE + chance.span(DAYS * 24)
    closed = chance.maybe(opened, 900, 0.8)
    again = chance.maybe(closed, 1200, 0.12) if closed else None
    verdict = chance.of(list(Verdict)) if chance.happens(0.6) else None
    product = chance.of(PRODUCTS)
    judged = frozenset(one for one in Duty if chance.happens(0.8))
    known_price = chance.happens(0.7)
    return CaseFacts(
        no=CaseNo(f"{number:07d}"),
        opened_at=opened,
        status=chance.of(STATUSES),
        channel=chance.of(("telegram_private", "group", "store")),
        category=chance.of(list(Category)),
        product=product,
        batch=f"{product}-{chance.below(4)}" if product and chance.happens(0.5) else "",
        issue=chance.of(("", "leaks", "smells", "late")),
        cause=chance.of(CAUSES),
        severity=chance.of(list(Severity)),
        customer=f"c{chance.below(cases)}" if chance.happens(0.95) else "",
        agent=UserId(1 + chance.below(12)) if chance.happens(0.8) else None,
        units=1 + chance.below(3),
        bot_reply=chance.span(1) if chance.happens(0.97) else None,
        human_reply=chance.span(30) if chance.happens(0.6) else None,
        transfers=tuple(_transfer(opened, chance) for _ in range(chance.below(3))),
        told_at=chance.maybe(opened, 200, 0.6),
        fulfilled_at=chance.maybe(opened, 400, 0.5),
        awaited=chance.span(48) if chance.happens(0.5) else None,
        awaited_told=chance.span(24) if chance.happens(0.5) else None,
        sessions=1 + chance.below(3),
        accepted=chance.happens(0.5),
        first_closed_at=closed,
        closed_at=closed,
        reopened_at=again,
        reopened=1 if again or chance.happens(0.01) else 0,
        milestones=tuple(_mark(opened, chance) for _ in range(chance.below(4))),
        promises=tuple(_pledge(opened, chance) for _ in range(chance.below(4))),
        opinions=tuple(_opinion(opened, chance) for _ in range(chance.below(2))),
        verdict=verdict,
        decided_at=chance.maybe(opened, 200, 0.95) if verdict else None,
        deadlock=chance.happens(0.05),
        external=chance.happens(0.03),
        overturned=chance.happens(0.2) if chance.happens(0.7) else None,
        price=1 + chance.below(50_000) if known_price else None,
        given=tuple(_given(chance) for _ in range(chance.below(3))),
        threatened=chance.happens(0.15),
        turns=1 + chance.below(9),
        unanswered=chance.below(2),
        questions=chance.below(6),
        asked_again=chance.below(2),
        lint_hits=chance.below(3) if chance.happens(0.5) else None,
        danger_missed=chance.happens(0.02),
        duties=frozenset(one for one in judged if chance.happens(0.7)),
        judged=judged,
    )


def _transfer(opened: datetime, chance: Chance) -> Transfer:
    at = opened + chance.span(48)
    answered = chance.maybe(at, 30, 0.85)
    worked = chance.span(9) if answered else None
    return Transfer(at=at, answered_at=answered, worked=worked, repeated=chance.happens(0.1))


def _mark(opened: datetime, chance: Chance) -> Due:
    what = chance.of(list(Milestone))
    return Due(what=what, due_at=opened + chance.span(96), met_at=chance.maybe(opened, 110, 0.9))


def _pledge(opened: datetime, chance: Chance) -> Pledge:
    status = chance.of(list(PromiseStatus))
    return Pledge(due_at=opened + chance.span(96), status=status, settled_at=chance.maybe(opened, 96, 0.9))


def _opinion(opened: datetime, chance: Chance) -> Opinion:
    return Opinion(
        asked_at=opened + chance.span(600),
        handling=1 + chance.below(5) if chance.happens(0.4) else None,
        outcome=1 + chance.below(5) if chance.happens(0.4) else None,
        again=chance.happens(0.5) if chance.happens(0.3) else None,
        recommend=chance.below(11) if chance.happens(0.3) else None,
        ease=1 + chance.below(7) if chance.happens(0.3) else None,
    )


def _given(chance: Chance) -> Given:
    return Given(kind=chance.of(KINDS), level=chance.of(list(Level)), cents=chance.below(20_000))


def shipped(seed: int) -> list[Shipment]:
    """Weekly shipments, before and after the year too; nothing of soap, and tea without batches."""
    chance = Chance(seed, 5000)
    days = [date(2024, 11, 1) + timedelta(days=7 * week) for week in range(75)]
    return [
        Shipment(
            product=one,
            batch="" if one == "tea" else f"{one}-{chance.below(3)}",
            day=day,
            units=chance.below(9000),
        )
        for day in days
        for one in ("milk", "tea", "jam")
    ]


def active() -> list[Active]:
    """Monthly counts, one of them outside the year."""
    counts = [Active(day=date(2025, month, 1), users=400_000 + 1000 * month) for month in range(1, 13)]
    return [*counts, Active(day=date(2026, 1, 1), users=9_000_000)]


def tables(
    facts: Sequence[CaseFacts], ships: Sequence[Shipment], users: Sequence[Active]
) -> sqlite3.Connection:
    """The same as tables; moments are seconds since 1970, flags 0 and 1."""
    database = sqlite3.connect(":memory:")
    _fill(database, "cases", [_columns(one) for one in facts])
    for table in ("transfers", "milestones", "promises", "opinions", "given"):
        rows = [{"no": one.no} | _columns(part) for one in facts for part in getattr(one, table)]
        _fill(database, table, rows)
    steps = [
        {"no": one.no, "duty": duty.value, "done": int(duty in one.duties)}
        for one in facts
        for duty in one.judged
    ]
    _fill(database, "steps", steps)
    _fill(database, "shipped", [_columns(one) for one in ships])
    _fill(database, "active", [_columns(one) for one in users])
    return database


def _columns(row: Any) -> dict[str, Any]:  # noqa: ANN401 - any flat row
    cells = {name: getattr(row, name) for name in row.__slots__}
    return {name: _plain(cell) for name, cell in cells.items() if not isinstance(cell, tuple | frozenset)}


def _plain(cell: Any) -> Any:  # noqa: ANN401 - what SQL takes
    if isinstance(cell, datetime):
        return int(cell.timestamp())
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return int(cell.total_seconds())
    return getattr(cell, "value", cell)


def _fill(database: sqlite3.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    names = list(rows[0])
    database.execute(f"CREATE TABLE {table} ({', '.join(names)})")
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 - the names are our own
    database.executemany(statement, [tuple(row.values()) for row in rows])
