"""Severity and queue of a case: the trade's severity table as rows, worst first.

Every row that applies counts: the worst severity wins, the highest queue takes the case and the other queues
watch. Severity only rises here; it falls by a named person's decision alone (S54). Lawful steps (12315, a
court, an honest review) are rights and never extortion (R45); abuse neither raises nor lowers anything.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from bot.complaint.case import Case, Queue, Severity
from bot.complaint.reading import Category, Emotion, Family, Intent, Reading, RemedyKind

PRECEDENCE = tuple(Queue)


class Circumstances(Struct, frozen=True, kw_only=True):
    """What is known beside the message and the case."""

    same_batch: int = 0
    """Cases of the same product, batch and issue within a day, this one included."""
    promise_missed: bool = False
    misses: int = 0
    """Messages in a row that were not understood."""
    returns_today: int = 0
    """How often they came back within 24 hours."""
    identity_data: bool = False
    """The text held an identity card, a bank card or a password."""


NOTHING_ELSE: Final = Circumstances()


class Triage(Struct, frozen=True, kw_only=True):
    """The result: severity, queues, and whether people are called.

    `why` is the cue in the customer's own words, for the card. `reason` is the leading row's name, empty when
    nothing calls for a person; `people_now` means that a hand-over with its promise belongs into this very
    turn. Whether the bot goes on collecting meanwhile is the dialogue's choice.
    """

    severity: Severity
    why: str
    queue: Queue
    watchers: tuple[Queue, ...] = ()
    hold_evidence: bool = False
    people_now: bool = False
    reason: str = ""
    reasons: tuple[str, ...] = ()


class Signs(Struct, frozen=True):
    """The inputs of a row."""

    reading: Reading
    case: Case
    circumstances: Circumstances

    @property
    def category(self) -> Category:
        """The grievance of this message; the case's when the message names none."""
        return self.case.category if self.reading.category is Category.NONE else self.reading.category


class Row(Struct, frozen=True):
    """One row of the table: if `applies`, the case is at least this severe and belongs to `queue`."""

    reason: str
    applies: Callable[[Signs], bool]
    severity: Severity | None
    queue: Queue | None
    families: tuple[Family, ...] = ()
    """Where the cue is found."""
    watchers: tuple[Queue, ...] = ()
    hold: bool = False
    people: bool = True


class _Shows:
    """Applies if a danger sign is present; the row is skipped cheaply for the many messages without one."""

    def __init__(self, *families: Family) -> None:
        self._families = families

    def __call__(self, signs: Signs) -> bool:
        return signs.reading.shows(*self._families)


def _hurt(signs: Signs) -> bool:
    asks = signs.reading.remedy.kinds if signs.reading.remedy else ()
    shown = signs.reading.shows(Family.INJURY) and not signs.reading.animal
    return shown or bool(signs.case.facts.harmed) or (RemedyKind.MEDICAL in asks and not _of_animal(signs))


def _of_animal(signs: Signs) -> bool:
    called = (one.reason.split(" ")[0] for one in signs.case.escalations)
    return signs.reading.animal or "animal" in called


def _animal_ill(signs: Signs) -> bool:
    """An animal needs a vet at once, and its food is looked into; the line for people stays free for people."""
    return signs.reading.animal and signs.reading.shows(Family.INJURY)


def _swallowed(signs: Signs) -> bool:
    found = signs.reading.foreign_object or bool(signs.case.facts.foreign_object)
    eaten = (bool(signs.case.facts.eaten) or signs.reading.says_eaten) and not signs.reading.animal
    return eaten and (found or signs.category is Category.FOOD_SAFETY)


def _many_ill(signs: Signs) -> bool:
    told = signs.reading.shows(Family.MASS) and signs.category is Category.FOOD_SAFETY
    return told or signs.circumstances.same_batch >= _INCIDENT


def _frail(signs: Signs) -> bool:
    risky = signs.reading.hazard or signs.reading.foreign_object or signs.category is Category.FOOD_SAFETY
    shown = signs.reading.shows(Family.VULNERABLE) or Family.VULNERABLE in signs.case.families()
    return shown and risky


