"""What of an incident stands on one line in General, and what gets a topic at once."""

from datetime import timedelta

import pytest

from bot.complaint.actions import Lane
from bot.complaint.case import Case, Facts, Flag, Severity
from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Alarm, Incident, IncidentNo, Matter
from bot.complaint.reading import Family
from bot.desk.incidents.gathering import is_gathered, line_of_waiting
from bot.office.matters.incident_showing import caught_up, line_is_due, shown_later, stale
from bot.policy.card_edits import grown
from tests.desk.desk_scene import NOW, RULES, quiet_case

NUMBERS = tuple(CaseNo(f"100-{number:04}") for number in range(1, 40))


def _case(**changes: object) -> Case:
    """One of an incident, grave for the sake of the batch."""
    grave: dict[str, object] = {
        "severity": Severity.SEV1,
        "severity_why": "same_batch",
        "at_desk": False,
        "flags": (),
    }
    return quiet_case(incident=IncidentNo(1), **(grave | changes))


def _incident(count: int, *, waiting: int = 0, severity: Severity = Severity.SEV1) -> Incident:
    return Incident(
        no=IncidentNo(1),
        matter=Matter(product="吐司"),
        alarm=Alarm.BY_HAND,
        opened_at=NOW,
        severity=severity,
        count=count,
        unanswered=NUMBERS[:waiting],
    )


@pytest.mark.practice("S54", "R48", "S71")
def test_nobody_who_is_hurt_is_gathered() -> None:
    """Grave by the batch alone waits on the line; an injury, a danger of their own, or having eaten it never does."""
    assert is_gathered(_case())
    assert not is_gathered(_case(facts=Facts(harmed=True)))
    assert not is_gathered(_case(facts=Facts(eaten=True)))
    assert not is_gathered(_case(flags=(Flag(family=Family.VULNERABLE, cue="孕妇", at=NOW),)))
    assert not is_gathered(_case(severity_why="injury"))
    assert is_gathered(_case(flags=(Flag(family=Family.ABUSE, cue="垃圾", at=NOW),)))


def test_the_line_of_grave_ones_goes_first_and_rings_again_when_they_have_doubled() -> None:
    """An edit rings no phone: at one, two, four, eight it is a line of its own."""
    lines = [line_of_waiting(_incident(9, waiting=one), {}, NOW) for one in (1, 2, 3, 4, 7, 8)]
    assert {one.lane for one in lines} == {Lane.URGENT}
    places = [one.place for one in lines]
    assert len(dict.fromkeys(places)) == 4
    assert places[1] == places[2]
    calm = [line_of_waiting(_incident(9, waiting=one, severity=Severity.SEV2), {}, NOW) for one in (1, 8)]
    assert calm[0].place == calm[1].place


def test_each_of_the_first_has_a_button_of_its_own() -> None:
    """Eight of them, and one for all."""
    rows = line_of_waiting(_incident(30, waiting=30), {}, NOW).buttons
    assert [button.value for row in rows for button in row] == [*(f"1.{one}" for one in NUMBERS[:8]), "1"]


@pytest.mark.parametrize(
    ("grave", "told"), [(True, [1, 2, 3, 4, 5, 7, 9, 12, 15, 19, 24, 30, 38]), (False, [1, 2, 4, 8, 16, 32])]
)
def test_a_count_is_shown_at_once_when_it_has_grown_much(grave: bool, told: list[int]) -> None:  # noqa: FBT001
    """By a quarter where it is grave, else when it has doubled: one more of hundreds is no news."""
    seen = [0]
    for count in range(1, 41):
        if grown(seen[-1], count, grave=grave):
            seen.append(count)
    assert seen[1:] == told


def test_what_is_not_shown_at_once_is_shown_by_one_timer() -> None:
    """Sooner where it is grave; what was shown meanwhile is not shown again."""
    grave, first = shown_later(_incident(20), _case(), RULES, NOW)
    assert first is not None
    assert first.due == NOW + timedelta(seconds=RULES.cards.waiting_seconds)
    assert shown_later(grave, _case(), RULES, NOW)[1] is None
    assert shown_later(grave, _case(), RULES, first.due)[1] is not None
    _, calm = shown_later(_incident(20, severity=Severity.SEV2), _case(), RULES, NOW)
    assert calm is not None
    assert calm.due == NOW + timedelta(seconds=RULES.cards.held_seconds)
    late = _incident(20, waiting=3)
    assert [one.name for one in stale(late, {}, RULES, NOW)] == ["incident", "incident_unanswered"]
    assert line_is_due(late)
    assert stale(caught_up(late), {}, RULES, NOW) == ()
    assert not line_is_due(caught_up(late))
