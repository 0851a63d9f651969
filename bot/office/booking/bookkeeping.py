"""The bookkeeper: keeps a row of facts for every case up to date, and reads those of a period."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.complaint.letters import Outcome
from bot.complaint.reading import Language
from bot.insight.facts import CaseFacts, Duty
from bot.insight.lines import CUSTOMER, OURS, ArrivedEntry
from bot.insight.measures import Measures
from bot.insight.outcomes import REPEAT_DAYS
from bot.insight.rows import WrongRow, all_facts, body_of, facts_from, form_of, last_at
from bot.insight.taking import facts_of
from bot.policy import deadlines
from bot.policy.brand import product_key
from bot.policy.calendar import working_between
from bot.policy.rules import Rules
from bot.reading.dutywords import duty_words
from bot.store.answers import TimelineRow
from bot.store.keeping import FactsRow, Keeping, Unbooked
from bot.store.port import Store
from bot.wording.drafts import draft_findings, draft_rules

PAGE: Final = 250
"""Cases that are read and written at once where somebody waits for figures."""
BITE: Final = 25
"""… and where nobody does: a few milliseconds."""
BITES: Final = 8
"""Pieces of work per call: enough for half a million cases a day."""
REST: Final = timedelta(minutes=2)
"""A case is left alone until nothing happened in it for this time."""
DELIVERY: Final = timedelta(minutes=2)
"""When a row is renewed because replies were still being delivered."""
SPOILED: Final = timedelta(days=1)
"""… because it could not be read."""
SILENCE: Final = timedelta(hours=24, minutes=1)
"""… because the complainant's last words were unanswered."""

ARRIVED: Final = (Outcome.SENT, Outcome.MAYBE_TWICE, Outcome.MERGED)

Told = Callable[[int, int], None]
"""Called with the number of rows made, and the total."""

NEVER: Final = datetime.fromtimestamp(0, UTC)
"""The moments of a row without a body."""

_log = structlog.get_logger(__name__)


async def measures_of(store: Store, rules: Rules, now: datetime) -> Measures:
    """The settings that this brand's figures depend on, and those of brands that accounts have."""
    doors = {one.owner: one.door for one in await store.accounts()} if rules.branches else {}
    branches = {doors[UserId(owner)]: own for owner, own in rules.branches.items() if owner in doors}
    cues = {Duty(step): words for step, words in duty_words().items()}
    every = (rules, *(own for _, own in sorted(branches.items())))
    made_by = (*map(_made_by, every), sorted(branches), sorted(cues.items()), draft_rules())
    common = _measures(rules, now, await store.facts_key(), cues)
    common = replace(common, form=form_of(*made_by))
    return replace(
        common,
        branches={door: _measures(own, now, common.key, cues) for door, own in branches.items()},
    )


def _made_by(rules: Rules) -> tuple[object, ...]:
    """Every setting of a brand that a row depends on."""
    name = rules.brand(Language.EN)
    made_by = (rules.hours, rules.on_call, sorted(rules.queues.items()), rules.deadlines, rules.zone, name)
    return (*made_by, tuple((one.key, sorted(one.names.items()), one.words) for one in rules.products))


def _measures(rules: Rules, now: datetime, key: bytes, cues: Mapping[Duty, tuple[str, ...]]) -> Measures:
    return Measures(
        working=partial(working_between, rules),
        due=partial(deadlines.due, rules),
        put_off=partial(deadlines.put_off, rules),
        now=now,
        key=key,
        brand=rules.brand(Language.EN),
        product=partial(product_key, rules.products),
        lint=_hits,
        cues=cues,
    )


def _hits(text: str, language: Language, level: int) -> int:
    return len(draft_findings(text, language, level=level))


async def facts_between(
    store: Keeping, measures: Measures, since: datetime, until: datetime, told: Told | None = None
) -> list[CaseFacts]:
    """The facts of all cases that a figure of this time may count, each up to date.

    That is every case that was opened before `until` and in which anything happened since, or in the 90 days
    before: some complainants come again.

    Raises:
        StoreUnusable: the database cannot be reached.
    """
    await bring_up_to_date(store, measures, told)
    found: list[CaseFacts] = []
    async for bodies in store.booked(since - REPEAT_DAYS, until):
        found += await asyncio.to_thread(_read, bodies)
    return found


