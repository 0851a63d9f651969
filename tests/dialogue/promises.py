"""Properties that hold after every step of every talk, one function each."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

import msgspec

from bot.complaint.case import Case, Control, Level, PromiseStatus, Severity
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import AgentWrote, Commanded, CustomerEdited, CustomerWrote, Due, Pressed
from bot.complaint.reading import Family, Reading
from bot.desk import ACTS
from bot.dialogue.offered import ANSWERS as OFFER_ANSWERS
from bot.dialogue.presses import ALWAYS, read_press
from bot.dialogue.steps import Signal
from bot.reading.offers import accepts
from bot.wording.space import plain
from tests.dialogue.answering import (
    a_press_that_works_is_seen_to_work,
    a_stray_press_changes_nothing,
    every_line_has_its_words,
    what_was_answered_waits_no_longer,
)
from tests.dialogue.beside import words_about_another_case_name_it
from tests.dialogue.moment import Moment
from tests.dialogue.pool import PLAIN_YES
from tests.dialogue.talk_scene import Chat
from tests.furniture import the_catalogue

T = TypeVar("T")

QUOTED: Final = re.compile(r"“[^”]*”|「[^」]*」|<blockquote>.*?</blockquote>", re.DOTALL)
QUESTION: Final = re.compile(r"[？?]")
MOST_ASKED: Final = 2
MOST_UNASKED: Final = 6
MOST_IN_DANGER: Final = 8
"""Whoever is hurt hears every four hours until somebody has them: that many in a day, and what its clocks add."""
MOST_NUDGES: Final = 2
DAY: Final = timedelta(days=1)
A_MOMENT: Final = timedelta(seconds=5)
"""Between the time of a timer and the turn that it brings, other events may still be worked."""
DANGERS: Final = (Family.INJURY, Family.SELF_HARM)
MAY_BE_ANSWERED: Final = (Step.RESOLVING, Step.RETURNING, Step.WITHDRAWING)
"""The questions of the person who has the case, and the one that the complainant's own command brings."""
OFFER_STEPS: Final = (Step.PROPOSING, Step.AGREEMENT)


def within_authority(moment: Moment) -> None:
    """Every offer of this turn is within the bot's own authority, beside all that was offered before."""
    # the ladder's own guard stands before the scene; here is what it must never have let through
    if moment.turn.case is None:
        return
    known = {one.id for one in moment.before.offers} if moment.before else set()
    for offer in moment.turn.case.offers:
        if offer.id not in known and offer.level is Level.BOT:
            assert offer.worth <= 300_00, "more than refund, goods and goodwill of the bot together"
            assert offer.refund <= 200_00


def a_told_time_has_its_row(moment: Moment) -> None:
    """A reply that commits us to a time has an open promise of exactly this time, or a card to say yes to."""
    for say in moment.says:
        page = the_catalogue().page(say.name, moment.talk.language)
        due = say.fields.get("due")
        if due is None or not page.front.promise:
            continue
        if say.name in ("agreement/card", "offer/card"):
            assert any(one.state == "chosen" for one in moment.case.offers)
        else:
            assert due in [one.due_at for one in moment.case.open_promises], say.name


def a_told_time_lies_ahead(moment: Moment) -> None:
    """No reply tells a time that has already gone by as the time of what is still to come."""
    if isinstance(moment.event, AgentWrote):
        return
    for say in moment.says:
        page = the_catalogue().page(say.name, moment.talk.language)
        due = say.fields.get("due")
        if due is not None and page.front.promise:
            assert isinstance(due, datetime)
            assert due > moment.event.at - A_MOMENT, say.name


def one_question_at_a_time(moment: Moment) -> None:
    """No message, and no turn, asks two questions."""
    asked = [len(QUESTION.findall(plain(QUOTED.sub("", words)))) for words in moment.words]
    assert sum(asked) <= 1, (moment.said, moment.words)


def danger_has_people(moment: Moment) -> None:
    """Whoever speaks of harm, danger, death or extortion has a person on it when the turn ends."""
    reading = moment.reading
    if reading is None or not isinstance(moment.event, CustomerWrote | CustomerEdited):
        return
    if not _in_danger(reading):
        return
    case = moment.case
    assert case.control is Control.HUMAN or case.open_escalation is not None
    assert case.is_open


def _in_danger(reading: Reading) -> bool:
    return reading.shows(*DANGERS) or reading.shows(Family.EXTORTION) or reading.hazard


def one_hand_over(moment: Moment) -> None:
    """At most one hand-over is open; its promise is open too; and a case that waits has one."""
    case = moment.turn.case
    if case is None:
        return
    waiting = [one for one in case.escalations if one.open]
    assert len(waiting) <= 1
    if waiting:
        owed = [one for one in case.open_promises if one.id == waiting[0].promise_id]
        assert owed, "the hand-over that waits has no open promise"
    if case.control is Control.QUEUED:
        assert waiting, "it waits for people, and nobody was asked"


def every_word_leaves_a_trace(moment: Moment) -> None:
    """Whatever the complainant writes is on a case."""
    if not isinstance(moment.event, CustomerWrote):
        return
    case = moment.turn.case
    assert case is not None
    if moment.event.media is not None:
        assert moment.event.message in [one.message for one in case.evidence]


def severity_never_falls(moment: Moment) -> None:
    """The bot only ever makes a case more urgent."""
    case, before = moment.turn.case, moment.before
    if case is None or before is None or case.no != before.no or isinstance(moment.event, AgentWrote):
        return
    assert case.severity <= before.severity


