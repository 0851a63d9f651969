"""From a case and its timeline to its row of facts: what is there is taken, what is not stays unknown."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from bot.complaint.axes import Level, PromiseStatus, Queue, Severity, Status
from bot.complaint.case import Case
from bot.complaint.corrections import ReadField
from bot.complaint.dealings import Fulfilment, Offer
from bot.complaint.deskwork import ClockKind, TaskKind
from bot.complaint.duties import CAUSES_FOR
from bot.complaint.ids import UserId
from bot.complaint.reading import Category, Family
from bot.insight.facts import CaseFacts, Due, Duty, Given, Milestone, Opinion, Pledge, Transfer
from bot.insight.lines import Line, Talk

THREATS: Final = frozenset(
    {Family.MEDIA, Family.EXTORTION, Family.LEGAL, Family.REGULATOR, Family.SOCIAL, Family.INFLUENCER}
)
"""Signs that may change speed and queue, and never what is given (S9)."""
ENDED_WITHOUT: Final = (Status.WITHDRAWN, Status.CLOSED_NO_RESPONSE)
"""Ends after which nothing more is owed."""
SETTLED: Final = (Status.CLOSED, Status.FULFILLED, Status.FOLLOW_UP, Status.SUGGESTION_LOGGED)
"""Nothing is left that the complainant did not accept."""
AGREED: Final = (Status.AGREED, Status.FULFILLING, Status.CLOSED_NO_RESPONSE)
"""Here the complainant's yes to the card says so, if there is one."""
UPDATE: Final = "update"
"""The promise to tell how it stands."""
TAKEN_UP: Final = "reopen_answer"
"""The promise that a case is given when it is opened again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the brand measures by; policy knows it, and this room must not ask policy."""

    working: Callable[[datetime, datetime, Queue], timedelta]
    """Working time between two moments at the desk of a queue."""
    due: Callable[[str, Severity, datetime, Queue], datetime]
    """By when `decision` is due for a case of this severity that came at this moment."""
    now: datetime
    key: bytes
    """Secret of the brand, so that nobody finds a complainant by a token."""
    brand: str = ""
    form: str = ""
    """What rows of facts made by these measures are known by (see `form_of`)."""
    product: Callable[[str], str] = str
    """The brand's own key for a product, whatever it was called."""
    cues: Mapping[Duty, tuple[str, ...]] = field(default_factory=dict)
    """Words of a colleague's that show a step was done. What replies of ours do stands on the case."""


def facts_of(case: Case, lines: Iterable[Line], measures: Measures) -> CaseFacts | None:
    """The row of a case; None for one that became part of another, which tells its history."""
    if case.status is Status.MERGED:
        return None
    talk = Talk.of(lines, measures.now)
    return CaseFacts(**_matter(case, measures), **_talked(case, talk, measures), **_ended(case))


def _matter(case: Case, measures: Measures) -> dict[str, Any]:
    """What it is about, and whose it is."""
    order = case.facts.order
    return {
        "no": case.no,
        "opened_at": _utc(case.opened_at),
        "status": case.status,
        "brand": measures.brand,
        "channel": case.channel,
        "category": case.category,
        "product": measures.product(case.facts.product or (order.product if order else "")),
        "batch": case.facts.batch_no or "",
        "issue": "+".join(sorted(case.facts.issue)),
        "cause": case.cause,
        "severity": case.severity,
        "customer": token(case.customer.id, measures.key),
        "agent": _agent(case),
        "price": order.price if order else None,
        "threatened": not THREATS.isdisjoint(case.families()),
        "danger_missed": any(
            one.field is ReadField.SEVERITY and one.now == "1" != one.read for one in case.corrections
        ),
    }


def _talked(case: Case, talk: Talk, measures: Measures) -> dict[str, Any]:
    """What only the timeline tells, or tells together with the case."""
    done, judged = _duties(case, talk, measures)
    return {
        "bot_reply": talk.reply("bot"),
        "human_reply": _human_reply(case, talk, measures),
        "transfers": tuple(_transfers(case, talk, measures)),
        "sessions": talk.sessions(_accepted_at(case) or _told_at(case) or case.closed_at),
        "milestones": tuple(_milestones(case, talk, measures)),
        "turns": talk.turns,
        "unanswered": talk.unanswered,
        "questions": talk.questions,
        "asked_again": talk.asked_again,
        "duties": done,
        "judged": judged,
    }


