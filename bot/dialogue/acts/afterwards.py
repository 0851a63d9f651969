"""Acts that time brings (arrival check, nudges, late promises), and those on withdrawing and settling."""

from dataclasses import asdict
from datetime import timedelta
from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Case, Promise, PromiseStatus, Severity, Status
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Step
from bot.complaint.events import Due
from bot.complaint.evolving import replace
from bot.complaint.reading import Family, Intent
from bot.dialogue.acts.closing import ANSWERED, close, may_close, settle_answers
from bot.dialogue.acts.consenting import leave_unanswered
from bot.dialogue.acts.surveying import ask_scores
from bot.dialogue.draft import HUMAN, SKIP, Draft
from bot.policy.clocks import PROGRESS
from bot.policy.endings import owed
from bot.policy.promise_names import called
from bot.policy.summoning import deciders, holder_or_queue, owner
from bot.policy.tasking import task_of_promise

MOST_CALLED: Final = 4
SAFETY: Final = frozenset({Family.INJURY, Family.SELF_HARM, Family.MASS})
AFTER_A_MISS: Final = ("reopen_answer", "update", "decision")
"""What an answer is promised by after the first miss, the second, and every one after that: the more often it
was missed, the less it helps to promise it for the next quarter of an hour. In danger it is never put off a day."""
ARRIVED: Final = (Button("arrived", "arrived"), Button("not_arrived", "not_arrived"))


def ask_if_arrived(draft: Draft) -> None:
    """A few days after fulfilment: ask whether it arrived (D17)."""
    if draft.silent or draft.case.status is not Status.FULFILLED:
        return
    kinds = {one.kind.value for one in draft.case.fulfilments}
    draft.say("fulfil/check", ARRIVED, ask="arrived", kind=kinds.pop() if len(kinds) == 1 else None)
    draft.change(status=Status.FOLLOW_UP)
    draft.go_asking(Step.FULFILMENT_CHECK, "arrived")


def look_for_it(draft: Draft) -> None:
    """It did not arrive: a full apology, and a person who looks into it by a stated time."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    draft.change(status=Status.FULFILLING)
    promise = draft.hand_over("not_arrived", what="call_back")
    draft.say("fulfil/not_arrived", (HUMAN,), due=promise.due_at, team=draft.team)
    draft.go(Step.WITH_PEOPLE)


def confirm_arrival(draft: Draft) -> None:
    """It arrived: the case closes with its summary, and the survey follows."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    if draft.case.severity <= Severity.SEV2 and _wants_a_person(draft.case):
        _leave_to_people(draft)
    else:
        _close_and_ask(draft)


def _wants_a_person(case: Case) -> bool:
    """Nothing is owed but the finding, which a person writes before the end."""
    return all(one.kind == "verdict" for one in owed(case))


def _leave_to_people(draft: Draft) -> None:
    """A grave case is never closed by the bot: a person closes it, by a stated time."""
    promise = draft.hand_over("to_be_closed", what="written_answer")
    draft.say("close/by_people", due=promise.due_at, team=draft.team)
    draft.go(Step.WITH_PEOPLE)


