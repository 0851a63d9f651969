"""Lookups in the timeline: for agents who take over, and for edited messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.complaint.actions import Turn
from bot.complaint.case import Case, Control
from bot.complaint.channels import is_far
from bot.complaint.deskwork import Theirs
from bot.complaint.doors import AGAIN, OWN_CHAT, door_of
from bot.complaint.events import (
    CAPTION,
    WHOLE,
    AgentEdited,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    Due,
    Event,
    Media,
    TopicChanged,
)
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, MessageRef
from bot.complaint.records import Entry
from bot.complaint.seen import mark_on
from bot.complaint.squares import PUBLIC
from bot.desk import CAME_IN, opening_log
from bot.desk.overview.chronicle import CLOSED
from bot.reading.privacy import masked
from bot.store.port import Store

NO_FILES: Final = ("reaction", "press", PUBLIC, CLOSED)
MOST_FILES: Final = 8
"""Copies that a new topic gets; the log names every file."""
CustomerEvent = CustomerWrote | CustomerEdited | CustomerReacted
TRANSCRIPT: Final = "machine_transcript"
"""The line of history that holds what a machine wrote down of a recording."""
WITH_PEOPLE: Final = (Control.QUEUED, Control.HUMAN)
SEEN: Final = "desk_has_seen"
"""The line of history up to which the topic shows everything that was said."""


class History:
    """Reads a case's timeline; `fresh` are its lines of this round, not yet stored."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def words_before(self, event: CustomerEdited, case: Case, fresh: Sequence[Entry]) -> str:
        """The earlier text of an edited message, since agents see both (S32)."""
        place = (event.chat, event.message)
        said = [
            one.text
            for one in await self.lines(case, fresh)
            if one.who == "customer" and (one.chat, one.message) == place
        ]
        return said[-1] if said else ""

    async def went_out(self, event: AgentEdited, case: Case, fresh: Sequence[Entry]) -> bool:
        """Whether the agent's edited message was ever sent to the complainant."""
        place = (event.chat, event.message)
        return any(
            one.who == "agent" and not one.note and (one.chat, one.message) == place
            for one in await self.lines(case, fresh)
        )

    async def for_newcomers(
        self, turn: Turn, before: Case | None, event: Event, fresh: Sequence[Entry]
    ) -> dict[str, object] | None:
        """The lines that the topic has not shown, when this turn calls people to the case (R31).

        All of it for a new topic, or one opened anew; what the bot heard since, when people take it up again.
        """
        case = turn.case
        if case is None or not case.at_desk:
            return None
        # it is known where it is now: a case that comes to another group is new there
        known = before is not None and before.at_desk and before.desk == case.desk
        if isinstance(event, Due) and event.kind == CAME_IN:
            return await self._what_came(event, case, whole=not known)
        whole = not known or (isinstance(event, TopicChanged) and event.change == "recreated")
        if not whole and not (_is_bots(before) and case.control in WITH_PEOPLE):
            return None
        lines = await self.lines(case, fresh)
        unseen = lines if whole else _since_seen(lines)
        log = opening_log(case, [_shown(one, case) for one in unseen])
        seen_by_all = _open(unseen, case)
        log |= _to_copy(seen_by_all)
        return log if whole or log["lines"] else None

    async def _what_came(self, event: Due, case: Case, *, whole: bool) -> dict[str, object] | None:
        """The transcript of a case that was merged into this one."""
        number = CaseNo(event.key.partition(":")[2])
        async for source, rows in self._store.cases(case_no=number):
            entries = [row.entry for row in rows]
            if whole:
                entries = sorted((*entries, *await self.lines(case, ())), key=lambda one: one.at)
            log = opening_log(source, [_shown(one, case) for one in entries])
            seen_by_all = _open(entries, case)
            return {**log, "of": None if whole else source.no, **_to_copy(seen_by_all)}
        return None

    async def theirs(self, source: MessageRef, case: Case, fresh: Sequence[Entry]) -> Theirs | None:
        """A complainant's message in its newest version; `source` may be the desk's copy."""
        if source.chat < 0:
            found = (await self._store.mirrors([source])).get(source)
            if found is None:
                return None
            source = found
        said = [
            one
            for one in await self.lines(case, fresh)
            if _is_theirs(one) and (one.chat, one.message) == (source.chat, source.message)
        ]
        media = next((one.media for one in reversed(said) if one.media), None)
        words = said[-1].text.removeprefix(f"{TRANSCRIPT}: ") if said else ""
        return Theirs(source=source, at=said[0].at, text=words, media=media) if said else None

    async def lines(self, case: Case, fresh: Sequence[Entry]) -> list[Entry]:
        """The whole timeline of a case, in order."""
        earlier: list[Entry] = []
        if case.version > 0:
            async for _, rows in self._store.cases(case_no=case.no):
                earlier = [row.entry for row in rows]
        return [*earlier, *(one for one in fresh if one.case_no == case.no)]


