"""What was agreed, as tasks: each remedy with its owner, its time and a promise; what saying does is done (R11)."""

from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.dialogue.draft import Draft
from bot.policy.remedies import as_work
from bot.policy.remedy_kinds import AT_ONCE, KIND_RULES


def set_remedy(draft: Draft, kind: RemedyKind, worth: Cents = Cents(0)) -> None:
    """Promise one remedy that was agreed; `worth` is the money that goes back by it."""
    promise = None if kind in AT_ONCE else draft.promise(kind.value, what=KIND_RULES[kind].done_by)
    work = as_work(draft.case, kind, draft.at, promise, worth)
    draft.change(fulfilments=(*draft.case.fulfilments, work))
