"""The survey: handling and outcome apart, asked once, a refusal is final (R19, R34).

One question a message, and each can be skipped: handling, outcome, whether they would buy again, then in turns a
free word, whether they would recommend us or how easy it was, and, if they were never asked, whether we may write
later (S40). After a poor score: what was missing, and whether somebody else shall look at it; those who decline are
asked one of the last questions too, since answers of contented complainants alone would mislead (S105).
"""

import re
from math import ceil
from typing import Final

from bot.complaint.actions import Button, SetTimer
from bot.complaint.case import Survey
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.dialogue.acts.closing import reopen, reopen_as_told
from bot.dialogue.coming_back import says_undone
from bot.dialogue.draft import SKIP, Draft
from bot.policy.following_up import ask_at
from bot.policy.surveys import Last

SCORES: Final = range(1, 6)
POOR: Final = 2
"""A score this low, or lower, asks what was missing."""
BUY: Final = {"yes": True, "no": False, "unsure": None}
SCALES: Final = {"handling": SCORES, "outcome": SCORES, "recommend": range(11), "ease": range(1, 8)}
"""The questions answered with a number, and the range of each."""
SIGNS: Final = {"h": "handling", "o": "outcome", "r": "recommend", "e": "ease"}
"""The letter before a number on a button."""
TAPS: Final = {
    "buy": tuple(BUY),
    "score": tuple(f"{sign}{n}" for sign, question in SIGNS.items() for n in SCALES[question]),
}
"""All that the buttons say; whatever else comes was made up by somebody's own program."""
A_SCORE: Final = re.compile(r"(\d{1,2})\D?")
A_ROW: Final = 7
"""More numbers do not fit beside each other on a phone."""
LONGEST: Final = 500
ANSWERS_TO: Final = {
    "look_yes": "look_again",
    "look_no": "look_again",
    "consent_yes": "later",
    "consent_no": "later",
}
"""The one question that a yes or no of the buttons answers."""
CONSENT: Final = (Button("consent_yes", "consent_yes"), Button("consent_no", "consent_no"))


def ask_scores(draft: Draft) -> None:
    """The first question, the handling: now, in the morning, when nothing else is in hand, or never."""
    draft.go(Step.CLOSED)
    when = ask_at(draft.rules, draft.case, draft.talk, draft.situation.other_cases, draft.at)
    if when is None:
        return
    if when > draft.at:
        draft.actions.append(SetTimer(kind="survey", key="survey", due=when))
        return
    draft.sleep_on("survey")
    draft.change(surveys=(*draft.case.surveys, Survey(asked_at=draft.at)))
    _ask(draft, "handling", "survey/ask", _scores("s", "h"), (SKIP, Button("no_survey", "no_survey")))


def ask_how_it_was(draft: Draft) -> None:
    """What could not be asked at once is asked now, if it still may be."""
    if not draft.case.is_open:
        ask_scores(draft)


def _ask(draft: Draft, question: str, reply: str, *rows: tuple[Button, ...]) -> None:
    draft.say(reply, *rows, ask=question)
    draft.go_asking(Step.SURVEY, question)


def _scores(label: str, which: str) -> tuple[Button, ...]:
    return tuple(Button(f"{label}{n}", "score", f"{which}{n}") for n in SCORES)


def _go_on(draft: Draft, asked: str | None) -> None:
    """The question after this one."""
    match asked:
        case "handling":
            _ask(draft, "outcome", "survey/outcome", _scores("o", "o"), (SKIP,))
        case "outcome" if _is_poor(draft):
            _ask(draft, "missing", "survey/missing", (SKIP,))
        case "outcome":
            _ask_to_buy(draft)
        case "missing":
            _offer_a_look(draft)
        case "look_again" if _is_poor(draft):
            _ask_in_turn(draft)
        case "buy" if not _is_poor(draft):
            _ask_in_turn(draft)
        case "word" | "recommend" | "ease" if _may_ask_for_consent(draft):
            _ask(draft, "later", "survey/later", CONSENT)
        case _:
            _thank(draft)


def _ask_to_buy(draft: Draft) -> None:
    _ask(draft, "buy", "survey/again", tuple(Button(f"buy_{one}", "buy", one) for one in BUY), (SKIP,))


def _ask_in_turn(draft: Draft) -> None:
    """The last question, whichever is theirs; who wrote what was missing has had their word."""
    before = sum(bool(one.surveys) for one in draft.situation.other_cases if one.no != draft.case.no)
    match draft.rules.survey.turn(draft.case.customer.id + before):
        case Last.RECOMMEND:
            _ask(draft, "recommend", "survey/recommend", *_numbers("r"), (SKIP,))
        case Last.EASE:
            _ask(draft, "ease", "survey/ease", *_numbers("e"), (SKIP,))
        case _ if _is_poor(draft):
            _ask_to_buy(draft)
        case _:
            _ask(draft, "word", "survey/word", (SKIP,))


def _numbers(sign: str) -> tuple[tuple[Button, ...], ...]:
    """A scale in rows that a thumb can hit, as even as they can be."""
    keys = [Button(f"n{n}", "score", f"{sign}{n}") for n in SCALES[SIGNS[sign]]]
    length = ceil(len(keys) / ceil(len(keys) / A_ROW))
    return tuple(tuple(keys[at : at + length]) for at in range(0, len(keys), length))


def _may_ask_for_consent(draft: Draft) -> bool:
    asked = draft.talk.contact_at is not None or draft.case.follow_up_consent
    return not asked and not _is_poor(draft)


