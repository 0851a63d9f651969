"""Makes the facts of a case from the case and its timeline."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from bot.complaint.axes import Level, Status, Verdict
from bot.complaint.case import Case
from bot.complaint.corrections import ReadField
from bot.complaint.dealings import Fulfilment, Offer
from bot.complaint.duties import CAUSES_FOR
from bot.complaint.ids import UserId
from bot.complaint.reading import Category, Family
from bot.insight.facts import CaseFacts, Duty, Given, Opinion, Pledge, Transfer
from bot.insight.lines import ArrivedEntry, Talk
from bot.insight.measures import Measures
from bot.insight.owed import awaited, milestones

THREATS: Final = frozenset(
    {Family.MEDIA, Family.EXTORTION, Family.LEGAL, Family.REGULATOR, Family.SOCIAL, Family.INFLUENCER}
)
"""Signs that may change speed and queue, and never what is given (S9)."""
SETTLED: Final = (Status.CLOSED, Status.FULFILLED, Status.FOLLOW_UP, Status.SUGGESTION_LOGGED)
"""Nothing is left that the complainant did not accept."""
AGREED: Final = (Status.AGREED, Status.FULFILLING, Status.CLOSED_NO_RESPONSE)
"""Here the complainant's yes to the card says so, if there is one."""
OURS_BY_VERDICT: Final = (Verdict.UPHELD, Verdict.PARTLY)
LEVEL_BEFORE, LEVEL_OF_FAULT = 2, 3
"""Sorrow for what we did badly; and owning the fault, once it was found that it was ours (R56)."""
TAKEN_UP: Final = "reopen_answer"
"""The promise that a case is given when it is opened again."""


def facts_of(case: Case, lines: Iterable[ArrivedEntry], measures: Measures) -> CaseFacts | None:
    """The row of a case; None for one that became part of another, which tells its history."""
    if case.status is Status.MERGED:
        return None
    talk, measures = Talk.of(lines, measures.now), measures.at(case.door)
    return CaseFacts(**_matter(case, measures), **_talked(case, talk, measures), **_ended(case, measures.now))


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
    """The fields that come from the timeline."""
    done, judged = _duties(case, talk, measures)
    return {
        "bot_reply": talk.reply("bot"),
        "human_reply": _human_reply(case, talk, measures),
        "transfers": tuple(_transfers(case, talk, measures)),
        "sessions": talk.sessions(_accepted_at(case) or _told_at(case) or case.closed_at),
        "milestones": tuple(milestones(case, talk, measures, _told_at(case))),
        "lint_hits": _linted(case, talk, measures),
        "turns": talk.turns,
        "unanswered": talk.unanswered,
        "questions": talk.questions,
        "asked_again": talk.asked_again,
        "duties": done,
        "judged": judged,
    }


def _ended(case: Case, now: datetime) -> dict[str, Any]:
    """What was found, given and thought of it."""
    closed_first, reopened_at = _closings(case)
    told, done = _told_at(case), _fulfilled_at(case)
    return {
        "told_at": told,
        "fulfilled_at": done,
        "awaited": awaited(case, done or case.closed_at or now),
        "awaited_told": awaited(case, told) if told is not None else None,
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
            recommend=one.recommend,
            ease=one.ease,
        )


def token(customer: UserId, key: bytes) -> str:
    """A pseudonym, the same for all cases of one complainant; empty if nobody is known."""
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


def _human_reply(case: Case, talk: Talk, measures: Measures) -> timedelta | None:
    first, answer = talk.first_word, talk.after("agent", talk.first_word)
    return measures.working(first, answer, case.queue) if first and answer else None


def _transfers(case: Case, talk: Talk, measures: Measures) -> Iterator[Transfer]:
    for one in case.escalations:
        asked = _utc(one.at)
        answer = talk.after("agent", asked)
        worked = measures.working(asked, answer, one.queue) if answer else None
        yield Transfer(at=asked, answered_at=answer, worked=worked, repeated=talk.said_again(asked))


def _linted(case: Case, talk: Talk, measures: Measures) -> int | None:
    """What the tone check finds in the words that colleagues sent; fault may be owned once it was found ours."""
    said = [one for one in talk.said if one.who == "agent" and one.text]
    if measures.lint is None or not said:
        return None
    ours = case.decided_at if case.verdict in OURS_BY_VERDICT else None
    levels = (LEVEL_OF_FAULT if ours is not None and one.at >= ours else LEVEL_BEFORE for one in said)
    return sum(measures.lint(one.text, case.language, level) for one, level in zip(said, levels, strict=True))


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
