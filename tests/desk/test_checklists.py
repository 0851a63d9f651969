"""Tasks that come by themselves: the checklist of a grave matter, and cases drawn for a look at their quality."""

import pytest

from bot.complaint.actions import CancelTimer, SetTimer, Tell
from bot.complaint.case import Control, Queue, Status, Survey, Task
from bot.complaint.deskwork import Custody, TaskKind, TaskState
from bot.complaint.ids import CaseNo, UserId
from bot.desk.tasks.checklists import ONE_IN, PLAYBOOKS, following
from tests.desk.desk_scene import NOW, RULES, held_case, quiet_case, waiting_case


@pytest.mark.practice("S110")
@pytest.mark.parametrize("queue", [Queue.LEGAL, Queue.MEDIA_PR])
def test_a_grave_matter_has_its_checklist_once(queue: Queue) -> None:
    """When people are on it there, its tasks stand with their times, in one line; never a second time."""
    case, actions = following(waiting_case(queue=queue), None, NOW, RULES)
    assert [one.what for one in case.tasks] == [what for what, _ in PLAYBOOKS[queue]]
    assert all(one.kind is TaskKind.PLAYBOOK and one.due_at > NOW for one in case.tasks)
    assert [one.name for one in actions if isinstance(one, Tell)] == ["playbook_set"]
    assert {one.kind for one in actions if isinstance(one, SetTimer)} == {"task_near", "task_due"}
    assert following(case, case, NOW, RULES) == (case, ())


MISCONDUCT = waiting_case(queue=Queue.CONDUCT, story=("你们店员偷拍我",))


@pytest.mark.practice("R7", "R58", "S110")
def test_a_matter_of_our_own_people_has_its_checklist() -> None:
    """While nobody is known to be meant, that they must be kept out of it is one of its tasks."""
    case, actions = following(MISCONDUCT, None, NOW, RULES)
    what = [one.what for one in case.tasks]
    assert what == ["conduct_records", "conduct_apart", "conduct_safe", "conduct_heard", "conduct_outcome"]
    assert {one.owner for one in case.tasks} == {"conduct"}
    assert [one.name for one in actions if isinstance(one, Tell)] == ["playbook_set"]
    assert following(case, case, NOW, RULES) == (case, ())
    named, _ = following(MISCONDUCT.evolve(about=(UserId(11),)), None, NOW, RULES)
    assert [one.what for one in named.tasks] == [one for one in what if one != "conduct_apart"]


@pytest.mark.practice("R7", "R58")
def test_once_it_is_known_who_is_meant_nobody_has_to_find_out() -> None:
    """`/about` ends that task, and so does the roster where it knows the name; the others stay."""
    case, _ = following(MISCONDUCT, None, NOW, RULES)
    after, actions = following(case.evolve(about=(UserId(11),)), case, NOW, RULES)
    (apart,) = [one for one in after.tasks if one.what == "conduct_apart"]
    assert (apart.state, len(after.open_tasks)) == (TaskState.DONE, len(case.open_tasks) - 1)
    assert {one.key for one in actions if isinstance(one, CancelTimer)} == {
        f"task_near:{apart.id}",
        f"task_due:{apart.id}",
    }


@pytest.mark.practice("S110")
def test_who_cheats_in_our_name_is_no_colleague() -> None:
    """The same queue, another list: the stranger's tracks, the leak, a warning to others."""
    case, _ = following(waiting_case(queue=Queue.CONDUCT, story=("有人冒充你们客服骗钱",)), None, NOW, RULES)
    assert [one.what for one in case.tasks] == ["scam_records", "scam_leak", "scam_warning", "scam_outcome"]


def test_other_queues_have_no_checklist() -> None:
    """An ordinary case, or one that the bot still has, brings no tasks of its own."""
    for case in (waiting_case(), quiet_case(queue=Queue.LEGAL)):
        assert following(case, None, NOW, RULES) == (case, ())


@pytest.mark.practice("S103")
def test_every_poor_score_is_looked_into() -> None:
    """A score of one or two makes a task for a supervisor; three is none, and one score is looked into once."""
    before = quiet_case(status=Status.CLOSED, closed_at=NOW)
    fair = before.evolve(surveys=(Survey(asked_at=NOW, handling=3, outcome=4),))
    assert following(fair, before, NOW, RULES) == (fair, ())
    poor = before.evolve(surveys=(Survey(asked_at=NOW, handling=5, outcome=2),))
    case, _ = following(poor, before, NOW, RULES)
    assert [(one.kind, one.what, one.owner) for one in case.tasks] == [
        (TaskKind.QUALITY_SAMPLE, "quality_poor", "supervisor")
    ]
    assert following(case, case, NOW, RULES) == (case, ())


@pytest.mark.practice("S103")
def test_one_closed_case_in_twenty_is_drawn() -> None:
    """By its number, which nobody chooses: of two hundred that close, ten are looked at by somebody else."""
    drawn = 0
    for number in range(1_000_000, 1_000_200):
        before = held_case(no=CaseNo(f"{number // 10_000}-{number % 10_000:04}"))
        closed = before.evolve(status=Status.CLOSED, closed_at=NOW, control=Control.BOT, holder=None)
        case, _ = following(closed, before, NOW, RULES)
        drawn += any(one.what == "quality_random" for one in case.tasks)
    assert drawn == 200 // ONE_IN


@pytest.mark.practice("S37", "S35")
def test_the_end_of_a_case_calls_off_calls_and_visits_and_leaves_the_lab_its_sample() -> None:
    """Nobody goes to a visit in a case that is over; what lies at the laboratory still gets its result."""

    def task(number: int, kind: TaskKind, *custody: Custody) -> Task:
        return Task(
            id=f"t{number}", kind=kind, what="x", owner="Li", made_at=NOW, due_at=NOW, custody=custody
        )

    fetched = Custody(at=NOW, by="Li", place="shop")
    tasks = (task(1, TaskKind.VISIT), task(2, TaskKind.SAMPLE, fetched), task(3, TaskKind.OTHER))
    before = held_case(tasks=tasks)
    closed = before.evolve(status=Status.WITHDRAWN, closed_at=NOW, control=Control.BOT, holder=None)
    case, _ = following(closed, before, NOW, RULES)
    assert [one.state for one in case.tasks[:3]] == [TaskState.CANCELLED, TaskState.OPEN, TaskState.OPEN]
    assert case.tasks[0].outcome == "withdrawn"
