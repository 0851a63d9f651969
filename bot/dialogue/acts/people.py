"""Calls a person, and says the few things the bot says while people have the case."""

from datetime import timedelta
from typing import Any, Final

from bot.complaint.actions import Lane
from bot.complaint.case import Control, Severity, Status, Wish
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerWrote
from bot.complaint.reading import Family, Intent, RemedyKind
from bot.dialogue.acts.calls import offer_call as offer_call  # noqa: PLC0414 - asked for here
from bot.dialogue.acts.voices import have_it_heard_too
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.presses import REMEDIES
from bot.dialogue.wishing import note_wish
from bot.policy.calendar import next_opening, reachable, waiting_minutes
from bot.reading.harmwords import feels_better
from bot.reading.privacy import masked

GRIEF: Final = timedelta(hours=2)
"""So long nobody whose animal or relative died is told of terms."""
LONGEST_NOD: Final = 12
LONGEST_NOD_IN_LETTERS: Final = 32
"""Characters of a message that is no more than thanks or a nod."""
_NODS: Final = frozenset({Intent.THANKS, Intent.AGREES})
SHORT_WISH: Final = 24
SHORT_WISH_IN_LETTERS: Final = 70
"""Characters of a message that is said back whole."""


def call_a_person(draft: Draft) -> None:
    """Call a person in this turn, without persuasion, with the place in the queue and a time (R23, R24, R30)."""
    draft.notice("press_notice/done")
    draft.strip()
    already = draft.case.control in (Control.QUEUED, Control.HUMAN) and draft.case.open_escalation is not None
    held = draft.case.control is Control.HUMAN
    if draft.case.severity is Severity.SEV4:
        # whoever asks for a person does not wait as long as an idle question may
        draft.change(severity=Severity.SEV3, severity_why="wants_person")
    promise = draft.hand_over("wants_person")
    draft.talk = draft.talk.evolve(heard=())
    if held:
        draft.tell("wants_you")
        draft.go(Step.WITH_PEOPLE)
        return
    if already and Family.SELF_HARM in draft.case.families():
        draft.say("safety/self_harm_again", due=draft.answer_due, team=draft.team)
    elif already:
        draft.say("people/already", due=promise.due_at, **_waiting(draft))
    else:
        reading = draft.scene.reading
        asked_if_bot = reading is not None and Intent.ASKS_IF_BOT in reading.intents
        draft.say(
            "people/handed_over",
            lane=Lane.FIRST,
            due=promise.due_at,
            asked_if_bot=asked_if_bot,
            **_waiting(draft),
        )
    draft.go(Step.WITH_PEOPLE)


def _waiting(draft: Draft) -> dict[str, Any]:
    """The waiting time told: the place in the queue, or when that team is back (R30)."""
    case, rules, at = draft.case, draft.rules, draft.at
    return {
        "ahead": draft.ahead,
        "minutes": waiting_minutes(rules, draft.ahead),
        "open": reachable(rules, case.severity, at, case.queue),
        "opening": next_opening(rules, at, case.queue),
    }


def hand_over_not_understood(draft: Draft, *, told: bool = False) -> None:
    """Not understood twice on the same matter: call a person (R25); what was `told` meanwhile goes along."""
    if draft.case.severity is Severity.SEV4:
        # nobody knows yet how grave it is
        draft.change(severity=Severity.SEV3, severity_why="not_understood")
    promise = draft.hand_over("not_understood")
    draft.say("people/not_understood", due=promise.due_at, ahead=draft.ahead, told=told)
    draft.go(Step.WITH_PEOPLE)


def pass_on(draft: Draft) -> None:
    """Pass words on to the people who have the case; say so once, while nobody holds it."""
    reading = draft.scene.reading
    draft.talk = draft.talk.evolve(heard=())
    wish = note_wish(draft, reading.remedy) if reading is not None and reading.remedy is not None else None
    have_it_heard_too(draft)
    if draft.case.at_desk:
        draft.show_card()
    if draft.silent:
        return
    if wish is not None and _is_plain(wish) and _in_time(draft) and not draft.was_said(_read_back(wish)):
        draft.remember(_read_back(wish))
        hurt = bool(draft.facts.harmed)
        draft.say("people/wish_added", due=draft.answer_due, team=draft.team, wish=_as_said(draft), hurt=hurt)
    elif not _takes_thanks(draft):
        _say_once_that_it_is_seen(draft)


def _read_back(wish: Wish) -> str:
    """The mark of a wish that was said back: another one is said back too, the same is not."""
    return f"people/wish_added {' '.join(sorted(wish.kinds))}"


def _takes_thanks(draft: Draft) -> bool:
    """Whether they merely thank or nod to what was said: thanks are answered once, a nod not at all."""
    event, reading = draft.scene.event, draft.scene.reading
    if not isinstance(event, CustomerWrote) or event.media is not None or reading is None:
        return False
    tells = reading.is_complaint or reading.issue or reading.remedy is not None or reading.slots.product
    brief = len(event.text) <= (LONGEST_NOD_IN_LETTERS if event.text.isascii() else LONGEST_NOD)
    if tells or not brief or not reading.intents or not reading.intents <= _NODS or draft.facts.harmed:
        return False
    if Intent.THANKS in reading.intents and not draft.was_said("people/welcome"):
        draft.say("people/welcome")
    return True


def _is_plain(wish: Wish) -> bool:
    """A wish that can be said back as it is: not left to us, and no silence for sale."""
    vague = {RemedyKind.OPEN, RemedyKind.NONE, RemedyKind.OTHER}
    return RemedyKind.OPEN not in wish.kinds and not set(wish.kinds) <= vague