def _is_poor(draft: Draft) -> bool:
    survey = draft.case.surveys[-1]
    return min(survey.handling or POOR + 1, survey.outcome or POOR + 1) <= POOR


def _offer_a_look(draft: Draft) -> None:
    """After a poor score: offer to reopen; only a yes does."""
    _ask(
        draft,
        "look_again",
        "survey/look_again",
        (Button("look_yes", "look_yes"), Button("look_no", "look_no")),
    )


def _thank(draft: Draft) -> None:
    draft.say("survey/thanks", score=draft.case.surveys[-1].handling if draft.case.surveys else None)
    draft.go(Step.CLOSED)


def take_score(draft: Draft) -> None:
    """One tap: a score, or whether they would buy again."""
    act, value = draft.pressed.act, draft.pressed.value
    if not draft.case.surveys or value not in TAPS.get(act, ()):
        draft.notice("press_notice/late")
        return
    _taken(draft)
    if act == "buy":
        _note(draft, would_buy_again=BUY[value], unsure=value == "unsure")
        _go_on(draft, "buy")
    else:
        _note_score(draft, SIGNS[value[0]], int(value[1:]))


def _note_score(draft: Draft, question: str, score: int) -> None:
    _note(draft, **{question: score})
    _go_on(draft, question)


def _taken(draft: Draft) -> None:
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())


def _note(draft: Draft, **answers: object) -> None:
    last = replace(draft.case.surveys[-1], **answers)  # type: ignore[arg-type]
    draft.change(surveys=(*draft.case.surveys[:-1], last))
    if draft.case.at_desk:
        draft.show_card()


def pass_over(draft: Draft) -> None:
    """Skip this question for good, and go on to the next."""
    _taken(draft)
    _go_on(draft, draft.talk.asked)


def take_yes(draft: Draft) -> None:
    """Yes to whatever was asked."""
    asked = draft.talk.asked
    if _is_beside(draft):
        draft.notice("press_notice/late")
    elif asked == "look_again":
        _taken(draft)
        reopen(draft, "poor_score")
        draft.say("survey/poor", due=draft.answer_due, team=draft.team)
    elif asked == "buy":
        _taken(draft)
        _note(draft, would_buy_again=True)
        _go_on(draft, asked)
    elif asked == "later":
        _answer_later(draft, agreed=True)
    else:
        note_free_word(draft)


def take_no(draft: Draft) -> None:
    """No to whatever was asked; a no to the scores ends the questions, a no to a word skips it."""
    asked = draft.talk.asked
    if _is_beside(draft):
        draft.notice("press_notice/late")
    elif asked == "later":
        _answer_later(draft, agreed=False)
    elif asked in ("handling", "outcome"):
        leave_in_peace(draft)
    else:
        if asked == "buy":
            _note(draft, would_buy_again=False)
        pass_over(draft)


def _is_beside(draft: Draft) -> bool:
    """A button that belongs to another question than the open one."""
    return bool(draft.pressed.act) and ANSWERS_TO.get(draft.pressed.act) != draft.talk.asked


def _answer_later(draft: Draft, *, agreed: bool) -> None:
    _taken(draft)
    note_contact(draft, agreed=agreed)
    _thank(draft)


def note_contact(draft: Draft, *, agreed: bool) -> None:
    """Record with its date whether we may write later, for every case of theirs (S40)."""
    draft.talk = draft.talk.evolve(contact=agreed, contact_at=draft.at)
    draft.change(follow_up_consent=agreed, follow_up_at=draft.at)


def leave_in_peace(draft: Draft) -> None:
    """They want no surveys and no news any more; open matters go on (S40)."""
    _taken(draft)
    if draft.talk.step is Step.SURVEY and draft.case.surveys:
        _note(draft, refused=True)
    draft.talk = draft.talk.evolve(no_surveys=True)
    draft.sleep_on("survey")
    note_contact(draft, agreed=False)
    if draft.silent:
        # whoever holds the case answers; what is told here is what holds from now on
        draft.tell("wants_peace")
        return
    draft.say("survey/stopped", open=draft.case.is_open, asked=draft.talk.step is Step.CLARIFYING)
    if draft.talk.step is Step.SURVEY:
        draft.go(Step.CLOSED)


def note_free_word(draft: Draft) -> None:
    """Keep words as the survey's free text; real trouble reopens the case."""
    reading, asked = draft.scene.reading, draft.talk.asked
    text = " ".join(one.text for one in draft.talk.heard).strip()
    troubled = reading is not None and reading.is_complaint
    invited = asked in ("missing", *Last)
    if says_undone(draft) or (reading is not None and (reading.happened_again or (troubled and not invited))):
        reopen_as_told(draft)
        return
    draft.talk = draft.talk.evolve(heard=())
    score = A_SCORE.fullmatch(text)
    if score and asked in SCALES and int(score[1]) in SCALES[asked]:
        _note_score(draft, asked, int(score[1]))
        return
    if draft.case.surveys and text:
        before = draft.case.surveys[-1].words
        _note(draft, words=f"{before} {text}".strip()[:LONGEST])
    if asked == "missing" or (troubled and invited):
        _offer_a_look(draft)
    elif asked in tuple(Last):
        _go_on(draft, asked)
    else:
        _thank(draft)


ACTS: Final = (ask_how_it_was, take_score, pass_over, take_yes, take_no, leave_in_peace, note_free_word)
