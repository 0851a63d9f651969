"""Properties of every press and every answer: acknowledged, worded, and given once."""

from typing import Final

from bot.complaint.actions import AnswerPress, ShowTyping, StripButtons, Tell
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerWrote, Pressed
from bot.dialogue.steps import Signal
from tests.dialogue.moment import Moment
from tests.furniture import the_catalogue

WORKING: Final = (
    Signal.SELF_HARM,
    Signal.INJURED,
    Signal.EXTORTS,
    Signal.SECRET,
    Signal.WANTS_PERSON,
    Signal.UNHARMED,
    Signal.SKIPS,
    Signal.ANSWERS,
    Signal.AGREES,
    Signal.DECLINES,
    Signal.NAMES_REMEDY,
    Signal.CHOOSES,
    Signal.WAITS,
)
"""What settles something, and is then over."""


def a_stray_press_changes_nothing(moment: Moment) -> None:
    """A press that is late, doubled or somebody else's changes nothing: there is a notice, and that is all."""
    if moment.signal not in (Signal.LATE_PRESS, Signal.FOREIGN_PRESS):
        return
    assert moment.turn.case == moment.before
    assert moment.turn.conversation == moment.talk_before
    assert [type(one).__name__ for one in moment.turn.actions if type(one).__name__ != "CancelTimer"] in (
        ["AnswerPress"],
        ["AnswerPress", "SetTimer"],
    )
    assert moment.said == []


def every_line_has_its_words(moment: Moment) -> None:
    """Notices on the screen and lines for the desk have words, in the language of the talk."""
    for one in moment.all(AnswerPress):
        if one.name is not None:
            at_desk = one.name.startswith("desk/")
            name = one.name.removeprefix("desk/")
            assert the_catalogue().page(name, moment.talk.language, desk=at_desk) is not None
    for told in moment.all(Tell):
        assert (
            the_catalogue().page(told.name.removeprefix("desk/"), moment.talk.language, desk=True) is not None
        )


def a_press_that_works_is_seen_to_work(moment: Moment) -> None:
    """Every press is answered once; one that did its work says so, and its buttons go."""
    if not isinstance(moment.event, Pressed) or moment.signal in (Signal.LATE_PRESS, Signal.FOREIGN_PRESS):
        return
    answers = [one.name for one in moment.all(AnswerPress)]
    assert len(answers) == 1
    if answers == ["press_notice/noted"] and moment.signal is not Signal.WITHDRAWS:
        assert len(moment.all(StripButtons)) == 1
    if moment.before is None or moment.case.no != moment.before.no:
        return
    gathered = ShowTyping() in moment.turn.actions or moment.talk.step is Step.SAFETY
    if moment.signal in WORKING and moment.talk.step is not moment.talk_before.step and not gathered:
        assert answers in (["press_notice/noted"], ["press_notice/done"])
        assert len(moment.all(StripButtons)) == 1


def what_was_answered_waits_no_longer(moment: Moment) -> None:
    """At the end of a burst, and after words that were answered at once, nothing is left to be answered again."""
    at_once = isinstance(moment.event, CustomerWrote) and moment.signal in WORKING
    if moment.signal is Signal.QUIET or (at_once and moment.talk.step is not moment.talk_before.step):
        assert moment.talk.heard == ()