def _in_time(draft: Draft) -> bool:
    """People are awaited, and nothing forbids to speak of a wish now."""
    grave = {Family.SELF_HARM, Family.EXTORTION}.isdisjoint(draft.case.families())
    waits = draft.case.open_escalation is not None and draft.answer_due > draft.at
    return grave and waits and not draft.was_said("safety/died")


def _as_said(draft: Draft) -> str:
    event = draft.scene.event
    words = event.text.strip() if isinstance(event, CustomerWrote) else ""
    most = SHORT_WISH_IN_LETTERS if words.isascii() else SHORT_WISH
    return masked(words).text if 0 < len(words) <= most else draft.case.wishes[-1].verbatim


def _say_once_that_it_is_seen(draft: Draft) -> None:
    """Confirm once that people see it; in danger with other words (D8, D20)."""
    waiting = draft.case.open_escalation
    grieves = waiting is not None and draft.was_said("safety/died")
    if waiting is not None and grieves and Family.SELF_HARM not in draft.case.families():
        if waiting.at + GRIEF <= draft.at:
            _say_by_when(draft)
        return
    name = _first_word(draft)
    if draft.was_said(name) and name == "safety/with_you":
        name = "people/added"
    if not draft.was_said(name):
        fields: dict[str, Any] = {}
        if name != "people/added":
            # the time is told with it: not again within the hour
            draft.remember(_hour(draft))
            fields = {"due": draft.answer_due, "team": draft.team}
        draft.say(name, **fields)
    elif waiting is not None:
        _say_by_when(draft, name if name == "safety/self_harm_again" else "people/waits")


def _first_word(draft: Draft) -> str:
    """What is said first to who writes on."""
    if draft.case.open_escalation is None:
        return "people/added"
    if Family.SELF_HARM in draft.case.families():
        return "safety/self_harm_again"
    if draft.facts.harmed and _says_that_it_is_over(draft):
        return "safety/better"
    if draft.facts.harmed and not draft.was_said("safety/vet"):
        return "safety/with_you"
    return "people/added"


def _hour(draft: Draft) -> str:
    """The mark of an hour in which the time was told."""
    return f"people/waits {draft.at:%m%d%H}"


def _says_that_it_is_over(draft: Draft) -> bool:
    event = draft.scene.event
    return isinstance(event, CustomerWrote) and feels_better(event.text)


def _say_by_when(draft: Draft, name: str = "people/waits") -> None:
    """Who goes on writing while they wait reads by when they are answered, at most once an hour (R5).

    Those who could take the case are called once for each promise: somebody waits, and writes.
    """
    mark, due = _hour(draft), draft.answer_due
    if due <= draft.at or draft.was_said(mark):
        return
    called = f"still_writing {due:%m%d%H%M}"
    if draft.case.holder is None and not draft.was_said(called):
        draft.remember(called)
        draft.tell("still_writing", since=draft.case.opened_at)
    draft.remember(mark)
    draft.say(name, due=due, team=draft.team)


def take_answer_for_people(draft: Draft) -> None:
    """A number or an order given after the hand-over: on the card, so that nobody asks again (R31)."""
    asked = draft.talk.asked
    draft.talk = draft.talk.evolve(heard=(), asked=None)
    draft.show_card()
    if draft.silent:
        return
    if asked == "phone" and draft.facts.phone:
        waiting = draft.case.open_promises
        draft.say("safety/phone_thanks", due=waiting[0].due_at if waiting else None, team=draft.team)
    elif not draft.was_said("people/added"):
        draft.say("people/added")


def note_wish_for_people(draft: Draft) -> None:
    """A remedy that is pressed after the hand-over: a wish for whoever takes it; the bot does not bargain any more."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    kind = REMEDIES.get(draft.pressed.act)
    if kind is not None:
        wish = Wish(at=draft.at, verbatim=draft.press_label or kind.value, kinds=(kind,))
        draft.change(wishes=(*draft.case.wishes, wish))
    draft.show_card_if_known()
    if not draft.silent:
        _say_once_that_it_is_seen(draft)


def stay_with_people(draft: Draft) -> None:
    """Not settled, or they prefer a person: the holder stays."""
    returning = draft.talk.step is Step.RETURNING
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    draft.go(Step.WITH_PEOPLE)
    draft.tell("wants_to_stay" if returning else "not_settled")
    draft.say("people/stays" if returning else "people/not_settled")
    draft.show_card()


def return_to_bot(draft: Draft) -> None:
    """Back to the bot, told and agreed (R33)."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=(), misses=0)
    if draft.case.severity is Severity.SEV1 or draft.case.open_escalation is not None:
        # since it was asked something came up that is for people
        draft.say("people/stays")
        draft.go(Step.WITH_PEOPLE)
        return
    under_way = any(one.proof is None for one in draft.case.fulfilments)
    draft.change(control=Control.BOT, holder=None, held_since=None, waiting_since=None, handed_on=None)
    draft.say("people/back_welcome", (HUMAN,))
    draft.tell("back_with_bot")
    draft.show_card()
    if under_way:
        draft.go(Step.FULFILLING, Status.FULFILLING)
    else:
        draft.go(Step.LISTENING, Status.COLLECTING)


ACTS: Final = (
    call_a_person,
    pass_on,
    take_answer_for_people,
    note_wish_for_people,
    stay_with_people,
    return_to_bot,
)
