"""What the lists show, line by line."""

from datetime import timedelta

import pytest

from bot.complaint.actions import Tell
from bot.complaint.boards import Board, Hit, Hits
from bot.complaint.case import Case, Control, Facts, Severity, Survey, Task, Verdict
from bot.complaint.colleagues import Colleague, Role, Roster, Specialty
from bot.complaint.deskwork import TaskKind
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, ThreadId, ThreadRef, UserId
from bot.desk.overview.boards import address, board_fields, matter, next_due, profile_fields, roster_fields
from bot.desk.overview.enquiries import (
    Ask,
    Found,
)
from tests.desk.asking_scene import PLACE, seen
from tests.desk.desk_scene import (
    LI,
    NO,
    NOW,
    held_case,
    of,
    promise,
    quiet_case,
    refund,
    waiting_case,
)

VISIT = Task(
    id="t1", kind=TaskKind.VISIT, what="看壶", owner="王", made_at=NOW, due_at=NOW - timedelta(hours=1)
)


def line(kind: Board, hit: Hit, case: Case) -> dict[str, object]:
    """The one line of a list with this case."""
    found = Found(hits=Hits(rows=(hit,), total=1), cases={case.no: case}, places={case.no: PLACE})
    (row,) = board_fields(Ask(kind=kind, asker=LI.id), found, NOW)["rows"]
    return dict(row)


def test_a_line_says_what_how_long_and_what_is_next() -> None:
    """Number, sign, matter, the way to the topic, how long it waits, and what is due next with its time."""
    case = waiting_case(severity=Severity.SEV1)
    row = line(Board.QUEUE, Hit(case_no=NO, since=NOW - timedelta(minutes=95)), case)
    assert (row["no"], row["sign"], row["matter"]) == (NO, "🔴", "面包 发霉")
    assert row["url"] == "https://t.me/c/1234567890/77"
    assert row["wait"] == {"count": 1, "unit": "hours"}
    assert (row["what"], row["due"], row["late"]) == ("person_answers", promise().due_at, False)


def test_a_task_stands_with_its_owner_and_is_marked_when_late() -> None:
    """A line of the tasks is the task itself, not what the case owes besides."""
    row = line(Board.TASKS, Hit(case_no=NO, ref="t1"), held_case(tasks=(VISIT,), promises=(promise(),)))
    assert (row["what"], row["owner"], row["due"], row["late"]) == ("visit", "王", VISIT.due_at, True)


def test_a_promise_stands_with_its_own_time() -> None:
    """A line of the promises is that very promise."""
    late = replace(promise(2, "refund"), made_at=NOW - timedelta(days=2), due_at=NOW - timedelta(hours=1))
    case = held_case(promises=(promise(1), late))
    row = line(Board.PROMISES, Hit(case_no=NO, ref="p2"), case)
    assert (row["what"], row["late"], row["holder"]) == ("refund", True, "李")


def test_what_comes_next_is_the_earliest_of_all_that_is_owed() -> None:
    """Promises, tasks and remedies not yet carried out compete; a closed case owes nothing."""
    case = held_case(promises=(promise(),), tasks=(VISIT,), fulfilments=(refund(),))
    assert next_due(case) == ("visit", "task_kind", VISIT.due_at)
    assert next_due(case.evolve(closed_at=NOW)) == ("", "promise", None)
    assert next_due(held_case(fulfilments=(refund(),)))[:2] == ("refund_full", "remedy")


def test_a_matter_is_never_long() -> None:
    """What it is about is cut to a few words, and taken from the story where nothing else is known."""
    assert matter(quiet_case(facts=Facts())) == "面包刚买就发霉了"
    assert len(matter(quiet_case(facts=Facts(product="面" * 99)))) <= 24


def test_only_a_private_supergroup_has_an_address() -> None:
    """A topic of a group that Telegram gives no address has no link."""
    assert address(PLACE) == "https://t.me/c/1234567890/77"
    assert address(ThreadRef(ChatId(-55), ThreadId(7))) == ""
    assert address(None) == ""


@pytest.mark.practice("S39")
def test_a_profile_holds_contacts_consents_and_every_outcome() -> None:
    """What is known from any of their cases, what they agreed to, and how each case ended."""
    done = replace(refund(), proof="RF-1")
    old = quiet_case(
        no=CaseNo("100-2002"),
        facts=Facts(phone="13812345678", best_time="9-11"),
        closed_at=NOW,
        verdict=Verdict.UPHELD,
        fulfilments=(done,),
        follow_up_consent=True,
        surveys=(Survey(asked_at=NOW, outcome=4),),
    )
    found = Found(hits=Hits(total=2), case=held_case(), history=(held_case(), old), blocked=True)
    shown = profile_fields(Ask(kind="customer", asker=LI.id), found, held_case())
    assert (shown["phone"], shown["best_time"], shown["follow_up"]) == ("13812345678", "9-11", True)
    assert (shown["blocked"], shown["total"]) == (True, 2)
    past = shown["rows"][1]
    assert (past["verdict"], past["given"], past["score"]) == ("upheld", ["refund_full"], 4)


def test_the_roster_shows_the_highest_first() -> None:
    """Who may decide most stands first, each with role and trade."""
    boss = Colleague(id=UserId(1), name="赵", role=Role.MANAGER)
    lawyer = Colleague(id=UserId(2), name="方", specialties=(Specialty.LEGAL,))
    shown = roster_fields(Roster({lawyer.id: lawyer, boss.id: boss}))
    assert [(one["name"], one["role"], one["specialties"]) for one in shown["people"]] == [
        ("赵", "manager", []),
        ("方", "agent", ["legal"]),
    ]


def test_a_card_elsewhere_keeps_its_buttons_and_shows_the_way() -> None:
    """The card by `/case` has the case's own buttons for that very case, one to show it anew, one to its topic."""
    found = Found(case=waiting_case(), places={NO: PLACE})
    (shown,) = of(seen("/case 5832716", found), Tell)
    assert shown.about == NO
    assert shown.fields["control"] == Control.QUEUED.value
    names = [one.name for row in shown.buttons for one in row]
    assert names[0] == "claim"
    assert names[-2:] == ["show_again", "to_topic"]
