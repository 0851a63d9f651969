"""Medical and bank data (R52): what is hidden from the desk, and which files are deleted with a consent.

The law (PIPL 28-31) asks for a consent of its own and a strict protection. So a restricted message is hidden from
the desk as a whole: its words, its files, its transcript, and whatever the case quotes of it. The kind of danger
stays visible without the words: whoever helps must know that somebody is hurt.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.complaint.actions import Button, Recall, Tell
from bot.complaint.case import Case
from bot.complaint.evolving import replace
from bot.complaint.seen import HIDDEN, Evidence, Restricted, leave_of, mark_on

BY_CONSENT: Final = frozenset({"asked", "words"})
"""Ways by which data is known to need its owner's consent; in an emergency it is kept for their safety."""


# -- words


def noted(case: Case, chat: int, message: int | None, text: str) -> Case:
    """The case, with its quotations out of a restricted message put down on the mark."""
    mark = mark_on(case.restricted, chat, message)
    if mark is None or not text:
        return case
    found = tuple(dict.fromkeys((*mark.quoted, *(one for one in _quotations(case) if one in text))))
    if found == mark.quoted:
        return case
    after = replace(mark, quoted=found)
    return case.evolve(restricted=tuple(after if one is mark else one for one in case.restricted))


def _quotations(case: Case) -> Iterable[str]:
    """Everything that the case says in the complainant's own words."""
    said = (
        *case.facts.issue,
        *case.story,
        *(one.verbatim for one in case.wishes),
        *(one.cue for one in case.flags),
        case.severity_why,
    )
    return (one for one in said if one)


def veiled(case: Case) -> Case:
    """The case without the quotations that only a few may see."""
    hidden = {words for one in case.restricted if not one.shown for words in one.quoted}
    if not hidden:
        return case
    return case.evolve(
        facts=replace(case.facts, issue=tuple(one for one in case.facts.issue if one not in hidden)),
        story=tuple(one for one in case.story if one not in hidden),
        wishes=tuple(replace(one, verbatim=HIDDEN) if one.verbatim in hidden else one for one in case.wishes),
        flags=tuple(replace(one, cue=HIDDEN) if one.cue in hidden else one for one in case.flags),
        severity_why=HIDDEN if case.severity_why in hidden else case.severity_why,
    )


ALOUD: Final = frozenset({"voice", "video_note", "audio"})
"""Kinds of messages that a machine may have written down."""
OPEN, SHOW = "sens_open", "sens_show"
"""Acts under the line that stands for a restricted message: open it, or show it to all."""


def closed_line(case: Case, mark: Restricted, kind: str, *, edited: bool = False) -> Tell:
    """The line that stands in the topic for a restricted message; `kind` is that of its file, if it has one."""
    number = str(case.restricted.index(mark))
    written = transcript_place(case, mark.chat, mark.message) if kind in ALOUD else None
    return Tell(
        name="restricted",
        fields={"what": mark.what, "why": mark.why, "kind": kind, "edited": edited},
        buttons=((Button(OPEN, OPEN, number), Button(SHOW, SHOW, number)),),
        place=written,
        key=written,
    )


def transcript_place(case: Case, chat: int, message: int) -> str:
    """Where the written words of a recording stand in the topic; the line that closes it takes their place."""
    return f"heard:{case.no}:{chat}:{message}"


# -- files


def files_under(case: Case, what: str) -> tuple[Evidence, ...]:
    """The files that are kept by their owner's consent to this kind of data."""
    marks = {one.message: one for one in case.restricted if one.chat == case.chat}
    return tuple(
        one
        for one in case.evidence
        if one.file_id
        and (mark := marks.get(one.message)) is not None
        and mark.what == what
        and mark.why in BY_CONSENT
        and mark.gone is None
    )


def taken_back(case: Case, what: str, at: datetime, words: str) -> Case:
    """The case after its owner took the whole consent back."""
    leave = leave_of(case.leaves, what)
    refused = [replace(one, given=False, at=at, words=words) if one is leave else one for one in case.leaves]
    marks = [_gone(one, at) if one.what == what and one.why in BY_CONSENT else one for one in case.restricted]
    return without_refused(case.evolve(leaves=tuple(refused), restricted=tuple(marks)))


def one_taken_back(case: Case, message: int, at: datetime) -> Case:
    """The case after its owner took back the consent to one file."""
    marks = [
        _gone(one, at) if (one.chat, one.message) == (case.chat, message) else one for one in case.restricted
    ]
    return without_refused(case.evolve(restricted=tuple(marks)))


def recalled(before: Case, case: Case) -> tuple[Recall, ...]:
    """What leaves the chats of colleagues who opened it, since its owner now takes the consent back."""
    stood = {(one.chat, one.message) for one in before.restricted if one.gone is None}
    gone = (one for one in case.restricted if one.gone is not None and (one.chat, one.message) in stood)
    return tuple(Recall(to=shown.by, place=shown.place) for one in gone for shown in one.opened)


def _gone(mark: Restricted, at: datetime) -> Restricted:
    return mark if mark.gone is not None else replace(mark, gone=at)


def is_kept_for_law(case: Case) -> bool:
    """Whether nothing may be deleted now, whoever asks (R16)."""
    return case.legal_hold or case.evidence_hold


def without_refused(case: Case) -> Case:
    """The case without the way to files whose owner does not agree any more; a hold comes first."""
    if is_kept_for_law(case):
        return case
    gone = {one.message for one in case.restricted if one.gone is not None and one.chat == case.chat}
    if not any(one.file_id and one.message in gone for one in case.evidence):
        return case
    kept = (replace(one, file_id="") if one.message in gone else one for one in case.evidence)
    return case.evolve(evidence=tuple(kept))


def let_go(before: Case | None, case: Case) -> tuple[str, ...]:
    """The `unique_id` of every file to which the case has no way any more."""
    if before is None or before.evidence is case.evidence or case.retired_at is not None:
        return ()
    kept = {one.unique_id for one in case.evidence if one.file_id}
    had = (one.unique_id for one in before.evidence if one.file_id and one.unique_id)
    return tuple(dict.fromkeys(one for one in had if one not in kept))
