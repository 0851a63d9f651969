"""A colleague who complains is a customer like any other, and nothing else."""

import pytest

from bot.complaint.case import Person
from bot.complaint.colleagues import Role
from bot.desk import Allowed, Refused, Right, may
from bot.desk.rights import INSIDE
from tests.desk.desk_scene import LI, WANG, held_case, quiet_case, waiting_case
from tests.desk.test_rights import agent


@pytest.mark.practice("R35", "R58")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("what", sorted(set(Right) - INSIDE))
def test_nobody_handles_a_complaint_of_their_own(what: Right, role: Role) -> None:
    """A colleague who complains as a customer grants themselves nothing, whatever their role; others help them."""
    theirs = Person(id=LI.id, name=LI.name)
    for case in (quiet_case(customer=theirs), held_case(customer=theirs), waiting_case(customer=theirs)):
        assert may(agent(LI, role), what, case) in (Refused("own_case"), Refused("no_right"))
    assert may(agent(WANG), Right.CLAIM, waiting_case(customer=theirs)) == Allowed()
