"""Keeps files with medical or bank data only once their sender agreed (R52)."""

from collections.abc import Sequence

from bot.complaint.case import Case
from bot.complaint.deskwork import FileWanted
from bot.complaint.events import Event
from bot.complaint.evolving import replace
from bot.complaint.records import Entry
from bot.dialogue.restricted import awaits_leave
from bot.office.evidence.archive import wanted_of


def files_of(
    entries: Sequence[Entry], event: Event, case: Case | None, before: Case | None
) -> list[FileWanted]:
    """The files to fetch: the message's own unless it waits for consent, and those just consented to."""
    waits = case is not None and awaits_leave(case, event.chat, getattr(event, "message", None))
    own = [] if waits else [file for one in entries for file in wanted_of(event, one.case_no)]
    return [*own, *_let_in(case, before)]


def _let_in(case: Case | None, before: Case | None) -> list[FileWanted]:
    """Files that waited for the consent that this turn brought."""
    if case is None or before is None or case.leaves == before.leaves:
        return []
    waited = [one for one in case.evidence if awaits_leave(before, case.chat, one.message)]
    return [
        FileWanted(
            unique_id=one.unique_id, file_id=one.file_id, case_no=case.no, kind=one.kind, name="", at=one.at
        )
        for one in waited
        if one.file_id and one.unique_id and not awaits_leave(case, case.chat, one.message)
    ]


def unnamed(entries: Sequence[Entry], case: Case | None) -> list[Entry]:
    """Timeline lines without references to files that wait for consent."""
    if case is None:
        return list(entries)
    return [
        replace(one, media={"kind": one.media.get("kind", "other")})
        if one.media and awaits_leave(case, one.chat, one.message)
        else one
        for one in entries
    ]