def _ended(case: Case) -> dict[str, Any]:
    """What was found, given and thought of it."""
    closed_first, reopened_at = _closings(case)
    return {
        "told_at": _told_at(case),
        "fulfilled_at": _fulfilled_at(case),
        "awaited": _awaited(case),
        "accepted": case.status in SETTLED or (case.agreement is not None and case.status in AGREED),
        "first_closed_at": closed_first,
        "closed_at": _maybe(case.closed_at),
        "reopened_at": reopened_at,
        "reopened": case.reopened,
        "promises": tuple(_pledges(case)),
        "opinions": tuple(_opinions(case)),
        "verdict": case.verdict,
        "decided_at": _maybe(case.decided_at),
        "deadlock": case.status in (Status.DEADLOCK, Status.EXTERNAL, Status.CLOSED_UNACCEPTED),
        "external": case.status is Status.EXTERNAL or bool(case.facts.press),
        "overturned": case.overturned,
        "given": tuple(_given(case)),
    }


def _pledges(case: Case) -> Iterator[Pledge]:
    for one in case.promises:
        yield Pledge(due_at=_utc(one.due_at), status=one.status, settled_at=_maybe(one.settled_at))


def _opinions(case: Case) -> Iterator[Opinion]:
    for one in case.surveys:
        yield Opinion(
            asked_at=_utc(one.asked_at),
            handling=one.handling,
            outcome=one.outcome,
            again=one.would_buy_again,
        )


def token(customer: UserId, key: bytes) -> str:
    """The same for all cases of one complainant, and nothing to find them by; empty where nobody is known."""
    if not customer:
        return ""
    return blake2b(str(customer).encode(), digest_size=8, key=key[:64]).hexdigest()


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _maybe(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)


def _agent(case: Case) -> UserId | None:
    if case.holder is not None:
        return case.holder.id
    return case.held_before or (case.decided_by.id if case.decided_by else None)


def _told_at(case: Case) -> datetime | None:
    told = (
        case.decided_at if case.verdict else None,
        case.agreement.confirmed_at if case.agreement else None,
    )
    return min((_utc(one) for one in told if one is not None), default=None)


def _accepted_at(case: Case) -> datetime | None:
    return _utc(case.agreement.confirmed_at) if case.agreement else None


def _fulfilled_at(case: Case) -> datetime | None:
    """When the last remedy was carried out; words alone are carried out when they are agreed to."""
    done = [one.done_at for one in case.fulfilments]
    if not done:
        return _accepted_at(case) if case.status in SETTLED else None
    finished = [_utc(one) for one in done if one is not None]
    return max(finished) if len(finished) == len(done) else None


def _closings(case: Case) -> tuple[datetime | None, datetime | None]:
    """When it was closed first and opened again.

    A case from before all its closes were kept has only its last. The first is then told by the survey that
    followed it at once, if there was one, and the reopening by the promise made with it.
    """
    if case.endings and len(case.endings) == case.reopened + (case.closed_at is not None):
        return _utc(case.endings[0].at), _maybe(case.endings[0].reopened_at)
    if not case.reopened:
        return _maybe(case.closed_at), None
    asked = min((_utc(one.asked_at) for one in case.surveys), default=None)
    promised = [_utc(one.made_at) for one in case.promises if one.kind == TAKEN_UP]
    again = min((one for one in promised if asked is None or one >= asked), default=None)
    if asked is None or again is None:
        return _maybe(case.closed_at), again
    return asked, again


def _awaited(case: Case) -> timedelta | None:
    """What the decision's clock has lost; it goes with the close, and is not known afterwards."""
    return next((one.lost for one in case.clocks if one.kind is ClockKind.DECISION), None)


def _human_reply(case: Case, talk: Talk, measures: Measures) -> timedelta | None:
    first, answer = talk.first_word, talk.after("agent", talk.first_word)
    return measures.working(first, answer, case.queue) if first and answer else None


