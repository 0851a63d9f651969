"""The way to the supervisor's page, and who is shown it."""

import pytest

from bot.complaint.actions import Tell, Turn
from bot.complaint.boards import Hits
from bot.complaint.colleagues import Colleague, Role
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.desk import act
from bot.desk.overview.enquiries import Found
from bot.desk.overview.overseeing import refusal
from tests.desk.desk_scene import LI, RULES, held_case, of, situation, wrote

PAGE = "https://t.me/demo_brand_bot"
SUPERVISOR = Colleague(id=LI.id, name="李", role=Role.SUPERVISOR)
AGENT = replace(SUPERVISOR, role=Role.AGENT)


def asked(text: str, by: Colleague, page: str = PAGE) -> Turn:
    """What a colleague gets who writes this at a desk whose bot has a page, or has none."""
    found = Found(hits=Hits(total=0))
    return act(wrote(text), None, None, rules=RULES, situation=situation(by=by, page=page), found=found)


def _links(turn: Turn) -> list[str]:
    return [one.url for tell in of(turn, Tell) for row in tell.buttons for one in row if one.kind == "url"]


def test_a_supervisor_is_given_the_way() -> None:
    """A link, since in a group no other button opens a Mini App."""
    turn = asked("/board", SUPERVISOR)
    assert [one.name for one in of(turn, Tell)] == ["page_open"]
    assert _links(turn) == [f"{PAGE}?startapp=board"]


def test_where_there_is_no_page_none_is_promised() -> None:
    """Whoever asks is told that it is not set up; lists look as they always did."""
    turn = asked("/board", SUPERVISOR, page="")
    assert [one.name for one in of(turn, Tell)] == ["page_none"]
    assert _links(turn) == _links(asked("/queue", SUPERVISOR, page="")) == []


def test_an_agent_is_told_who_may() -> None:
    """No link, the role that it takes, and a line in the audit."""
    turn = asked("/board", AGENT)
    (told,) = of(turn, Tell)
    assert (told.name, told.fields["needs"]) == ("no_right", Role.SUPERVISOR.value)
    assert _links(turn) == []
    assert [(one.act, one.refused) for one in turn.deeds] == [("oversee", "no_right")]


@pytest.mark.parametrize(("order", "place"), [("/queue", "board"), ("/promises", "promises")])
def test_lists_that_the_page_has_too_lead_there(order: str, place: str) -> None:
    """For supervisors only: an agent's list has no button that would turn them away."""
    assert _links(asked(order, SUPERVISOR)) == [f"{PAGE}?startapp={place}"]
    assert _links(asked(order, AGENT)) == []


@pytest.mark.practice("R58")
def test_who_may_see_the_desk_may_not_see_what_is_about_them() -> None:
    """Strangers, agents, and whom the case complains about are each refused for their own reason."""
    about = held_case(about=(LI.id,))
    assert refusal(None) == "not_member"
    assert refusal(AGENT) == "no_right"
    assert refusal(SUPERVISOR) == refusal(SUPERVISOR, held_case()) == ""
    assert refusal(SUPERVISOR, about) == "about_you"
    assert refusal(replace(SUPERVISOR, id=UserId(9)), about) == ""
