"""What they thought of it: handling and outcome apart, asked once, a refusal respected (R19, R34)."""

from dataclasses import replace
from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Survey
from bot.complaint.conversation import Step
from bot.dialogue.acts.closing import reopen
from bot.dialogue.draft import Draft

SCORES: Final = range(1, 6)
POOR: Final = 2
"""A score this low, or lower, reopens the case."""
BUY: Final = ("yes", "no", "unsure")
TAPS: Final = {"buy": BUY, "score": tuple(f"{which}{n}" for which in "ho" for n in SCORES)}
"""All that the buttons say; whatever else comes was made up by somebody's own program."""


def ask_scores(draft: Draft) -> None:
    """The first of three taps: the handling."""
    draft.change(surveys=(*draft.case.surveys, Survey(asked_at=draft.at)))
    draft.say("survey/ask", tuple(Button(f"s{n}", "score", f"h{n}") for n in SCORES))
    draft.go(Step.SURVEY)


def take_score(draft: Draft) -> None:
    """One tap of the three; a poor one brings people back instead of the next question."""
    act, value = draft.pressed.act, draft.pressed.value
    if not draft.case.surveys or value not in TAPS.get(act, ()):
        draft.notice("press_notice/late")
        return
    draft.notice("press_notice/noted")
    draft.strip()
    if act == "buy":
        _note(draft, would_buy_again={"yes": True, "no": False}.get(value))
        draft.say("survey/thanks", score=draft.case.surveys[-1].handling)
        draft.go(Step.CLOSED)
    elif value.startswith("h"):
        _note(draft, handling=int(value[1:]))
        draft.say("survey/outcome", tuple(Button(f"o{n}", "score", f"o{n}") for n in SCORES))
    else:
        _note(draft, outcome=int(value[1:]))
        _after_outcome(draft)


def _after_outcome(draft: Draft) -> None:
    survey = draft.case.surveys[-1]
    if min(survey.handling or POOR + 1, survey.outcome or POOR + 1) <= POOR:
        reopen(draft, "poor_score")
        draft.say("survey/poor", due=draft.answer_due, team=draft.team)
        return
    draft.say("survey/again", tuple(Button(f"buy_{one}", "buy", one) for one in BUY))


def _note(draft: Draft, **answers: object) -> None:
    last = replace(draft.case.surveys[-1], **answers)  # type: ignore[arg-type]
    draft.change(surveys=(*draft.case.surveys[:-1], last))
    if draft.case.at_desk:
        draft.show_card()


def note_free_word(draft: Draft) -> None:
    """Words instead of a score are kept as the survey's free word; real trouble opens the case again."""
    reading = draft.scene.reading
    text = " ".join(one.text for one in draft.talk.heard).strip()
    draft.talk = draft.talk.evolve(heard=())
    if reading is not None and (reading.is_complaint or reading.happened_again):
        reopen(draft, "reopened")
        draft.say("people/reopened", due=draft.answer_due, team=draft.team)
        return
    if draft.case.surveys:
        _note(draft, words=text[:500])
    draft.say("survey/thanks", score=None)
    draft.go(Step.CLOSED)


ACTS: Final = (take_score, note_free_word)
