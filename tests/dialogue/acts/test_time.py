"""When time passes: nudges, promises near and missed."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.complaint.case import PromiseStatus, Severity, Status
from bot.complaint.events import Due
from tests.dialogue.roads import (
    to_clarifying,
    to_fulfilling,
    to_people,
)
from tests.dialogue.talk_scene import Chat


def replies(chat: Chat, **span: float) -> list[str]:
    """All that is said while time passes."""
    return [name for moment in chat.wait(**span) for name in moment.said]


@pytest.mark.practice("S69", "R34")
def test_silence_is_asked_after_twice_and_then_let_go_with_a_word() -> None:
    """Two gentle words, a summary, and a closed case; never at night."""
    chat = Chat()
    to_clarifying(chat)
    moments = chat.wait(days=9)
    assert [one.said for one in moments] == [["nudge/first"], ["nudge/second"], ["close/no_response"]]
    assert all(9 <= one.event.at.astimezone(chat.rules.clock).hour < 21 for one in moments)
    assert moments[0].reply("nudge/first").fields["question"] == "order_no"
    assert moments[1].case.status is Status.DORMANT
    assert chat.case.status is Status.CLOSED_NO_RESPONSE


def test_who_writes_again_is_not_nudged_for_the_past() -> None:
    """A word in between begins the waiting anew."""
    chat = Chat()
    to_clarifying(chat)
    chat.wait(hours=20)
    chat.command("status")
    assert replies(chat, hours=20) == []


def test_nobody_is_nudged_while_people_owe_the_answer() -> None:
    """Where an answer is promised it is not the complainant's turn."""
    chat = Chat()
    to_people(chat)
    assert (chat.case.no, "nudge") not in chat.timers


@pytest.mark.practice("S69")
def test_a_case_left_for_another_is_nudged_like_any_other_and_closed() -> None:
    """Each of the two cases comes to its end, and neither writes for ever."""
    chat = Chat()
    to_clarifying(chat)
    left = chat.case.no
    chat.command("new")
    said = [
        one.said for one in chat.wait(days=30) if isinstance(one.event, Due) and one.event.case_no == left
    ]
    said = [[name for name in names if not name.startswith("several/")] for names in said]
    assert [names for names in said if names] == [["nudge/first"], ["nudge/second"], ["close/no_response"]]
    assert chat.cases[left].status is Status.CLOSED_NO_RESPONSE


@pytest.mark.practice("S53", "S88")
def test_a_miss_is_told_before_owned_after_and_ever_more_rarely() -> None:
    """Warned at four fifths, owned when missed, severity up one step, promised anew; then less and less often."""
    chat = Chat()
    to_people(chat)
    moments = [one for one in chat.wait(days=3) if one.said]
    assert [one.said for one in moments][:2] == [["people/still_on_it"], ["people/late"]]
    first = moments[1]
    assert first.before is not None
    assert first.case.severity == first.before.severity - 1
    assert first.case.promises[0].warned
    assert first.case.promises[0].status is PromiseStatus.LATE
    assert first.told == ["promise_late"]
    assert first.case.promises[1].owner == "supervisor"
    assert first.case.escalations[0].promise_id == first.case.promises[1].id
    times = [one.event.at for one in moments[1:]]
    gaps = [after - before for before, after in pairwise(times)]
    assert gaps == sorted(gaps)
    assert len(moments) < 8


def test_a_missed_remedy_stays_owed_and_somebody_answers_for_it() -> None:
    """What was to be sent is late; the promise that is new is an answer."""
    chat = Chat()
    to_fulfilling(chat)
    late = next(one for one in chat.wait(days=4) if "people/late" in one.said)
    assert late.case.fulfilments[0].done_at is None
    assert late.case.open_escalation is not None
    assert late.case.open_escalation.reason == "broken_promise"


def test_sev1_is_not_reached_by_a_broken_word() -> None:
    """However often a promise is missed, nobody is called out of bed for it."""
    chat = Chat()
    to_people(chat)
    chat.wait(days=20)
    assert chat.case.severity is Severity.SEV2


@pytest.mark.practice("S53")
def test_after_an_outage_the_miss_is_told_and_no_warning_before_it() -> None:
    """What came due while the house was away is owned once."""
    chat = Chat()
    to_people(chat)
    moments = chat.outage(timedelta(days=1))
    assert next(one.said for one in moments if one.said) == ["people/late"]


@pytest.mark.practice("R33")
def test_while_a_person_speaks_time_says_nothing() -> None:
    """Warnings and misses go to the desk alone."""
    chat = Chat()
    to_people(chat)
    chat.agent("/claim")
    moments = chat.wait(days=2)
    assert [name for one in moments for name in one.said] == []
    assert "promise_near" in [name for one in moments for name in one.told]
    assert "promise_late" in [name for one in moments for name in one.told]


def test_a_timer_of_a_settled_promise_does_nothing() -> None:
    """A warning or a due time that comes for what is kept already is nobody's business."""
    chat = Chat()
    to_people(chat)
    chat.agent("您好，我来看")
    for kind, key in (("promise_near", "near:p1"), ("promise_due", "due:p1"), ("promise_due", "due:p9")):
        event = Due(at=chat.now, chat=chat.case.chat, case_no=chat.case.no, kind=kind, key=key)
        moment = chat.feed(event)
        assert moment.case == moment.before
        assert moment.turn.actions == ()
