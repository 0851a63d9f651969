"""A colleague who requests lists: what they get, and how they turn a page."""

from bot.complaint.actions import Turn
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.events import Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, ThreadId, ThreadRef
from bot.desk import act, press_data
from bot.desk.overview.enquiries import NOTHING, TURNED, Ask, Found, value_of
from bot.desk.presses import NO_CASE
from tests.desk.desk_scene import LI, RULES, pressed, situation, wrote

ME = Colleague(id=LI.id, name="李")
PLACE = ThreadRef(ChatId(-1001234567890), ThreadId(77))


def seen(text: str, found: Found = NOTHING, case: Case | None = None) -> Turn:
    """What a colleague gets who writes this."""
    return act(wrote(text), case, None, rules=RULES, situation=situation(by=ME), found=found)


def page(ask: Ask, number: int) -> Pressed:
    """The button that leads to a page of a list."""
    return replace(pressed(TURNED), data=press_data(TURNED, value_of(ask, number), NO_CASE))
