"""A customer accuses the very colleague who has their case: it goes to others at once."""

from datetime import timedelta

import pytest

from bot.complaint.actions import Remark, Tell, Turn
from bot.complaint.case import Case, Control, Person, Queue, Severity
from bot.complaint.colleagues import Colleague, Role, Roster
from bot.complaint.ids import UserId
from bot.desk import accuses, summoned, without_accused
from tests.desk.desk_scene import NOW, RULES, a_talk, done_to, held_case, of, said, situation, told

LIN = Person(id=UserId(11), name="林晓")
HEAD = Colleague(id=UserId(14), name="陈岚", role=Role.SUPERVISOR)
ROSTER = Roster({LIN.id: Colleague(id=LIN.id, name=LIN.name), HEAD.id: HEAD})


def _after(*story: str, **changes: object) -> Turn:
    case = held_case(holder=LIN, story=story, **changes)
    before = Turn(conversation=a_talk(), case=case)
    return without_accused(before, ROSTER, RULES, situation()) if accuses(case) else before


@pytest.mark.practice("R7", "R58", "S53")
def test_whoever_is_accused_by_name_has_the_case_no_more() -> None:
    """It waits with those who look into such matters, the customer is told by when, and supervisors are called."""
    turn = _after("壶不通电", "你们客服林晓还偷拍我")
    case = done_to(turn)
    assert (case.queue, case.control, case.holder, case.about) == (
        Queue.CONDUCT,
        Control.QUEUED,
        None,
        (LIN.id,),
    )
    assert (case.severity, case.severity_why) == (Severity.SEV2, "misconduct")
    assert said(turn) == ["people/released"]
    assert [(one.name, one.calls) for one in of(turn, Tell)] == [("about_set", (HEAD,))]
    (owed,) = case.open_promises
    assert NOW < owed.due_at <= NOW + timedelta(days=1)
    assert "about" in [one.what for one in of(turn, Remark)]


@pytest.mark.practice("R7")
def test_a_graver_queue_keeps_the_case() -> None:
    """Danger stays with safety; only its holder changes."""
    case = done_to(_after("客服林晓偷拍我", queue=Queue.SAFETY, severity=Severity.SEV1))
    assert (case.queue, case.severity, case.holder) == (Queue.SAFETY, Severity.SEV1, None)


@pytest.mark.parametrize(
    "story",
    [
        ("你们店员偷拍我",),
        ("送货的骚扰我", "林晓你管不管"),
        ("林晓态度很差",),
        ("林晓帮我换了新的",),
    ],
)
def test_who_is_only_spoken_to_keeps_it(story: tuple[str, ...]) -> None:
    """A name in other words accuses nobody, and neither does a complaint about somebody unnamed."""
    assert done_to(_after(*story)).holder == LIN


def test_who_looks_into_it_may_be_called_by_name() -> None:
    """Whoever has the case is spoken to; that a customer writes their name takes nothing from them."""
    case = held_case(
        holder=Person(id=HEAD.id, name=HEAD.name),
        queue=Queue.CONDUCT,
        story=("客服林晓偷拍我", "陈岚您好，还没结果吗"),
    )
    turn = summoned(Turn(conversation=None, case=case), ROSTER)
    assert done_to(turn).about == (LIN.id,)


def test_nothing_is_looked_up_where_nobody_is_accused() -> None:
    """An ordinary case, one that the bot has, and one that is over."""
    bot_has: Case = held_case(control=Control.BOT, holder=None, story=("客服林晓偷拍我",))
    over = held_case(story=("客服林晓偷拍我",), closed_at=NOW)
    assert not any(map(accuses, (None, held_case(), bot_has, over)))
    assert told(_after("壶不通电")) == []
