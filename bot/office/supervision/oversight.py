"""The data of the supervisor's page: the board, one case, the calendar of promises. Read-only."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from bot.complaint.boards import Hit, Hits, Outlook, Show
from bot.complaint.case import Case, Queue
from bot.complaint.colleagues import Colleague
from bot.complaint.errors import ComplaintError
from bot.complaint.ids import CaseNo
from bot.complaint.letters import Outcome
from bot.complaint.reading import Language
from bot.complaint.records import Round
from bot.desk.overview.chronicle import TOLD, chronicle, heading
from bot.desk.overview.enquiries import number_in
from bot.desk.overview.overseeing import (
    Places,
    case_row,
    columns_of,
    kept_out,
    looked_at,
    promise_rows,
    refusal,
    totals_of,
)
from bot.front.miniapp import Turned
from bot.office.clock import Clock
from bot.office.lookup.boards import places_of
from bot.office.supervision.glancing import SPANS, Glances
from bot.office.supervision.page_access import PageAccess
from bot.policy.rules import Rules
from bot.store.answers import TimelineRow
from bot.store.port import Store

COLUMN: Final = 12
"""Cases of each queue on the first look."""
MORE: Final = 40
"""Cases, promises or events on each further page."""
FARTHEST: Final = 100_000
DAYS: Final = 7
LATE: Final = "late"
LOST: Final = frozenset({Outcome.BLOCKED, Outcome.REFUSED, Outcome.GONE})
WORDS: Final = (
    *("miniapp", "status", "control", "queue", "severity", "promise", "remedy", "task_kind", "verdict"),
    *("level", "promise_status", "offer_state", "act", "emotion", "category", "channel", "cause", "role"),
    *("language", "who"),
)
"""Groups of terms that the page speaks with."""
SPOKEN: Final = {"zh": Language.ZH, "en": Language.EN}
Asked = Mapping[str, str]
View = Callable[[Colleague, Asked], Coroutine[Any, Any, dict[str, Any]]]


@dataclass(slots=True)
class Oversight:
    """Answers the page's requests."""

    store: Store
    access: PageAccess
    glances: Glances
    clock: Clock

    @property
    def rules(self) -> Rules:
        """The brand's rules as they are now."""
        return self.access.in_force.rules

    async def admit(self, signed: str) -> Colleague:
        """See `Keeper.admit`."""
        return await self.access.admit(signed)

    def words(self, language: str) -> Mapping[str, Any]:
        """See `Keeper.words`."""
        spoken = SPOKEN.get(language, self._desk_language())
        catalogue = self.access.in_force.catalogue
        terms = catalogue.shelf(spoken, desk=True).lexicon.terms if catalogue is not None else {}
        return {"lang": spoken.value, **{group: terms[group] for group in WORDS if group in terms}}

    async def show(self, view: str, guest: Colleague, asked: Asked) -> Mapping[str, Any]:
        """See `Keeper.show`."""
        views: Mapping[str, View] = {
            "me": self._me,
            "board": self._board,
            "case": self._case,
            "promises": self._promises,
            "figures": self._figures,
        }
        try:
            return await views[view](guest, asked)
        except ComplaintError:
            raise Turned(503, "unwell", retry_after=5) from None

    async def _me(self, guest: Colleague, _asked: Asked) -> dict[str, Any]:
        """Who looks, and how the brand writes."""
        language = guest.language or self._desk_language()
        spoken = "en" if language is Language.EN else "zh"
        return {
            "name": guest.name,
            "role": guest.role.value,
            "lang": spoken,
            "zone": self.rules.zone,
            "currency": self.rules.currency,
            "brand": self.rules.brand(SPOKEN[spoken]),
            "now": self.clock.now(),
        }

    async def _board(self, guest: Colleague, asked: Asked) -> dict[str, Any]:
        """Open cases by queue; with a queue named, a further page of it."""
        now = self.clock.now()
        show = _one_of(Show, asked.get("show") or Show.ALL)
        own = await self.store.about(guest.id)
        looking = Outlook(now=now, person=guest.id, show=show, besides=own)
        tally = await self.store.tally(looking)
        only = _one_of(Queue, asked["queue"]) if asked.get("queue") else None
        queues = [only] if only is not None else [one for one in Queue if tally.get(one, {}).get(show)]
        offset, limit = (_offset(asked), MORE) if only is not None else (0, COLUMN)
        found: dict[Queue, Hits] = {}
        for one in queues:
            wanted = Outlook(now=now, person=guest.id, show=show, queue=one, besides=own)
            found[one] = await self.store.open_cases(wanted, offset=offset, limit=limit)
        cases, places = await self._looked_up([hit for hits in found.values() for hit in hits.rows])
        columns = columns_of(tally, found)
        for column in columns:
            hits = found[Queue(column["queue"])].rows
            known = [cases[hit.case_no] for hit in hits if hit.case_no in cases]
            column["rows"] = [case_row(case, places, now) for case in known]
            column["next"] = offset + len(hits)
        return {"now": now, "show": show.value, "totals": totals_of(tally), "columns": columns}

    async def _promises(self, guest: Colleague, asked: Asked) -> dict[str, Any]:
        """What is owed: late, today, and on each of the next days."""
        now = self.clock.now()
        marks = self._midnights(now)
        own = await self.store.about(guest.id)
        counts = await self.store.owed_between([now, *marks], own)
        days = [now.astimezone(self.rules.clock).date() + timedelta(days=number) for number in range(DAYS)]
        shown = [LATE, *(day.isoformat() for day in days)]
        which = asked.get("day") or ""
        since, until = self._span(which, shown, [now, *marks])
        offset = _offset(asked)
        hits = await self.store.owed(since, until, offset=offset, limit=MORE, but=own)
        cases, places = await self._looked_up(hits.rows)
        return {
            "now": now,
            "day": which,
            "days": [{"day": day, "count": number} for day, number in zip(shown, counts, strict=True)],
            "total": hits.total,
            "rows": promise_rows(hits.rows, cases, places, now),
            "next": offset + len(hits.rows),
        }

    def _midnights(self, now: datetime) -> list[datetime]:
        """The end of today and of each day after it, in the brand's zone."""
        zone = self.rules.clock
        today = now.astimezone(zone).date()
        return [datetime.combine(today + timedelta(days=one), time(), zone) for one in range(1, DAYS + 1)]

    @staticmethod
    def _span(
        which: str, shown: Sequence[str], marks: Sequence[datetime]
    ) -> tuple[datetime | None, datetime]:
        """From when until when a day of the calendar reaches; without a day, all of them."""
        if not which:
            return None, marks[-1]
        if which not in shown:
            raise Turned(400, "wrong")
        place = shown.index(which)
        return (marks[place - 1] if place else None), marks[place]

    async def _case(self, guest: Colleague, asked: Asked) -> dict[str, Any]:
        """One case in the order of time, the newest page unless an earlier one is asked for."""
        number = number_in(asked.get("no", ""))
        found = [one async for one in self.store.cases(case_no=number)] if number is not None else []
        if not found:
            raise Turned(404, "nothing")
        (case, rows), now = found[0], self.clock.now()
        await self._write_down(case, guest, now)
        deeds = await self.store.last_deeds(case_no=case.no, acts=TOLD, limit=MORE)
        told = chronicle(case, map(_line, rows), [one.deed for one in deeds], now)
        _, places = await self._looked_up([Hit(case_no=case.no)])
        end = min(_offset(asked, "before") or len(told), len(told))
        first = max(0, end - MORE)
        return {"now": now, "case": heading(case, places, now), "events": told[first:end], "before": first}

    async def _write_down(self, case: Case, guest: Colleague, now: datetime) -> None:
        """The look stands in the audit before anything is shown; so does one that was refused."""
        why, where = refusal(guest, case), self.access.groups.common
        deed = kept_out(guest, why, where, now, case.no) if why else looked_at(case, guest, where, now)
        await self.store.write(Round(at=now, deeds=[deed]))
        if why:
            raise Turned(403, why)

    async def _figures(self, _guest: Colleague, asked: Asked) -> dict[str, Any]:
        """The last days in a few figures."""
        days = _offset(asked, "days") or SPANS[0]
        if days not in SPANS:
            raise Turned(400, "wrong")
        return dict(await self.glances.of(days, self.rules))

    async def _looked_up(self, hits: Collection[Hit]) -> tuple[Mapping[CaseNo, Case], Places]:
        """The cases of these lines, and where their topics are."""
        numbers = {one.case_no for one in hits}
        if not numbers:
            return {}, {}
        state, topics = await asyncio.gather(
            self.store.state(chats=[], cases=numbers, threads=[]), self.store.topics(numbers)
        )
        return state.cases, places_of(state.cases, topics, self.access.groups)

    def _desk_language(self) -> Language:
        return self.rules.languages[0]


def _line(row: TimelineRow) -> tuple[Any, bool]:
    return row.entry, row.delivery is not None and row.delivery.outcome in LOST


def _one_of(kind: Any, word: str) -> Any:  # noqa: ANN401 - one of the values of any enumeration
    try:
        return kind(word)
    except ValueError:
        raise Turned(400, "wrong") from None


def _offset(asked: Asked, name: str = "offset") -> int:
    """A number of the question; 0 where it has none."""
    word = asked.get(name, "0")
    if not (word.isascii() and word.isdecimal() and len(word) <= len(str(FARTHEST))):
        raise Turned(400, "wrong")
    return min(int(word), FARTHEST)