def _spoiled(signs: Signs) -> bool:
    return signs.reading.category is Category.FOOD_SAFETY


def _fake(signs: Signs) -> bool:
    return signs.reading.shows(Family.COUNTERFEIT) or signs.reading.category is Category.COUNTERFEIT


def _press(signs: Signs) -> bool:
    return Intent.IS_PRESS in signs.reading.intents


def _promise_broken(signs: Signs) -> bool:
    return signs.reading.shows(Family.BROKEN_PROMISE) or signs.circumstances.promise_missed


def _statutory(signs: Signs) -> bool:
    asks = signs.reading.remedy.kinds if signs.reading.remedy else ()
    return RemedyKind.MULTIPLE in asks or RemedyKind.MENTAL in asks


def _wants_person(signs: Signs) -> bool:
    return signs.reading.shows(Family.HUMAN) or Intent.WANTS_PERSON in signs.reading.intents


def _keeps_coming(signs: Signs) -> bool:
    return signs.circumstances.returns_today >= _OFTEN and signs.reading.emotion >= Emotion.DISAPPOINTED


_INCIDENT = 3
"""So many cases of one batch in a day are an incident."""
_OFTEN = 3
"""So many visits in a day with displeasure go to a person first (R32)."""

S1, S2, S3 = Severity.SEV1, Severity.SEV2, Severity.SEV3

TABLE: tuple[Row, ...] = (
    Row("self_harm", _Shows(Family.SELF_HARM), S1, Queue.SAFETY, (Family.SELF_HARM,)),
    Row("injury", _hurt, S1, Queue.SAFETY, (Family.INJURY,)),
    Row("swallowed", _swallowed, S1, Queue.SAFETY, (Family.INJURY,), watchers=(Queue.QUALITY,)),
    Row("hazard", lambda signs: signs.reading.hazard, S1, Queue.SAFETY, (Family.INJURY,)),
    Row("vulnerable", _frail, S1, Queue.SAFETY, (Family.VULNERABLE,), watchers=(Queue.QUALITY,)),
    Row("mass", _many_ill, S1, Queue.SAFETY, (Family.MASS,), watchers=(Queue.QUALITY, Queue.MEDIA_PR)),
    Row("animal", _animal_ill, S2, Queue.QUALITY, (Family.INJURY,)),
    Row("extortion", _Shows(Family.EXTORTION), S2, Queue.LEGAL, (Family.EXTORTION,), hold=True),
    Row("legal", _Shows(Family.LEGAL), S2, Queue.LEGAL, (Family.LEGAL,)),
    Row("regulator", _Shows(Family.REGULATOR), S2, Queue.LEGAL, (Family.REGULATOR,)),
    Row("privacy", _Shows(Family.PRIVACY), S2, Queue.LEGAL, (Family.PRIVACY,)),
    Row("press", _press, S2, Queue.MEDIA_PR, (Family.MEDIA,)),
    Row(
        "media",
        _Shows(Family.MEDIA, Family.INFLUENCER),
        S2,
        Queue.MEDIA_PR,
        (Family.MEDIA, Family.INFLUENCER),
    ),
    Row("counterfeit", _fake, S2, Queue.LEGAL, (Family.COUNTERFEIT,), watchers=(Queue.QUALITY,)),
    Row("mass", _Shows(Family.MASS), S2, Queue.QUALITY, (Family.MASS,), watchers=(Queue.MEDIA_PR,)),
    Row("foreign_object", lambda signs: signs.reading.foreign_object, S2, Queue.QUALITY),
    Row("spoiled", _spoiled, S2, Queue.QUALITY),
    Row("broken_promise", _promise_broken, S2, Queue.GENERAL, (Family.BROKEN_PROMISE,)),
    Row("reopened", lambda signs: signs.case.reopened > 1, S2, Queue.GENERAL),
    Row(
        "extreme_anger",
        lambda signs: signs.reading.emotion is Emotion.EXTREME,
        S2,
        Queue.GENERAL,
        (Family.ABUSE,),
    ),
    Row("statutory", _statutory, S3, Queue.LEGAL, (Family.LEGAL,)),
    Row("identity_data", lambda signs: signs.circumstances.identity_data, S3, None),
    Row("wants_person", _wants_person, None, None, (Family.HUMAN,)),
    Row("returns_often", _keeps_coming, None, None),
    Row("vulnerable", _Shows(Family.VULNERABLE), None, None, (Family.VULNERABLE,)),
    # social exposure is a right and an honest word: the press desk may watch, nothing else changes
    Row(
        "social",
        _Shows(Family.SOCIAL),
        None,
        None,
        (Family.SOCIAL,),
        watchers=(Queue.MEDIA_PR,),
        people=False,
    ),
)
"""Worst first, so that the first row that applies is the reason that is told."""
_WITHOUT_SIGNS = tuple(row for row in TABLE if not isinstance(row.applies, _Shows))

