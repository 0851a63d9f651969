"""Makes closed cases anonymous when their retention is over, a few at a time (R17).

It may stop at any moment: each case is one transaction, and what is anonymous is not found again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.complaint.actions import DropTopic, Situation, Turn
from bot.complaint.case import Case
from bot.complaint.deskwork import Deed
from bot.complaint.errors import SomeoneWasFirst
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.letters import Letter
from bot.complaint.records import Round
from bot.dialogue.acts.mydata import ERASE, forgotten
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Occasion
from bot.policy.retention import due_for_retiring, retired
from bot.policy.rules import Rules
from bot.store.port import Store

BITE: Final = 50
"""Cases per transaction batch."""
PAGE: Final = 500
"""Cases per query when they are only counted."""
FIRST: Final = timedelta(minutes=10)
"""The delay after the start, when people come first."""
EVERY: Final = timedelta(days=1)
PASSING: Final = timedelta(days=8)
"""How long sent messages without a case are kept, as raw updates are."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Closed cases past their retention: those that go next, and those that something holds."""

    due: int
    held: int


async def overdue(store: Store, rules: Rules, now: datetime) -> Overdue:
    """Count them, with the eyes of the daily round."""
    due = held = 0
    after: tuple[datetime, CaseNo] | None = None
    while page := await store.retirable(_before(rules, now), after=after, limit=PAGE):
        for case in page:
            goes = await _goes(store, case, rules, now)
            due, held = due + goes, held + (not goes)
            if case.closed_at is not None:
                after = (case.closed_at, case.no)
    return Overdue(due=due, held=held)


def _before(rules: Rules, now: datetime) -> datetime:
    return now - timedelta(days=rules.retention_days)


async def _goes(store: Store, case: Case, rules: Rules, now: datetime) -> bool:
    """Whether nothing holds it; what became a part of another case is kept as long as that one."""
    if not due_for_retiring(case, rules, now):
        return False
    if case.merged_into is None:
        return True
    state = await store.state(chats=(), cases=(case.merged_into,), threads=())
    main = state.cases.get(case.merged_into)
    return main is None or main.retired_at is not None or due_for_retiring(main, rules, now)


class Retirer:
    """Goes through closed cases once a day.

    Args:
        store: where they are.
        ledger: knows the brand's rules, and addresses the letters that delete topics.
        now: the moment at which it is made.
    """

    def __init__(self, store: Store, ledger: Ledger, now: datetime) -> None:
        self._store = store
        self.ledger = ledger
        self._next = now + FIRST
        self._after: tuple[datetime, CaseNo] | None = None
        self._count = 0

    async def go_on(self, now: datetime) -> list[Letter]:
        """The next few cases, if it is time; the letters to send."""
        if now < self._next:
            return []
        rules = self.ledger.rules
        page = await self._store.retirable(_before(rules, now), after=self._after, limit=BITE)
        letters: list[Letter] = []
        for case in page:
            if await _goes(self._store, case, rules, now):
                letters += await self._retire(case, now)
        if len(page) == BITE and page[-1].closed_at is not None:
            self._after = (page[-1].closed_at, page[-1].no)
            return letters
        await self._finish(now)
        return letters

    async def _finish(self, now: datetime) -> None:
        """The round of today is over."""
        shredded = await self._store.shred(now - PASSING)
        aside = await self._store.shed_aside(_before(self.ledger.rules, now))
        forgotten_calls = await self._forget_calls(now)
        _log.info(
            "retention_kept", retired=self._count, shredded=shredded, aside=aside, calls=forgotten_calls
        )
        self._after, self._count, self._next = None, 0, now + EVERY

    async def _forget_calls(self, now: datetime) -> int:
        """What was called in groups is kept for its window, whether or not anybody calls there again."""
        gone = 0
        for talk in await self._store.squares():
            if talk.square is None:
                continue
            left = talk.square.since(now - self.ledger.rules.groups.window)
            if left != talk.square:
                try:
                    await self._store.write(Round(at=now, conversations=[talk.evolve(square=left)]))
                except SomeoneWasFirst:
                    continue  # it was called there just now
                gone += len(talk.square.calls) - len(left.calls)
        return gone

    async def _retire(self, case: Case, now: datetime) -> list[Letter]:
        state = await self._store.state(chats=(case.chat,), cases=(), threads=())
        talk = state.conversations.get(case.chat)
        after = forgotten(talk, [case]) if talk is not None else None
        letters = self._letters(case, now) if case.at_desk else []
        round_ = Round(
            at=now,
            cases=[retired(case, self.ledger.rules, now)],
            conversations=[after] if after is not None and after != talk else [],
            letters=letters,
            deeds=[_deed(case, now)],
            retired=[case.no],
        )
        try:
            await self._store.write(round_)
        except SomeoneWasFirst:
            return []  # it is being worked on; tomorrow is soon enough
        self._count += 1
        return letters

    def _letters(self, case: Case, now: datetime) -> list[Letter]:
        """The topic goes too: the words stand there as well."""
        turn = Turn(conversation=None, case=None, actions=(DropTopic(case_no=case.no, desk=case.desk),))
        situation = Situation(now=now, fresh_case_no=CaseNo(""))
        return self.ledger.book(Occasion(turn=turn, before=None, at=now), situation).letters


def _deed(case: Case, now: datetime) -> Deed:
    return Deed(
        at=now, by=UserId(0), name="system", act=ERASE, chat=ChatId(0), case_no=case.no, why="retention"
    )
