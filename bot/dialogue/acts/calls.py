"""Arranges a call back: an hour, the complainant's time zone, and the number (S48)."""

from typing import Final

from bot.complaint.actions import Button, Rows
from bot.complaint.conversation import Step
from bot.complaint.deskwork import TaskKind
from bot.complaint.reading import Intent
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.telling import tell_more
from bot.dialogue.whereabouts import candidates
from bot.dialogue.windows import hour_in, hour_of, offered, value_of
from bot.dialogue.wishing import note_wish
from bot.policy.zones import awake


def offer_call(draft: Draft) -> None:
    """Stop asking, offer a call at a time that suits, or a person right here (S48)."""
    draft.say("calming/call_back", *_hours(draft), (HUMAN,), ask="phone")
    draft.go_asking(Step.CALL_BACK, "phone")


def _hours(draft: Draft) -> Rows:
    zone = draft.facts.zone
    return tuple(
        (
            Button(
                "call_window",
                "call_window",
                value_of(one),
                fields={"times": list(one), "now": draft.at, "zone": zone},
            ),
        )
        for one in offered(draft.rules, draft.at, zone)
    )


def arrange_call(draft: Draft) -> None:
    """A call with a time: a promise with its row, an owner, and a warning if it is missed."""
    _note_place(draft)
    _note_time(draft)
    wished = _note_wished(draft)
    if not wished and _answers_nothing(draft):
        _hear_on(draft)
        return
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    if draft.facts.phone is None and not draft.was_said("calming/ask_phone"):
        draft.say(
            "calming/ask_phone",
            (Button("share_phone", "share_phone", kind="contact"),),
            ask="phone",
            begins=draft.facts.call_from,
            ends=draft.facts.call_until,
            wished=wished,
        )
        draft.go_asking(Step.CALL_BACK, "phone")
    elif draft.facts.phone is None:
        wait_here_instead(draft)
    elif candidates(draft) and not draft.was_said("calming/ask_zone"):
        _ask_zone(draft)
    elif _wakes(draft):
        _offer_by_day(draft)
    else:
        _promise_call(draft)


def _answers_nothing(draft: Draft) -> bool:
    """Neither an hour nor a number, but more of what happened."""
    reading = draft.scene.reading
    answered = (
        reading is None or reading.when is not None or reading.slots.phone or Intent.AGREES in reading.intents
    )
    return not (draft.pressed.act or answered or draft.facts.phone or draft.facts.call_from)


def _hear_on(draft: Draft) -> None:
    """It is noted, and the question put once more; then they are answered in this chat."""
    tell_more(draft, draft.talk.heard)
    draft.talk = draft.talk.evolve(heard=())
    if not draft.was_said("calming/noted"):
        draft.say("calming/noted", *_hours(draft), (HUMAN,), ask="phone")
        draft.go_asking(Step.CALL_BACK, "phone")
        return
    promise = draft.hand_over("call_back")
    draft.say("calming/here", (HUMAN,), due=promise.due_at)
    draft.go(Step.WITH_PEOPLE)


def _note_wished(draft: Draft) -> bool:
    """What they ask for beside the hour goes down with the rest."""
    reading = draft.scene.reading
    if reading is None or reading.remedy is None:
        return False
    note_wish(draft, reading.remedy)
    return True


def _promise_call(draft: Draft) -> None:
    begins, ends = draft.facts.call_from, draft.facts.call_until
    ahead = ends is not None and ends > draft.at
    begins = begins if ahead else None
    draft.hand_over(
        "call_back", what="call_back", kind="call_back", by=ends if ahead else None, begins=begins
    )
    call = next(one for one in reversed(draft.case.promises) if one.kind == "call_back")
    draft.set_task(TaskKind.CALL_BACK, draft.facts.best_time or "", call, begins)
    draft.say("calming/call_arranged", begins=begins, due=call.due_at, team=draft.team)
    draft.show_card()
    draft.go(Step.WITH_PEOPLE)


def _ask_zone(draft: Draft) -> None:
    """What time is it there? Each button shows what it is now at one of the places where it may be."""
    clocks = tuple(
        Button("zone_now", "zone", one, fields={"moment": draft.at, "zone": one}) for one in candidates(draft)
    )
    rows = tuple(clocks[first : first + 2] for first in range(0, len(clocks), 2))
    draft.say("calming/ask_zone", *rows, (HUMAN,), ask="phone")
    draft.go_asking(Step.CALL_BACK, "phone")


def _note_place(draft: Draft) -> None:
    """The zone that was pressed, if it is one of those that were offered."""
    press = draft.pressed
    if press.act == "zone" and press.value in candidates(draft):
        draft.learn(zone=press.value)


def _wakes(draft: Draft) -> bool:
    """Whether the call would fall into their night; without an hour it may."""
    begins, ends, zone = draft.facts.call_from, draft.facts.call_until, draft.facts.zone
    if zone is None or draft.was_said("calming/other_time"):
        return False
    return begins is None or ends is None or not awake(draft.rules, begins, ends, zone)


def _offer_by_day(draft: Draft) -> None:
    """An hour that is day on both sides; if there is none, a written answer."""
    hours = _hours(draft)
    if not hours:
        promise = draft.hand_over("call_back")
        draft.say("calming/no_call", (HUMAN,), due=promise.due_at)
        draft.go(Step.WITH_PEOPLE)
        return
    draft.say("calming/other_time", *hours, (HUMAN,), ask="phone")
    draft.go_asking(Step.CALL_BACK, "phone")


def _note_time(draft: Draft) -> None:
    """The time that suits: a pressed hour, or words for one."""
    reading, zone = draft.scene.reading, draft.facts.zone
    words = " ".join(one.text for one in draft.talk.heard).strip()
    pressed = hour_of(draft.pressed.value) if draft.pressed.act == "call_window" else None
    hour = pressed or hour_in(reading.when if reading else None, draft.rules, draft.at, zone)
    if hour is not None:
        draft.learn(call_from=hour[0], call_until=hour[1])
    if words:
        draft.learn(best_time=words[:80])


def wait_here_instead(draft: Draft) -> None:
    """They give no number: the answer comes in this chat (D15)."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    promise = draft.hand_over("call_back")
    draft.say("clarify/no_need", (HUMAN,), due=promise.due_at, photo=False, order=False)
    draft.go(Step.WITH_PEOPLE)


ACTS: Final = (arrange_call, wait_here_instead)
