"""Consent to be told later what became of an idea (S40, D9)."""

from typing import Final

from bot.complaint.case import Status
from bot.complaint.conversation import Step
from bot.complaint.reading import Intent
from bot.dialogue.acts.surveying import note_contact
from bot.dialogue.draft import Draft


def note_consent(draft: Draft) -> None:
    """Record whether we may write when the idea is taken up (S40). A late answer counts too."""
    if draft.talk.step is Step.CLOSED and not _still_asked(draft):
        draft.notice("press_notice/late")
        return
    agreed = draft.pressed.act != "consent_no" and (
        draft.pressed.act == "consent_yes" or _agreed_in_words(draft)
    )
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    note_contact(draft, agreed=agreed)
    draft.say("suggestion/consent", yes=agreed)
    draft.change(closed_at=draft.case.closed_at or draft.at)
    draft.go(Step.CLOSED)


def _still_asked(draft: Draft) -> bool:
    """The question was left alone, and nothing was said to it since."""
    return draft.case.status is Status.SUGGESTION_LOGGED and draft.talk.contact_at is None


def leave_unanswered(draft: Draft) -> None:
    """No answer came: record a no, and say nothing more."""
    draft.change(closed_at=draft.at, follow_up_consent=False)
    draft.go(Step.CLOSED)


def _agreed_in_words(draft: Draft) -> bool:
    reading = draft.scene.reading
    return reading is not None and Intent.AGREES in reading.intents


ACTS: Final = (note_consent,)
