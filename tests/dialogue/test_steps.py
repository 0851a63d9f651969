"""The table of the talk: nothing in it is missing, idle, out of order, or a way round a rule."""

from collections.abc import Iterator

import pytest

from bot.complaint.conversation import Step
from bot.dialogue.acts import ACTS
from bot.dialogue.machine import OffCourse
from bot.dialogue.presses import ACTS as PRESSES
from bot.dialogue.presses import ALWAYS
from bot.dialogue.steps import ANYWHERE, TRANSITIONS, Move, Signal, move_for
from tests.dialogue.deeds import walk
from tests.dialogue.moment import AGENTS, CUSTOMER, SOMEBODY_ELSE, Moment
from tests.dialogue.promises import PROMISES
from tests.dialogue.roads import ROADS, Road, to_agreement, to_clarifying
from tests.dialogue.talk_scene import Chat

DANGER = (Signal.SELF_HARM, Signal.INJURED, Signal.HAZARD, Signal.EXTORTS, Signal.SECRET)
WISHES = (Signal.NAMES_REMEDY, Signal.CHOOSES)
UNHURRIED = (
    *(Signal.QUIET, Signal.UNHARMED, Signal.SKIPS, Signal.KEEPS_DETAILS),
    *(Signal.ANSWERS, Signal.MENDS, Signal.SPEAKS_FOR),
)
"""What goes on from where the talk stood: a wish named earlier is then settled."""


def rows() -> Iterator[tuple[Step | None, Signal, Move]]:
    """The table, a row at a time."""
    for (step, signal), move in TRANSITIONS.items():
        yield step, signal, move


def test_every_act_of_the_table_exists_and_every_act_is_used() -> None:
    """Table and acts know each other, and nobody else."""
    assert {move.act for _, _, move in rows()} == set(ACTS)


def test_every_step_can_be_reached_by_the_table() -> None:
    """Each step is where the talk begins, where a row leads, or where a person's question puts it."""
    led_to = {step for _, _, move in rows() for step in move.to}
    by_people = {Step.RESOLVING, Step.RETURNING, Step.OFFERED}
    assert led_to | by_people | {Step.OPENING} == set(Step)


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_every_step_is_reached_by_a_talk(road: Road) -> None:
    """Each way leads where it says, and keeps every promise on it."""
    chat = Chat()
    road(chat)
    assert chat.talk.step is ROADS[road]
    for moment in chat.passed:
        for promise in PROMISES:
            promise(moment)


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_whatever_happens_at_a_step_stays_within_its_row(road: Road) -> None:
    """Every single thing that can happen, at every step: the act ends where its row says."""
    for name, moment in walk(road):
        if moment.signal is None:
            continue
        move = move_for(moment.talk_before.step, moment.signal)
        allowed = {moment.talk_before.step, Step.LISTENING, *move.to}
        assert moment.talk.step in allowed, name


def test_the_ways_lead_to_every_step() -> None:
    """No step is left out of these tests."""
    assert set(ROADS.values()) == set(Step)


def test_every_signal_has_a_row_wherever_it_comes() -> None:
    """Whatever happens, wherever the talk stands, there is an act for it."""
    for step in Step:
        for signal in Signal:
            assert move_for(step, signal).act in ACTS


@pytest.mark.practice("S96", "S25")
def test_no_offer_comes_but_from_a_wish() -> None:
    """Only a wish, or going on after one was named, leads to options or to the card (rule 2)."""
    for step, signal, move in rows():
        if {Step.PROPOSING, Step.AGREEMENT} & set(move.to):
            assert signal in (*WISHES, *UNHURRIED), (step, signal)
            assert step is not ANYWHERE, signal


@pytest.mark.practice("S95")
def test_only_a_yes_to_the_card_leads_to_fulfilling() -> None:
    """Rule 6: one row, from the card, by an explicit yes; those who are there already may stay, or come back."""
    into = [(step, signal) for step, signal, move in rows() if Step.FULFILLING in move.to]
    back = (Step.RETURNING, Signal.AGREES)
    assert [row for row in into if row[0] is not Step.FULFILLING and row != back] == [
        (Step.AGREEMENT, Signal.AGREES)
    ]


@pytest.mark.practice("R27", "R26", "S32")
def test_danger_is_heard_anywhere_and_ends_at_a_person() -> None:
    """Rules 3 and 4: there is a row for anywhere, and no row for danger that does not lead to people."""
    for signal in (*DANGER, Signal.WANTS_PERSON, Signal.JOURNALIST):
        assert (ANYWHERE, signal) in TRANSITIONS
        assert all(Step.WITH_PEOPLE in move.to for _, other, move in rows() if other is signal)


def test_no_button_says_what_the_table_does_not_know() -> None:
    """Every press that means something at all means a signal with a row."""
    for signal in {*PRESSES.values(), *ALWAYS.values()}:
        assert any(other is signal for _, other, _ in rows())


def test_an_act_that_leaves_the_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an act ends at a step that its row does not name, nothing may be written."""
    chat = Chat()
    to_clarifying(chat)
    monkeypatch.setitem(TRANSITIONS, (ANYWHERE, Signal.ASKS_NEW), Move("open_another", (Step.CLOSED,)))
    with pytest.raises(OffCourse, match="open_another: opening to listening"):
        chat.command("new")


def test_two_yeses_to_one_card_agree_once() -> None:
    """A doubled press is late the second time, and changes nothing."""
    chat = Chat()
    to_agreement(chat)
    yes = chat.last[0]
    first: Moment = chat.press_data(yes)
    second = chat.press_data(yes)
    assert first.case.agreement is not None
    assert second.case == first.case
    assert second.said == []


def test_a_press_of_somebody_else_is_refused() -> None:
    """A button works for the complainant in whose chat it stands, and for nobody else."""
    chat = Chat()
    to_agreement(chat)
    for other in (SOMEBODY_ELSE, *AGENTS):
        moment = chat.press_data(chat.last[0], other)
        assert moment.signal is Signal.FOREIGN_PRESS
        assert moment.case.agreement is None
    assert chat.press_data(chat.last[0], CUSTOMER).case.agreement is not None