async def bring_up_to_date(store: Keeping, measures: Measures, told: Told | None = None) -> int:
    """Make every row that is missing or out of date; how many were made."""
    await store.unbook_others(measures.form)
    total = await store.unbooked_count(measures.now) if told else 0
    made = 0
    while bite := await _bite(store, measures, measures.now, PAGE):
        made += bite
        if told:
            told(made, max(made, total))
    return made


async def _bite(store: Keeping, measures: Measures, before: datetime, limit: int) -> int:
    """Renew some of the rows that have been out of date since then; how many."""
    page = await store.unbooked(before, limit)
    if page:
        await store.book(await asyncio.to_thread(_rows, page, measures))
    return len(page)


def _rows(page: Sequence[Unbooked], measures: Measures) -> list[FactsRow]:
    return [row_of(one, measures) for one in page]


def row_of(one: Unbooked, measures: Measures) -> FactsRow:
    """The row of this case; without a body if it cannot be read, or was merged into another."""
    made = FactsRow(no=one.no, mark=one.mark, opened_at=NEVER, last_at=NEVER, form=measures.form, body=None)
    if one.case is None:
        _log.error("facts_unreadable", case=one.no)
        return replace(made, again_at=measures.now + SPOILED)
    facts = facts_of(one.case, [_line(row) for row in one.lines], measures)
    if facts is None:
        return made
    if one.case.retired_at is not None and one.body is not None:
        facts = _as_it_was(facts, one.body)
    return replace(
        made,
        opened_at=facts.opened_at,
        last_at=last_at(facts),
        body=body_of(facts),
        again_at=_again(one.lines, measures.now),
    )


def _as_it_was(facts: CaseFacts, body: str) -> CaseFacts:
    """Keep from the old row what can no longer be derived, since the words were deleted."""
    try:
        old = facts_from(body)
    except WrongRow:
        return facts
    return replace(
        facts,
        transfers=old.transfers,
        questions=old.questions,
        asked_again=old.asked_again,
        lint_hits=old.lint_hits,
        duties=old.duties,
        judged=old.judged,
    )


def _line(row: TimelineRow) -> ArrivedEntry:
    """A line, and when it arrived."""
    if row.delivery is None:
        return ArrivedEntry(row.entry, row.entry.at)
    return ArrivedEntry(row.entry, row.delivery.sent_at if row.delivery.outcome in ARRIVED else None)


def _again(lines: Sequence[TimelineRow], now: datetime) -> datetime | None:
    """When the row must be renewed although nothing is written: replies arrive, waits run out."""
    if any(row.delivery is not None and row.delivery.outcome is Outcome.WAITING for row in lines):
        return now + DELIVERY
    said = [row.entry for row in lines if row.entry.who in (CUSTOMER, *OURS) and not row.entry.note]
    if said and said[-1].who == CUSTOMER and now - said[-1].at < SILENCE:
        return said[-1].at + SILENCE
    return None


def _read(bodies: Sequence[str]) -> list[CaseFacts]:
    try:
        return all_facts(bodies)
    except WrongRow:
        return [facts for body in bodies for facts in _readable(body)]


def _readable(body: str) -> list[CaseFacts]:
    """The facts of a row, unless it is damaged: it is told, and the others count."""
    try:
        return [facts_from(body)]
    except WrongRow as error:
        _log.error("facts_damaged", reason=str(error))
        return []


class Bookkeeper:
    """Renews rows while the bot runs, a few at a time.

    Args:
        store: where the rows are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._form = ""

    async def go_on(self, rules: Rules, now: datetime) -> int:
        """A few bites of what has rested; how many rows were made."""
        measures = await measures_of(self._store, rules, now)
        if measures.form != self._form:
            await self._store.unbook_others(measures.form)
            self._form = measures.form
        made = 0
        for _ in range(BITES):
            bite = await _bite(self._store, measures, now - REST, BITE)
            made += bite
            if bite < BITE:
                break
        return made
