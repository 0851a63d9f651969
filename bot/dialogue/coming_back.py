"""Words after the end: whether they are about the same matter again, or about what was never done (D18)."""

from bot.complaint.case import Case, Status
from bot.complaint.events import CustomerWrote
from bot.complaint.reading import Reading
from bot.dialogue.draft import Draft
from bot.policy.reopening import may_reopen
from bot.reading.matterwords import is_undone


def reopens(draft: Draft) -> bool:
    """Whether a message after the close is about the same matter again (D18).

    It is when the words say so, or when the same product shows the same trouble within the time in which a
    case may be reopened.
    """
    reading, case = draft.scene.reading, draft.case
    if reading is None or case.status is Status.SUGGESTION_LOGGED:
        return False
    in_time = may_reopen(draft.rules, case, draft.at)
    again = reading.happened_again or (reading.is_complaint and _same_matter(reading, case))
    return in_time and (again or (case.agreement is not None and says_undone(draft)))


def says_undone(draft: Draft) -> bool:
    """Whether they say that what we called done was not: the money never came, the fault is still there."""
    event = draft.scene.event
    said = (event.text,) if isinstance(event, CustomerWrote) else ()
    return is_undone("\n".join((*(one.text for one in draft.talk.heard), *said)))


def _same_matter(reading: Reading, case: Case) -> bool:
    products = set(reading.slots.product)
    return bool(case.facts.product and case.facts.product in products and reading.category is case.category)
