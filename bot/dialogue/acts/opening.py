"""Greets, opens a case and gathers the first words (S90, R21)."""

from datetime import timedelta
from typing import Final

from bot.complaint.actions import Button, Lane, ShowTyping
from bot.complaint.case import Severity, Status
from bot.complaint.conversation import Step
from bot.complaint.events import Commanded, ContactChanged, CustomerEdited, CustomerWrote
from bot.complaint.reading import Emotion, Intent, Language, Reading
from bot.dialogue.acts.closing import reopen_as_told
from bot.dialogue.acts.danger import ask_if_eaten
from bot.dialogue.acts.linked import greet_with_what_came
from bot.dialogue.acts.offers import lay_again
from bot.dialogue.acts.several import ANOTHER
from bot.dialogue.coming_back import reopens
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.questions import may_have_been_eaten
from bot.policy.promise_names import called

SHORTEST_PAUSE: Final = timedelta(seconds=45)
"""How long somebody who vents is given before the bot offers the next step."""
BARE_GREETING: Final = 16
"""Characters of a first message that hardly does more than greet."""
BARE_THANKS: Final = 10
"""Characters up to which thanks are a greeting; beyond, they are thanks for something."""


def greet(draft: Draft) -> None:
    """Say hello, or welcome back to the case that is still open."""
    if greet_with_what_came(draft):
        return
    if draft.was_said("opening"):
        waiting = draft.case.open_promises
        due = waiting[0].due_at if waiting else None
        draft.say("opening/welcome_back", (ANOTHER, HUMAN), lane=Lane.FIRST, due=due)
        return
    draft.say("opening/hello", (HUMAN,), lane=Lane.FIRST)
    draft.go(Step.LISTENING, Status.ACKNOWLEDGED)


