"""What was agreed, as tasks: each remedy with its owner, its time and a promise; what saying does is done (R11)."""

from bot.complaint.case import Fulfilment
from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.dialogue.draft import Draft
from bot.policy.remedy_kinds import AT_ONCE, KIND_RULES

SAID_HERE = "said in this chat"


def set_remedy(draft: Draft, kind: RemedyKind, worth: Cents = Cents(0)) -> None:
    """Promise one remedy that was agreed; `worth` is the money that goes back by it."""
    number = f"f{len(draft.case.fulfilments) + 1}"
    if kind in AT_ONCE:
        task = Fulfilment(
            id=number, kind=kind, owner="bot", due_at=draft.at, proof=SAID_HERE, done_at=draft.at
        )
    else:
        promise = draft.promise(kind.value, what=KIND_RULES[kind].done_by)
        task = Fulfilment(
            id=number,
            kind=kind,
            owner=promise.owner,
            due_at=promise.due_at,
            worth=worth,
            promise_id=promise.id,
        )
    draft.change(fulfilments=(*draft.case.fulfilments, task))
