"""The card: all that the next agent must know, on one screen (R31)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from msgspec.structs import asdict

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Case, Control, Level, Severity
from bot.complaint.ids import CaseNo
from bot.complaint.reading import Family
from bot.complaint.shortening import cut
from bot.complaint.visitors import Following, Inquiry
from bot.desk.cards.advising import legal_hints, next_line, policy_check
from bot.desk.cards.behalf import behalf_of, logged_as
from bot.desk.cards.corrected import corrected_lines
from bot.desk.cards.dealt import dealings
from bot.desk.cards.earlier import earlier_lines
from bot.desk.cards.products import in_desk_words
from bot.desk.cards.workload import workload
from bot.desk.discretion import discreet
from bot.desk.heat import is_hot, is_hot_since_taken
from bot.desk.restricted import closed_off
from bot.policy.clocks import decision_owed
from bot.policy.rules import Rules

_CUES: Final = 4
NO_DANGER: Final = frozenset({Family.ABUSE, Family.CHURN, Family.HUMAN, Family.URGENCY})
"""How somebody speaks, which the mood tells: no warning."""
REFRESH: Final = Button("show_again", "card")
"""Edits the card at once: while somebody has the case, it may be half an hour old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """The fields of the template `desk/card`: facts, quotations and keys, no words of its own."""

    no: CaseNo
    severity: int
    severity_why: str
    cues: list[dict[str, str]]
    """The customer's own words that showed danger, each with its family."""
    emotion: str
    emotion_why: str
    hot: bool
    """The anger is extreme, or rises."""
    happened: list[str]
    wish_said: str
    wish_read: dict[str, object] | None
    evidence: dict[str, int]
    item_kept: bool | None
    harm: dict[str, bool | None]
    promises: list[dict[str, object]]
    offers: list[dict[str, object]]
    fulfilments: list[dict[str, object]]
    tasks: list[dict[str, object]]
    more_tasks: int
    decision_due: datetime | None
    decision_late: bool
    requests: list[dict[str, object]]
    watchers: list[str]
    status: str
    control: str
    holder: str | None
    queue: str
    flags: list[str]
    reopened: int
    policy_check: str
    legal: list[str]
    """Hints on the law's floor, as keys: for agents, never for the customer (S16, S43)."""
    limits: dict[str, int | None]
    """How far this agent may go, in cents; secret outside the desk (S31)."""
    next_line: str
    customer: str
    logged_as: dict[str, str] | None
    """The name that a colleague wrote down, where their own is another."""
    language: str
    channel: str
    inquiry: dict[str, object] | None
    """What a journalist wants, and until when."""
    following: dict[str, str] | None
    """How many follow them, as they told it."""
    contact: str | None
    source_ref: str
    phone: str | None
    best_time: str | None
    phone_own: bool
    """Telegram itself said that the number is theirs."""
    lives_in: str | None
    """Their time zone, if it is not the brand's."""
    behalf: dict[str, object] | None
    """For whom they write, and whether that person agreed."""
    closed_off: dict[str, object] | None
    """The restricted messages, and the state of the consent."""
    order: dict[str, object] | None
    product: str | None
    issue: list[str]
    earlier: list[dict[str, object]]
    """The complainant's cases before this one, a line each."""
    merged: list[str]
    """Cases that have become a part of this one."""
    merged_into: str | None
    incident: int | None
    """The incident that it is a part of."""
    opened_at: datetime
    due: datetime | None
    waiting_ahead: int
    evidence_hold: bool
    legal_hold: bool
    delivery: list[str]
    finding: str
    prevention: str
    cause: str
    corrected: list[dict[str, object]]
    """Corrections of the reader."""

    buttons: Rows
    """The card's buttons."""

    @property
    def fields(self) -> dict[str, Any]:
        """The card as the fields of its template."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "buttons"}


def card(
    case: Case,
    *,
    rules: Rules,
    now: datetime,
    other_cases: Sequence[Case] = (),
    waiting_ahead: int = 0,
    delivery_problems: Sequence[str] = (),
) -> CardView:
    """The card of a case. `delivery_problems` are the outcomes of letters that did not arrive."""
    case = in_desk_words(discreet(case), rules.products, rules.languages[0])
    owed, decision = case.open_promises, decision_owed(rules, case)
    return CardView(
        no=case.no,
        **_standing(case),
        **_matter_of(case),
        **dealings(case, now),
        decision_due=decision.due,
        decision_late=decision.late,
        **workload(case, now),
        policy_check=policy_check(case),
        legal=legal_hints(case, now),
        limits=_limits(rules),
        next_line=next_line(case),
        earlier=earlier_lines(case, other_cases),
        merged=[str(one) for one in case.merged],
        merged_into=case.merged_into,
        incident=case.incident,
        due=owed[0].due_at if owed else None,
        waiting_ahead=waiting_ahead,
        delivery=list(dict.fromkeys(delivery_problems)),
        buttons=_buttons(case),
    )


def _standing(case: Case) -> dict[str, Any]:
    """The case's state: severity, holder, since when, and who the complainant is."""
    return {
        "severity": int(case.severity),
        "severity_why": case.severity_why,
        "status": case.status.value,
        "control": case.control.value,
        "holder": case.holder.name if case.holder else None,
        "queue": case.queue.value,
        "flags": sorted(one.value for one in case.families()),
        "reopened": case.reopened,
        "opened_at": case.opened_at,
        "evidence_hold": case.evidence_hold,
        "legal_hold": case.legal_hold,
        "customer": case.customer.name,
        "logged_as": logged_as(case),
        "language": case.language.value,
        "channel": case.channel,
        "inquiry": _told(case.facts.inquiry),
        "following": _told(case.facts.following),
        "contact": case.facts.contact,
        "source_ref": case.source_ref,
        "phone": case.facts.phone,
        "best_time": case.facts.best_time,
        "phone_own": bool(case.facts.phone_own),
        "lives_in": case.facts.zone,
        "behalf": behalf_of(case),
        "closed_off": closed_off(case),
    }


