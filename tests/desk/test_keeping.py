"""When the card of a case is edited: what is urgent at once, the rest together."""

from datetime import datetime, timedelta

import pytest

from bot.complaint.actions import CancelTimer, SetTimer, ShowCard, Situation, Turn
from bot.complaint.case import Case, Control, Flag, Severity, Status
from bot.complaint.events import Due, Event, TopicChanged
from bot.complaint.reading import Family
from bot.desk import at_its_time, followed
from bot.policy.rules import Rules
from tests.desk.desk_scene import (
    DESK,
    LI,
    NO,
    NOW,
    RULES,
    THREAD,
    WANG,
    a_talk,
    held_case,
    of,
    waiting_case,
    wrote,
)

SOON, LATER = timedelta(minutes=2), timedelta(minutes=30)
HURT = Flag(family=Family.INJURY, cue="烫伤", at=NOW)


def _shown(
    before: Case | None, after: Case, *, at: datetime = NOW, event: Event | None = None, rules: Rules = RULES
) -> Turn:
    """What becomes of a turn that shows the card."""
    turn = Turn(conversation=None, case=after, actions=(ShowCard(),))
    return followed(turn, before, event or wrote("好"), rules=rules, desk_of=lambda _queue: None, at=at)


def _due(turn: Turn) -> datetime | None:
    """When the card will be edited; None if it is edited in this turn."""
    assert bool(of(turn, ShowCard)) is not any(one.kind == "card" for one in of(turn, SetTimer))
    return next((one.due for one in of(turn, SetTimer) if one.kind == "card"), None)


def test_what_a_holder_does_is_shown_with_what_they_do_next() -> None:
    """Several changes within half an hour are one edit, and its time is not put off by the later ones."""
    held = held_case()
    first = _shown(held, held.evolve(finding="底座虚焊"))
    assert _due(first) == NOW + LATER
    assert first.case is not None
    second = _shown(first.case, first.case.evolve(prevention="加测"), at=NOW + SOON)
    assert not of(second, ShowCard)
    assert not of(second, SetTimer)
    assert second.case is not None
    assert second.case.card_due == NOW + LATER


def test_who_looks_for_a_case_reads_a_card_of_these_minutes() -> None:
    """While nobody has it a change is shown within two minutes, and so is that somebody has given it back."""
    waiting = waiting_case()
    assert _due(_shown(waiting, waiting.evolve(story=("又坏了",)))) == NOW + SOON
    held = held_case(card_due=NOW + LATER)
    given_back = held.evolve(holder=None, control=Control.QUEUED)
    assert _due(_shown(held, given_back)) == NOW + SOON


@pytest.mark.practice("S2", "R31")
@pytest.mark.parametrize(
    "changes",
    [
        {"severity": Severity.SEV2},
        {"flags": (HURT,)},
        {"holder": WANG},
        {"status": Status.CLOSED, "closed_at": NOW, "control": Control.BOT, "holder": None},
        {"merged": (NO,)},
    ],
    ids=["graver", "danger", "another", "closed", "merged"],
)
def test_danger_and_who_takes_it_are_shown_at_once(changes: dict[str, object]) -> None:
    """The edit carries all that waited, and the timer that would have shown it is gone."""
    before = held_case(card_due=NOW + LATER)
    turn = _shown(before, before.evolve(**changes))
    assert _due(turn) is None
    assert turn.case is not None
    assert turn.case.card_due is None
    assert [one.key for one in of(turn, CancelTimer)] == ["card"]


def test_a_case_in_danger_waits_for_nothing() -> None:
    """Every change of a grave case is an edit of its own."""
    grave = held_case(severity=Severity.SEV1)
    assert _due(_shown(grave, grave.evolve(finding="漏电"))) is None


def test_a_new_topic_gets_its_card_whatever_has_changed() -> None:
    """A topic that was deleted by hand is opened again with its card."""
    held = held_case()
    again = TopicChanged(at=NOW, chat=DESK, thread=THREAD, change="recreated")
    assert _due(_shown(held, held, event=again)) is None
    assert _due(_shown(None, held)) is None


def test_when_its_time_comes_the_card_is_edited_once() -> None:
    """The timer edits the card in its turn and leaves none behind."""
    before = held_case(card_due=NOW, holder=LI)
    event = Due(at=NOW, chat=before.chat, case_no=NO, kind="card", key="card")
    turn = at_its_time(event, before, a_talk(), rules=RULES, situation=Situation(now=NOW, fresh_case_no=NO))
    shown = followed(turn, before, event, rules=RULES, desk_of=lambda _queue: None, at=NOW)
    assert _due(shown) is None
    assert shown.case is not None
    assert shown.case.card_due is None