def close_as_settled(draft: Draft) -> None:
    """The complainant's yes to the person's question: settled, summary, and the few questions."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    settle_answers(draft)
    _close_and_ask(draft)


def _close_and_ask(draft: Draft) -> None:
    if not may_close(draft):
        draft.say(
            "people/still_owed",
            (HUMAN,),
            due=draft.case.open_promises[0].due_at if draft.case.open_promises else None,
        )
        draft.tell("cannot_resolve", missing=[asdict(one) for one in owed(draft.case)])
        draft.go(Step.WITH_PEOPLE)
        return
    close(draft, Status.CLOSED)
    ask_scores(draft)


def ask_if_withdrawn(draft: Draft) -> None:
    """Ask once whether they really withdraw, so that no passing word drops a case."""
    draft.talk = draft.talk.evolve(heard=())
    if not draft.has_case or not draft.case.is_open:
        draft.say("answers/no_case")
        return
    draft.notice("press_notice/noted")
    reading = draft.scene.reading
    draft.say(
        "withdraw/ask",
        (Button("withdraw_yes", "withdraw_yes"), Button("withdraw_no", "withdraw_no")),
        ask="withdraw",
        tired=reading is not None and Intent.IMPLICIT_DISPLEASURE in reading.intents,
    )
    draft.go_asking(Step.WITHDRAWING, "withdraw")


def withdraw(draft: Draft) -> None:
    """Withdraw the case as they wish; if somebody may be in danger, people still look at it."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    if not SAFETY.isdisjoint(draft.case.families()):
        draft.hand_over("withdrawn_safety")
        draft.say("withdraw/done_safety")
        draft.go(Step.WITH_PEOPLE, Status.WITHDRAWN)
        return
    if _outlasts(draft.case):
        promise = draft.hand_over("withdrawn_owed")
        draft.say("withdraw/done_owed", due=promise.due_at, team=draft.team)
        draft.go(Step.WITH_PEOPLE)
        return
    for one in draft.case.open_promises:
        if one.kind not in ANSWERED:
            draft.settle_promise(one.id, PromiseStatus.WITHDRAWN)
    settle_answers(draft, PromiseStatus.WITHDRAWN)
    if draft.case.at_desk:
        draft.tell("withdrawn")
    close(draft, Status.WITHDRAWN, "withdraw/done")


def _outlasts(case: Case) -> bool:
    """What a withdrawal does not end: an agreed remedy under way, or a fault of ours not yet explained."""
    return any(one.kind in ("fulfilment", "finding", "prevention", "cause") for one in owed(case))