UP_A_STEP = (Family.URGENCY, Family.VULNERABLE, Family.BROKEN_PROMISE)
"""E8, E12 and E17 raise what the matter itself weighs by one step, together at most one."""


def triage(
    reading: Reading, case: Case, circumstances: Circumstances = NOTHING_ELSE, *, max_misses: int = 2
) -> Triage:
    """Weigh one message (or burst) of a case; `case` already holds the facts it named."""
    signs = Signs(reading, case, circumstances)
    rows = tuple([row for row in (TABLE if reading.risks else _WITHOUT_SIGNS) if row.applies(signs)])
    severity = min(case.severity, _weight(signs, rows))
    queue = _primary(signs, rows)
    reasons = tuple(dict.fromkeys(row.reason for row in rows if row.people))
    if circumstances.misses >= max_misses:
        reasons += ("not_understood",)
    return Triage(
        severity=severity,
        why=_why(signs, rows) if severity < case.severity or not case.severity_why else case.severity_why,
        queue=queue,
        watchers=_watching(case, rows, queue),
        hold_evidence=case.evidence_hold or any(row.hold for row in rows),
        people_now=bool(reasons),
        reason=reasons[0] if reasons else "",
        reasons=reasons,
    )


def _weight(signs: Signs, rows: tuple[Row, ...]) -> Severity:
    base = Severity.SEV4 if _light(signs) else Severity.SEV3
    worst = min((row.severity for row in rows if row.severity), default=base)
    if worst > Severity.SEV2 and signs.reading.shows(*UP_A_STEP):
        # a step up stops at SEV2: SEV1 calls somebody out of bed, and that is for danger alone
        return Severity(max(min(worst, base) - 1, Severity.SEV2))
    return min(worst, base)


def _light(signs: Signs) -> bool:
    if signs.category in (Category.SUGGESTION, Category.NONE):
        return not (signs.reading.is_complaint and signs.category is Category.NONE)
    return False


def _primary(signs: Signs, rows: tuple[Row, ...]) -> Queue:
    called = {row.queue for row in rows if row.queue}
    if PRECEDENCE.index(signs.case.queue) < PRECEDENCE.index(Queue.GENERAL):
        called.add(signs.case.queue)
    if called:
        return min(called, key=PRECEDENCE.index)
    return Queue.SUGGESTION if signs.category is Category.SUGGESTION else Queue.GENERAL


def _watching(case: Case, rows: tuple[Row, ...], primary: Queue) -> tuple[Queue, ...]:
    if not rows and case.queue in (primary, Queue.GENERAL, Queue.SUGGESTION):
        return ()
    seen = {
        case.queue,
        *(row.queue for row in rows if row.queue),
        *(one for row in rows for one in row.watchers),
    }
    plain = {primary, Queue.GENERAL, Queue.SUGGESTION}
    return tuple(queue for queue in PRECEDENCE if queue in seen - plain)


def _why(signs: Signs, rows: tuple[Row, ...]) -> str:
    cues = (signs.reading.cue(*row.families) for row in rows if row.families)
    return next((cue for cue in cues if cue), signs.reading.issue[0] if signs.reading.issue else "")