def silent_while_a_person_holds(moment: Moment) -> None:
    """While a person has the case the bot answers commands, and the yes or no to that person's own question."""
    before, event = moment.before, moment.event
    if before is None or before.control is not Control.HUMAN or isinstance(event, AgentWrote):
        return
    if isinstance(event, Commanded) or (isinstance(event, Due) and event.kind in ACTS.dues):
        return  # asked for, or what the desk itself has set going
    press = read_press(event.data) if isinstance(event, Pressed) else None
    if press is not None and press.act in (*ALWAYS, "withdraw", "link_other"):
        return  # a command as a button
    if moment.signal in OFFER_ANSWERS.values():
        return  # the yes or no to what that person offers
    answers = moment.signal in (Signal.AGREES, Signal.DECLINES)
    if answers and moment.talk_before.step in MAY_BE_ANSWERED:
        return
    if isinstance(event, Due) and event.kind == "nudge" and moment.talk_before.step is Step.RESOLVING:
        return  # that person's own question, brought to mind
    assert moment.said == []


def no_question_three_times(moment: Moment) -> None:
    """No question is put more than twice in a case."""
    for question, times in moment.talk.asked_count:
        if question in ("agree", "choice", "withdraw", "wish", "settled", "back", "arrived"):
            continue  # a card, a list, a yes or no stand for another thing each time
        assert times <= MOST_ASKED, question


def no_offer_before_a_wish(moment: Moment) -> None:
    """Nothing is offered before the complainant has named a wish, or was asked for one."""
    case = moment.turn.case
    if case is None or not any(one.level is Level.BOT for one in case.offers):
        return
    assert case.wishes, "an offer, and no wish"


def nothing_owed_when_closed(moment: Moment) -> None:
    """A closed case has no open promise, no hand-over that waits, and nobody who holds it."""
    case = moment.turn.case
    if case is None or case.is_open:
        return
    assert case.open_promises == ()
    assert case.open_escalation is None
    assert case.control is Control.BOT
    assert case.holder is None


def agreed_by_a_yes(moment: Moment) -> None:
    """An agreement comes of an explicit yes to a card, and of nothing else."""
    case, before = moment.turn.case, moment.before
    if case is None or case.agreement is None:
        return
    if before is not None and before.no == case.no and before.agreement == case.agreement:
        return
    if before is not None and len(case.merged) > len(before.merged):
        return  # it was said to the case that has become a part of this one
    if moment.signal is Signal.TAKES_OFFER:
        assert moment.before is not None
        assert [one.state for one in moment.before.offers if one.id == case.agreement.offer_id] == ["chosen"]
        assert not isinstance(moment.event, CustomerWrote) or accepts(moment.event.text)
        return
    assert moment.signal is Signal.AGREES
    assert moment.talk_before.step is Step.AGREEMENT
    assert moment.talk_before.said.count("agreement/card") == 1
    if isinstance(moment.event, CustomerWrote):
        assert moment.event.text in PLAIN_YES


def survives_the_store(moment: Moment) -> None:
    """Case and talk come back from the store as they were."""
    if moment.turn.case is not None:
        assert _kept(moment.turn.case, Case) == moment.turn.case
    assert _kept(moment.talk, Conversation) == moment.talk


def _kept(value: T, kind: type[T]) -> T:
    return msgspec.json.decode(msgspec.json.encode(value), type=kind)


def late_promises_are_owned(moment: Moment) -> None:
    """No promise ends as if nothing had been: what is late was settled, and something took its place."""
    case = moment.turn.case
    if case is None:
        return
    for one in case.promises:
        assert (one.settled_at is None) is (one.status is PromiseStatus.OPEN)


def sev1_has_people(moment: Moment) -> None:
    """A case that weighs SEV1 has people on it for as long as it is open, unless they gave it back."""
    case = moment.turn.case
    if case is None or not case.is_open or case.severity is not Severity.SEV1:
        return
    assert case.escalations or case.control is Control.HUMAN


def nobody_is_pestered(chat: Chat) -> None:
    """In a day of silence at most six messages come unasked for one case, eight in danger; no nudge comes thrice."""
    unasked: dict[str, list[datetime]] = {}
    nudges: dict[str, int] = {}
    grave = {
        one.turn.case.no for one in chat.passed if one.turn.case and one.turn.case.severity is Severity.SEV1
    }
    for moment in chat.passed:
        event = moment.event
        if not isinstance(event, Due):
            unasked, nudges = {}, {}
        elif event.kind != "quiet":
            said = unasked.setdefault(event.case_no, [])
            # which case it is about stands in one message with what is said about it
            said += [event.at for one in moment.said if one != "several/heading"]
            nudges[event.case_no] = nudges.get(event.case_no, 0) + sum("nudge" in one for one in moment.said)
    for no, said in unasked.items():
        most = MOST_IN_DANGER if no in grave else MOST_UNASKED
        for place, first in enumerate(said):
            assert sum(one < first + DAY for one in said[place:]) <= most
    assert all(count <= MOST_NUDGES for count in nudges.values())


Promised = Callable[[Moment], None]

PROMISES: Final[tuple[Promised, ...]] = (
    within_authority,
    a_told_time_has_its_row,
    a_told_time_lies_ahead,
    one_question_at_a_time,
    danger_has_people,
    one_hand_over,
    every_word_leaves_a_trace,
    severity_never_falls,
    silent_while_a_person_holds,
    no_question_three_times,
    no_offer_before_a_wish,
    a_stray_press_changes_nothing,
    nothing_owed_when_closed,
    agreed_by_a_yes,
    survives_the_store,
    late_promises_are_owned,
    every_line_has_its_words,
    a_press_that_works_is_seen_to_work,
    what_was_answered_waits_no_longer,
    sev1_has_people,
    words_about_another_case_name_it,
)