def keep_open(draft: Draft) -> None:
    """They do not withdraw after all."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    draft.say("withdraw/stays", (HUMAN,))
    with_people = draft.silent or draft.case.open_escalation is not None
    draft.go(Step.WITH_PEOPLE if with_people else Step.LISTENING)


def nudge(draft: Draft) -> None:
    """Silence in mid-talk: ask gently, twice at most, then let the talk rest with a word (S69)."""
    if draft.talk.step is Step.SUGGESTION:
        if not draft.silent and draft.case.is_open:
            leave_unanswered(draft)
        return
    if draft.silent and draft.talk.step is Step.RESOLVING:
        _remind_of_the_question(draft)
        return
    if draft.was_said("listening/praise") and not (draft.case.story or draft.case.wishes or draft.silent):
        draft.change(closed_at=draft.at, status=Status.CLOSED)  # kind words were thanked for: nothing waits
        draft.go(Step.CLOSED)
        return
    if not draft.silent and draft.case.is_open and draft.case.open_escalation is None:
        _ask_after(draft)


def _ask_after(draft: Draft) -> None:
    """The first reminder, the second, and then the end: by people if the case is grave."""
    if not draft.was_said("nudge/first"):
        row = (SKIP, HUMAN) if draft.talk.step is Step.CLARIFYING else (HUMAN,)
        draft.say("nudge/first", row, question=draft.talk.asked)
        draft.wake_kindly("nudge", "nudge", _gap(draft))
    elif not draft.was_said("nudge/second"):
        draft.say("nudge/second", (HUMAN,), question=draft.talk.asked)
        draft.wake_kindly("nudge", "nudge", _gap(draft))
        draft.change(status=Status.DORMANT)
    elif draft.case.severity <= Severity.SEV2:
        _leave_to_people(draft)
    elif not draft.case.open_promises:
        close(draft, Status.CLOSED_NO_RESPONSE, "close/no_response")


def _remind_of_the_question(draft: Draft) -> None:
    """No answer to a person's question whether it is settled: remind twice, then close if nothing is owed.

    A grave case is ended by people alone. The buttons of the question go on working, so none are added.
    """
    if not draft.was_said("nudge/first"):
        draft.say("nudge/first", question=None)
        draft.wake_kindly("nudge", "nudge", _gap(draft))
    elif not draft.was_said("nudge/second"):
        draft.say("nudge/second", question=None)
        draft.wake_kindly("nudge", "nudge", _gap(draft))
    elif draft.case.severity > Severity.SEV2 and may_close(draft):
        close(draft, Status.CLOSED_NO_RESPONSE, "close/no_response")


def _gap(draft: Draft) -> timedelta:
    first, second = draft.rules.nudge_hours[0], draft.rules.nudge_hours[-1]
    return timedelta(hours=second - first)


def _promise_of_turn(draft: Draft) -> Promise | None:
    event = draft.scene.event
    key = event.key.split(":")[-1] if isinstance(event, Due) else ""
    return next((one for one in draft.case.open_promises if one.id == key), None)


def tell_before_miss(draft: Draft) -> None:
    """Four fifths of the time are gone: the desk hears it, and the complainant too, before any miss (S53)."""
    promise = _promise_of_turn(draft)
    if promise is None or promise.kind == PROGRESS:
        return  # to tell how it stands is the clock's own business, which warns whoever has it
    if promise.due_at <= draft.at:
        return  # after an outage both timers come at once: then the miss itself is what is told
    warned = replace(promise, warned=True)
    draft.change(promises=tuple(warned if one.id == promise.id else one for one in draft.case.promises))
    if draft.case.at_desk:
        draft.tell("promise_near", calls=_owners(draft, promise), kind=called(promise), due=promise.due_at)
    if not draft.silent and not _misses(draft, promise):
        draft.say("people/still_on_it", due=promise.due_at, kind=promise.kind)


def own_the_miss(draft: Draft) -> None:
    """Missed: said fully and plainly, one step more urgent, and an answer promised anew (S53, S88).

    A remedy that is late stays owed; what is promised with the apology is that somebody answers for it.
    """
    promise = _promise_of_turn(draft)
    if promise is None:
        return
    owners = _owners(draft, promise)
    draft.settle_promise(promise.id, PromiseStatus.LATE)
    draft.raise_severity("broken_promise")
    again = _answer_anew(draft, promise)
    draft.show_card()
    draft.ring("broken_promise")
    roster = draft.situation.roster
    draft.tell(
        "promise_late",
        calls=tuple(dict.fromkeys((*owners, *deciders(draft.case, roster))))[:MOST_CALLED],
        kind=called(promise),
        due=again.due_at,
        told=not draft.silent,
        holder=draft.case.holder.name if draft.case.holder else None,
    )
    if not draft.silent:
        late = sum(one.status is PromiseStatus.LATE for one in draft.case.promises)
        draft.say("people/late", (HUMAN,), due=again.due_at, kind=promise.kind, again=late > 1)


def _owners(draft: Draft, promise: Promise) -> tuple[Colleague, ...]:
    """Who is notified about a promise: whoever does its task, and the holder, who alone can tell the complainant."""
    task, roster = task_of_promise(draft.case, promise.id), draft.situation.roster
    doers = owner(draft.case, roster, task.owner_id, task.owner) if task is not None else ()
    holders = () if doers and not draft.silent else holder_or_queue(draft.case, roster)
    return tuple(dict.fromkeys((*doers, *holders)))


def _misses(draft: Draft, promise: Promise) -> int:
    """How often a promise of this kind was missed in this case."""
    return sum(one.kind == promise.kind and one.status is PromiseStatus.LATE for one in draft.case.promises)


def _answer_anew(draft: Draft, missed: Promise) -> Promise:
    steps = AFTER_A_MISS[:-1] if draft.case.severity is Severity.SEV1 else AFTER_A_MISS
    by = steps[min(_misses(draft, missed), len(steps)) - 1]
    if missed.kind not in ANSWERED:
        return draft.hand_over("broken_promise", what=by)
    again = draft.promise(missed.kind, what=by, owner="supervisor")
    draft.change(
        tasks=tuple(
            replace(one, promise_id=again.id) if one.promise_id == missed.id else one
            for one in draft.case.tasks
        ),
        escalations=tuple(
            replace(one, promise_id=again.id) if one.open and one.promise_id == missed.id else one
            for one in draft.case.escalations
        ),
    )
    return again


ACTS: Final = (
    ask_if_arrived,
    look_for_it,
    confirm_arrival,
    close_as_settled,
    ask_if_withdrawn,
    withdraw,
    keep_open,
    nudge,
    tell_before_miss,
    own_the_miss,
)
