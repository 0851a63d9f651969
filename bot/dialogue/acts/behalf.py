"""Acts for those who write for another, for children, and for plain language (R15, R32, R52)."""

from typing import Final

from bot.complaint.actions import Button, Lane, Remark
from bot.complaint.case import Severity
from bot.complaint.conversation import Step
from bot.complaint.events import Commanded
from bot.complaint.reading import Family, Intent
from bot.dialogue.draft import HUMAN, SKIP, Draft
from bot.dialogue.questions import CONSENT
from bot.reading.privacy import masked

GUARDIAN: Final = "guardian"
LONGEST: Final = 80


def ask_for_consent(draft: Draft) -> None:
    """Ask once whether the person concerned knows and agrees; a child's guardian needs no consent."""
    whose = draft.facts.on_behalf_of or ""
    yes = (
        Button("guardian_yes", "speaks_for", GUARDIAN)
        if whose == "child"
        else Button("consent_theirs", "speaks_for", "yes")
    )
    draft.say("people/behalf", (yes,), (SKIP, HUMAN), ask=CONSENT, whose=whose)
    draft.go_asking(Step.CLARIFYING, CONSENT)


def take_consent(draft: Draft, words: str) -> bool:
    """An answer in words; a no is recorded as a no."""
    reading = draft.scene.reading
    refused = reading is not None and not reading.intents.isdisjoint((Intent.REFUSES, Intent.SKIPS))
    if refused:
        draft.actions.append(Remark(what="consent", by="customer", why="no"))
    elif words:
        _note(draft, masked(words).text[:LONGEST])
    return True


def note_consent_of_another(draft: Draft) -> None:
    """An answer by button: who agreed, and when."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    _note(draft, draft.pressed.value)
    if draft.talk.step is Step.CLARIFYING:
        from bot.dialogue.acts.steering import go_on  # noqa: PLC0415 - it asks for consent itself

        go_on(draft, thanks=True)
        return
    draft.show_card_if_known()
    if not draft.silent:
        waiting = draft.case.open_promises
        draft.say("people/consent_noted", due=waiting[0].due_at if waiting else None)


def _note(draft: Draft, words: str) -> None:
    draft.learn(consent=words, consent_at=draft.at)
    draft.actions.append(Remark(what="consent", by="customer", why=words))


def care_for_child(draft: Draft) -> None:
    """Ask a child for nothing: people take over, and a guardian is asked to join (R52)."""
    draft.talk = draft.talk.evolve(heard=())
    draft.learn(minor=True, on_behalf_of="child")
    if draft.case.severity is Severity.SEV4:
        draft.change(severity=Severity.SEV3, severity_why="minor")
    promise = draft.hand_over("minor")
    if not draft.silent:
        guardian = Button("guardian_yes", "speaks_for", GUARDIAN)
        draft.say("people/minor", (guardian,), lane=Lane.FIRST, due=promise.due_at)
    draft.go(Step.WITH_PEOPLE)


def speak_simply(draft: Draft) -> None:
    """Use plain language from now on; `/simple` again goes back. Frail people also get a person (R32)."""
    asked_by_command = isinstance(draft.scene.event, Commanded)
    back = asked_by_command and draft.talk.simple
    draft.talk = draft.talk.evolve(simple=not back)
    draft.answered()
    reading = draft.scene.reading
    frail = reading is not None and reading.may_show(Family.VULNERABLE)
    if frail and draft.case.is_open and not draft.silent:
        promise = draft.hand_over("vulnerable")
        draft.say("answers/simple", back=False, due=promise.due_at)
        draft.go(Step.WITH_PEOPLE)
        return
    draft.say("answers/simple", (HUMAN,), back=back, due=None)


ACTS: Final = (note_consent_of_another, care_for_child, speak_simply)