def open_another(draft: Draft) -> None:
    """Open a second case in the same chat; the first goes on."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.say("opening/hello", (HUMAN,), lane=Lane.FIRST)
    draft.go(Step.LISTENING, Status.ACKNOWLEDGED)


def open_case(draft: Draft) -> None:
    """Acknowledge the first words at once; the answer follows when the burst is over (R4, S11)."""
    reading = draft.scene.reading
    draft.change(status=Status.ACKNOWLEDGED)
    if reading is not None and may_have_been_eaten(draft) and reading.remedy is None:
        draft.talk = draft.talk.evolve(heard=())
        ask_if_eaten(draft)
        return
    if reading is not None and reading.emotion >= Emotion.ANGRY and reading.remedy is None:
        hear_out(draft)
        return
    if reading is not None and _only_greets(draft, reading):
        draft.say("opening/hello", (HUMAN,), lane=Lane.FIRST)
        draft.talk = draft.talk.evolve(heard=())
    else:
        draft.say("opening/listening", (HUMAN,), lane=Lane.FIRST)
    draft.go(Step.LISTENING)
    if draft.talk.heard:
        gather(draft)


def hear_out(draft: Draft) -> None:
    """Somebody vents: say that we listen, then wait for a pause before the next step (D4, S58)."""
    draft.say("calming/hear_you", (HUMAN,), lane=Lane.FIRST)
    draft.talk = draft.talk.evolve(heard=())
    draft.go(Step.CALMING, Status.COLLECTING)
    draft.wake("quiet", "quiet", SHORTEST_PAUSE)


def _only_greets(draft: Draft, reading: Reading) -> bool:
    told = reading.is_complaint or reading.issue or reading.remedy or reading.slots.product
    asks = not reading.intents.isdisjoint((Intent.ASKS_ELSEWHERE, Intent.PRAISES, Intent.NEEDS_TIME))
    thanks_for = (
        Intent.THANKS in reading.intents and sum(len(one.text) for one in draft.talk.heard) > BARE_THANKS
    )
    more = sum(len(one.text) for one in draft.talk.heard) > BARE_GREETING
    return not (told or asks or thanks_for or more) and bool(reading.intents)


def open_or_reopen(draft: Draft) -> None:
    """The same trouble again reopens its case one step up, with an apology that is true (D18)."""
    if not reopens(draft):
        open_case(draft)
        return
    reopen_as_told(draft)


def gather(draft: Draft) -> None:
    """Wait for the end of the burst: a short quiet, with an upper limit; not at all if food may hurt somebody."""
    if draft.case.severity is Severity.SEV1 and may_have_been_eaten(draft):
        draft.talk = draft.talk.evolve(heard=())
        ask_if_eaten(draft)
        return
    settle, heard = draft.rules.settle, draft.talk.heard
    begun = heard[0].at if heard else draft.at
    latest = max(begun + timedelta(seconds=settle.at_most_seconds), draft.at)
    draft.wake("quiet", "quiet", min(draft.at + timedelta(seconds=settle.quiet_seconds), latest) - draft.at)
    draft.actions.append(ShowTyping())
    if draft.talk.step is Step.SUGGESTION and isinstance(draft.scene.event, CustomerWrote):
        draft.go(Step.LISTENING, Status.COLLECTING)


def take_edit(draft: Draft) -> None:
    """A changed message: both versions are kept, and an unanswered one is read in its new form."""
    event = draft.scene.event
    if isinstance(event, CustomerEdited) and draft.has_case:
        draft.remark("edited")
        if draft.case.at_desk:
            draft.show_card()


def take_reaction(draft: Draft) -> None:
    """A reaction is noted; nothing is said to it."""


def stay(draft: Draft) -> None:
    """Do nothing."""


def note_gone(draft: Draft) -> None:
    """The complainant blocked the bot: people are told, since promises cannot be told here any more."""
    _reach(draft, reachable=False)


def note_back(draft: Draft) -> None:
    """The complainant is back: show an offer that they may have missed again."""
    was_away = draft.talk.blocked
    _reach(draft, reachable=True)
    if was_away and draft.has_case and draft.talk.step is Step.OFFERED:
        lay_again(draft)


def _reach(draft: Draft, *, reachable: bool) -> None:
    known = draft.talk.blocked is not reachable
    draft.talk = draft.talk.evolve(blocked=not reachable)
    if not draft.has_case or not isinstance(draft.scene.event, ContactChanged):
        return
    draft.remark("came_back" if reachable else "blocked_us")
    if known or not (draft.case.at_desk and draft.case.is_open):
        return
    if reachable:
        draft.tell("customer_back")
    else:
        owed = [{"kind": called(one), "due": one.due_at} for one in draft.case.open_promises]
        phone, best_time = draft.facts.phone, draft.facts.best_time
        draft.tell("customer_blocked", phone=phone, best_time=best_time, promises=owed)
    draft.show_card()


def explain_late_press(draft: Draft) -> None:
    """An outdated button: say so, and change nothing."""
    draft.notice("press_notice/late")


def refuse_press(draft: Draft) -> None:
    """The button is somebody else's."""
    draft.notice("press_notice/not_yours")


def offer_languages(draft: Draft) -> None:
    """Both languages, as buttons; `/language en` chooses outright."""
    event = draft.scene.event
    if isinstance(event, Commanded) and event.argument.strip().lower() in ("zh", "en"):
        draft.choose_language(Language(event.argument.strip().lower()))
        return
    draft.say("answers/languages", (Button("lang_zh", "lang_zh"), Button("lang_en", "lang_en")))


def change_language(draft: Draft) -> None:
    """The complainant chose a language; it is no longer guessed."""
    reading = draft.scene.reading
    asked_for = reading.wanted_language if reading is not None else None
    draft.answered()
    draft.choose_language(asked_for or (Language.EN if draft.pressed.act == "lang_en" else Language.ZH))


ACTS: Final = (
    greet,
    open_another,
    open_case,
    open_or_reopen,
    gather,
    take_edit,
    take_reaction,
    stay,
    note_gone,
    note_back,
    explain_late_press,
    refuse_press,
    offer_languages,
    change_language,
)