def _transfers(case: Case, talk: Talk, measures: Measures) -> Iterator[Transfer]:
    for one in case.escalations:
        asked = _utc(one.at)
        answer = talk.after("agent", asked)
        worked = measures.working(asked, answer, one.queue) if answer else None
        yield Transfer(at=asked, answered_at=answer, worked=worked, repeated=talk.said_again(asked))


def _milestones(case: Case, talk: Talk, measures: Measures) -> Iterator[Due]:
    for one in _owed(case, talk, measures):
        over = case.closed_at is not None and case.closed_at <= one.due_at and one.met_at is None
        if not (over and case.status in ENDED_WITHOUT):
            yield one


def _owed(case: Case, talk: Talk, measures: Measures) -> Iterator[Due]:
    due_at = {one.id: one.due_at for one in case.promises}
    for one in case.escalations[:1]:
        if one.promise_id in due_at:
            answer = talk.after("agent", _utc(one.at))
            yield Due(what=Milestone.FIRST_HUMAN, due_at=_utc(due_at[one.promise_id]), met_at=answer)
    for told in case.promises:
        if told.kind == UPDATE and told.status is not PromiseStatus.WITHDRAWN:
            met = _maybe(told.settled_at) if told.status is PromiseStatus.KEPT else None
            yield Due(what=Milestone.UPDATE, due_at=_utc(told.due_at), met_at=met)
    if case.escalations:
        since = case.escalations[0].at
        decision = measures.due(Milestone.DECISION, case.severity, since, case.queue)
        yield Due(
            what=Milestone.DECISION,
            due_at=_utc(decision) + (_awaited(case) or timedelta()),
            met_at=_told_at(case),
        )
    for remedy in case.fulfilments:
        yield Due(what=Milestone.FULFIL, due_at=_utc(remedy.due_at), met_at=_maybe(remedy.done_at))
    for task in case.tasks:
        if task.kind is TaskKind.CALL_BACK:
            yield Due(what=Milestone.CALL_BACK, due_at=_utc(task.due_at), met_at=_maybe(task.done_at))


def _given(case: Case) -> Iterator[Given]:
    """Remedies that were carried out: at what they cost, or at face value where nobody said."""
    agreed = case.agreement.offer_id if case.agreement else None
    offer = next((one for one in case.offers if one.id == agreed), None)
    for one in case.fulfilments:
        if one.done_at is not None:
            yield Given(kind=one.kind, level=offer.level if offer else Level.BOT, cents=_cents(one, offer))


def _cents(one: Fulfilment, offer: Offer | None) -> int:
    """What it cost in truth; else the money that went back, or what the offer says that this remedy is worth."""
    if one.cost_actual is not None:
        return one.cost_actual
    if one.worth or offer is None:
        return one.worth
    parts = [part.cents for part in offer.parts if part.kind is one.kind]
    return sum(parts) if parts or len(offer.kinds) > 1 else int(offer.worth)


def _duties(case: Case, talk: Talk, measures: Measures) -> tuple[frozenset[Duty], frozenset[Duty]]:
    record = {
        Duty.RECORDED: talk.first_word is not None,
        Duty.WISH: bool(case.wishes),
        Duty.PLAN: bool(case.offers) or case.verdict is not None,
        Duty.PARTED: case.closed_at is not None,
    }
    seen = record | {
        duty: duty in (case.steps or ()) or talk.people_say(measures.cues.get(duty, ()))
        for duty in _owed_words(case)
    }
    return frozenset(duty for duty, done in seen.items() if done), frozenset(seen)


def _owed_words(case: Case) -> Iterator[Duty]:
    """Steps that only words show, as far as they are due: in danger care comes first, an idea needs no sorrow.

    A case from before it was kept what replies did is not judged by them.
    """
    if case.steps is None or case.facts.harmed:
        return
    yield Duty.THANKED
    if case.category is not Category.SUGGESTION:
        yield Duty.SORRY
    if case.category in CAUSES_FOR:
        yield Duty.CAUSES
