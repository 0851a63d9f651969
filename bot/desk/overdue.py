"""What happens when a deadline of a case comes: silence, progress, decision, hard stops."""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import SetTimer
from bot.complaint.case import Queue
from bot.complaint.conversation import Step
from bot.complaint.deskwork import Clock, ClockKind
from bot.complaint.evolving import replace
from bot.desk.acts import Acts
from bot.desk.cases.closing import missing
from bot.desk.incidents.gathering import is_gathered, promise_answer
from bot.desk.sheet import Sheet
from bot.desk.summoning import summon
from bot.policy.clocks import (
    PROGRESS,
    Alarm,
    alarms,
    answer_owed,
    clock,
    clock_due,
    next_stop,
    next_words,
    passed_stop,
    with_clock,
)
from bot.policy.summoning import deciders, holder_or_queue

TO_WRITE: Final = timedelta(minutes=10)
"""A reminder leaves at least so much time to write what it asks for."""
_LEGAL: Final = frozenset({"legal_limit", "final_answer"})
_MOST_OWED: Final = 5


def _come(sheet: Sheet, kind: ClockKind, alarm: str) -> Clock | None:
    """The clock of this timer, if it is really due; one that was moved is set again."""
    one = clock(sheet.case, kind)
    if one is None or not sheet.case.is_open or one.paused_at is not None or one.missed:
        return None
    expected = alarms(sheet.scene.rules, sheet.case).get(kind.value)
    if expected is None or expected.kind != alarm or expected.at > sheet.at:
        _again(sheet, kind, expected)
        return None
    return one


def _again(sheet: Sheet, kind: ClockKind, expected: Alarm | None) -> None:
    if expected is not None:
        sheet.add(SetTimer(kind=expected.kind, key=kind.value, due=expected.at))


def _warned(sheet: Sheet, one: Clock) -> None:
    sheet.case = with_clock(sheet.case, replace(one, warned=True))


# -- the holder is silent


def warn_of_silence(sheet: Sheet, _key: str = "") -> None:
    """Four fifths of the time are gone: remind the holder, in one line."""
    one = _come(sheet, ClockKind.SILENCE, "silence_near")
    if one is None:
        return
    _warned(sheet, one)
    until = clock_due(sheet.scene.rules, one, sheet.case)
    if until > sheet.at:
        people = holder_or_queue(sheet.case, sheet.scene.situation.roster)
        summon(sheet, "silence_near", people, since=sheet.case.waiting_since, until=until)


def end_silence(sheet: Sheet, _key: str = "") -> None:
    """The holder did not answer in time: back to the queue, with a new time that the complainant is told."""
    one = _come(sheet, ClockKind.SILENCE, "silence_due")
    holder = sheet.case.holder
    if one is None or holder is None:
        return
    roster = sheet.scene.situation.roster
    people = (*holder_or_queue(sheet.case, roster), *deciders(sheet.case, roster))
    sheet.hold(None)
    sheet.go(Step.WITH_PEOPLE)
    promise = sheet.escalate("silence")
    sheet.remark("released", f"{holder.name}: silence")
    sheet.say("people/released", team=sheet.case.queue.value, due=promise.due_at)
    summon(sheet, "silence_over", people, holder=holder.name, since=one.since, due=promise.due_at)
    sheet.ring("silence", promise.due_at)
    sheet.show_card()


# -- progress is owed


def warn_of_update(sheet: Sheet, _key: str = "") -> None:
    """Remind the holder to say how it stands."""
    one = _come(sheet, ClockKind.UPDATE, "update_near")
    if one is None:
        return
    _warned(sheet, one)
    until = clock_due(sheet.scene.rules, one, sheet.case)
    told = alarms(sheet.scene.rules, sheet.case).get(one.kind.value)
    if told is not None and told.at < sheet.at + TO_WRITE:
        # the night lies between: the line that follows says it, with what the bot told meanwhile
        return
    if until > sheet.at:
        summon(sheet, "update_near", holder_or_queue(sheet.case, sheet.scene.situation.roster), until=until)