def _told(visitor: Inquiry | Following | None) -> dict[str, Any] | None:
    """What they said about themselves, field by field."""
    return asdict(visitor) if visitor is not None else None


def _matter_of(case: Case) -> dict[str, Any]:
    """What happened, what is known of it, and how they feel about it."""
    facts = case.facts
    return {
        "cues": _cues(case),
        "emotion": case.emotion.name.lower(),
        "emotion_why": _emotion_why(case),
        "hot": is_hot(case),
        "happened": _happened(case),
        "evidence": dict(Counter(one.kind for one in case.evidence if one.kind != "contact")),
        "item_kept": facts.item_kept,
        "harm": {"harmed": facts.harmed, "eaten": facts.eaten},
        "order": _order(case),
        "product": facts.product,
        "issue": list(facts.issue),
        "finding": case.finding,
        "prevention": case.prevention,
        "cause": case.cause,
        "corrected": corrected_lines(case),
    }


def _buttons(case: Case) -> Rows:
    """The card's buttons; a closed case can only be reopened.

    A waiting case has those of its holder too: who takes it with their words needs no other card.
    """
    if case.merged_into is not None:
        return ()
    if not case.is_open:
        return ((Button("reopen", "reopen"), REFRESH),)
    owed = any(one.proof is None for one in case.fulfilments) or bool(case.open_tasks)
    hot = is_hot_since_taken(case)
    second = (
        *((Button("done", "done"),) if owed else ()),
        Button("offer", "offer"),
        Button("hand_on", "hand_on") if hot else Button("transfer", "transfer"),
        REFRESH,
    )
    # without a value: the card keeps its buttons when it is pressed
    lying = any(one.parts and one.state == "chosen" for one in case.offers)
    third = ((Button("withdraw_offer", "withdraw_offer"),),) if lying else ()
    return (_of_hands(case), second, *third)


def _of_hands(case: Case) -> tuple[Button, ...]:
    """Taking it, giving it back, bringing it to its end."""
    resolve = Button("resolve", "resolve")
    if case.control is not Control.HUMAN:
        return (Button("claim", "claim"), resolve)
    held = (resolve, Button("release", "release"))
    if case.severity is Severity.SEV1 or case.open_escalation is not None:
        return held
    return (*held, Button("to_bot", "to_bot"))


def _happened(case: Case) -> list[str]:
    """What happened, in two lines of the customer's words: the first and the latest."""
    told = [cut(one) for one in case.story if one.strip()]
    points = [one for one in told if not any(one != other and one in other for other in told)]
    return list(dict.fromkeys([*points[:1], *points[-1:]]))


def _cues(case: Case) -> list[dict[str, str]]:
    """The words that showed danger, newest first, one per family."""
    seen = {one.family: one.cue for one in case.flags if one.family not in NO_DANGER}
    return [{"family": family.value, "cue": cut(cue, 40)} for family, cue in reversed(seen.items())][:_CUES]


def _emotion_why(case: Case) -> str:
    """What the emotion is about, in the customer's words: the trouble, else the sharpest of them (S57)."""
    words = (*case.facts.issue, *(one.cue for one in reversed(case.flags)), *case.story)
    return cut(next(iter(words), ""), 40)


def _limits(rules: Rules) -> dict[str, int | None]:
    rung = rules.ladder.of(Level.A1)
    return {
        "refund": rung.refund_cents,
        "goods": rung.goods_cents,
        "goodwill": rung.goodwill_cents,
        "money": rung.money_cents,
    }


def _order(case: Case) -> dict[str, object] | None:
    order = case.facts.order
    if order is None:
        return None
    return {
        "order_no": order.order_no,
        "product": order.product,
        "price": order.price,
        "bought_on": order.bought_on,
        "store": order.store,
    }