def _is_theirs(entry: Entry) -> bool:
    """A version of the complainant's message, or what a machine wrote down of it."""
    return entry.who == "customer" or (entry.who == "system" and entry.text.startswith(f"{TRANSCRIPT}: "))


def _to_copy(lines: Sequence[Entry]) -> dict[str, object]:
    """Which files the topic gets; `bare` are those whose words were masked, in any version, and stay in the log."""
    bare = _veiled(lines, CAPTION)
    return {"files": _files(lines), "kept": _kept(lines), "bare": bare}


def _veiled(lines: Sequence[Entry], how: str) -> frozenset[MessageRef]:
    return frozenset(
        MessageRef(one.chat, one.message)
        for one in lines
        if one.message is not None and one.media and one.media.get("veiled") == how
    )


def _files(lines: Sequence[Entry]) -> list[MessageRef]:
    """The complainant's newest files among these lines, without those of which no copy may be shown."""
    whole = _veiled(lines, WHOLE)
    sent = [
        MessageRef(one.chat, one.message)
        for one in lines
        if one.who == "customer" and one.message is not None and one.media and not one.edit
        if one.media.get("kind") not in NO_FILES and not is_far(one.chat)
        if door_of(one.message) == OWN_CHAT or one.media.get("kind") in AGAIN
    ]
    return [one for one in sent if one not in whole][-MOST_FILES:]


def _kept(lines: Sequence[Entry]) -> dict[MessageRef, Media]:
    """Reference to a file's content, for chats from which nothing can be copied."""
    return {
        MessageRef(one.chat, one.message): Media(**one.media)
        for one in lines
        if one.message is not None and one.media
        if one.chat < 0 or door_of(one.message) != OWN_CHAT
        if one.media.get("kind") in AGAIN
    }


def seen_mark(turn: Turn, before: Case | None, *, log_shown: bool) -> bool:
    """Whether the topic now shows the whole talk."""
    leaves = before is not None and before.control in WITH_PEOPLE and before.at_desk
    return log_shown or (leaves and _is_bots(turn.case))


def _is_bots(case: Case | None) -> bool:
    return case is not None and case.control not in WITH_PEOPLE


def _since_seen(lines: Sequence[Entry]) -> list[Entry]:
    marks = [number for number, one in enumerate(lines) if one.who == "system" and one.text == SEEN]
    return list(lines[marks[-1] + 1 :] if marks else lines)


def seen(case: Case, at: datetime) -> Entry:
    """The timeline mark: the topic shows everything up to here."""
    return Entry(case_no=case.no, at=at, who="system", chat=case.chat, text=SEEN, note=True)


def _shown(entry: Entry, case: Case) -> Entry:
    """A line of the timeline as the topic may have it; the words themselves are kept there."""
    if entry.who == "customer" and mark_on(case.restricted, entry.chat, entry.message) is not None:
        return replace(entry, text="", media={"kind": CLOSED})
    return replace(entry, text=masked(entry.text).text)


def _open(lines: Sequence[Entry], case: Case) -> list[Entry]:
    """Lines that all of the desk may see."""
    return [one for one in lines if mark_on(case.restricted, one.chat, one.message) is None]