def tell_progress(sheet: Sheet, _key: str = "") -> None:
    """Nobody wrote in time: tell the complainant that it is in hand, and until when (R5).

    The time told is the next one at which they hear something, whatever it is: that promise the house itself
    can keep, and does.
    """
    one = _come(sheet, ClockKind.UPDATE, "update_due")
    if one is None:
        return
    again = answer_owed(sheet.case)
    if again is None or again.due_at <= sheet.at:
        again = sheet.promise(PROGRESS, by=next_words(sheet.scene.rules, sheet.case, sheet.at))
    sheet.say("people/progress", team=sheet.case.queue.value, due=again.due_at)
    roster = sheet.scene.situation.roster
    people = (*holder_or_queue(sheet.case, roster), *deciders(sheet.case, roster))
    summon(sheet, "update_late", people, due=again.due_at)
    sheet.show_card()


# -- a decision is owed


def warn_of_decision(sheet: Sheet, _key: str = "") -> None:
    """A verdict or an offer is nearly due: who has it is reminded."""
    one = _come(sheet, ClockKind.DECISION, "decision_near")
    if one is None:
        return
    _warned(sheet, one)
    until = clock_due(sheet.scene.rules, one, sheet.case)
    if until > sheet.at:
        summon(sheet, "decision_near", holder_or_queue(sheet.case, sheet.scene.situation.roster), until=until)


def bring_up_decision(sheet: Sheet, _key: str = "") -> None:
    """No verdict and no agreement in time: tell a supervisor once; the card keeps showing it."""
    one = _come(sheet, ClockKind.DECISION, "decision_due")
    if one is None:
        return
    sheet.case = with_clock(sheet.case, replace(one, missed=True))
    until = clock_due(sheet.scene.rules, one, sheet.case)
    summon(sheet, "decision_late", deciders(sheet.case, sheet.scene.situation.roster), until=until)
    sheet.remark("decision_late", until.isoformat())
    sheet.show_card()


# -- it has lain too long


def stop(sheet: Sheet, _key: str = "") -> None:
    """A hard stop: call who must look at the case, with what is owed and by whom."""
    one = clock(sheet.case, ClockKind.STOP)
    if one is None or not sheet.case.is_open:
        return
    rules, roster = sheet.scene.rules, sheet.scene.situation.roster
    passed = passed_stop(rules, sheet.case, one, sheet.at)
    if passed is None:
        _again(sheet, ClockKind.STOP, Alarm("hard_stop", next_stop(rules, sheet.case, one).due))
        return
    people = deciders(sheet.case, roster, passed.level)
    if passed.name in _LEGAL:
        people = (*people, *roster.specialists(Queue.LEGAL))
    sheet.case = with_clock(sheet.case, replace(one, since=sheet.at))
    summon(
        sheet,
        "hard_stop",
        people,
        stop=passed.name,
        level=passed.level.value,
        days=_days(sheet, sheet.case.opened_at),
        idle=_days(sheet, sheet.case.progress_at or sheet.case.opened_at),
        owed=_owed(sheet),
        holder=sheet.case.holder.name if sheet.case.holder else "",
        legal=passed.name in _LEGAL,
    )
    sheet.remark("hard_stop", passed.name)
    if is_gathered(sheet.case):
        promise_answer(sheet)
    sheet.show_card()


def _days(sheet: Sheet, since: datetime) -> int:
    """Whole days on the brand's calendar, the first not counted."""
    zone = sheet.scene.rules.clock
    return (sheet.at.astimezone(zone).date() - since.astimezone(zone).date()).days


def _owed(sheet: Sheet) -> list[dict[str, object]]:
    """What is owed, and by whom: promises, remedies, tasks; the nearest first."""
    case = sheet.case
    owners = {one.id: one.owner for one in case.promises}
    owners |= {one.id: one.owner for one in case.fulfilments} | {one.id: one.owner for one in case.tasks}
    things: list[dict[str, object]] = [
        {**one, "owner": owners.get(str(one["ref"]), case.queue.value)} for one in missing(case)
    ]
    return things[:_MOST_OWED]


ACTS: Final = Acts(
    dues={
        "silence_near": warn_of_silence,
        "silence_due": end_silence,
        "update_near": warn_of_update,
        "update_due": tell_progress,
        "decision_near": warn_of_decision,
        "decision_due": bring_up_decision,
        "hard_stop": stop,
    }
)
