"""Several open cases: lists them, and turns to another."""

from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Case, Control
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.presses import TURN_TO
from bot.policy.several import named, next_open

ANOTHER: Final = Button("another", "new")


def open_beside(draft: Draft) -> tuple[Case, ...]:
    """The complainant's other open cases, the newest first."""
    own = draft.case.no if draft.has_case else None
    here = (one for one in draft.situation.other_cases if one.chat == draft.talk.chat)
    return tuple(one for one in here if one.is_open and one.no != own)


def standing(case: Case) -> dict[str, object]:
    """One case in a list: number, matter, how it stands, and what comes next by when."""
    owed = case.open_promises[0] if case.open_promises else None
    return {
        **named(case),
        "stage": case.status.value,
        "with_person": case.control is Control.HUMAN,
        "text_kind": owed.kind if owed else "",
        "due": owed.due_at if owed else None,
    }


def list_cases(draft: Draft) -> None:
    """`/cases`: every open case in a line, the one talked of first, and buttons to turn to the others."""
    others = open_beside(draft)
    if not draft.has_case or not (draft.case.is_open or others):
        draft.say("answers/no_case")
        return
    own = (draft.case,) if draft.case.is_open else ()
    rows = tuple((_turn_to(one),) for one in others)
    draft.say(
        "several/cases",
        *rows,
        (ANOTHER, HUMAN),
        cases=[standing(one) for one in (*own, *others)],
        current=draft.case.no if own else None,
    )


def _turn_to(case: Case) -> Button:
    matter = case.facts.product or next(iter(case.facts.issue), "")
    return Button("turn_to", TURN_TO, case.no, fields={"no": case.no, "matter": matter[:20]})


def turn_to_case(draft: Draft) -> None:
    """The complainant turns to another case: said which, and where it stood; a question that waited still does."""
    draft.notice("press_notice/done")
    left = next_open(draft.talk)
    back = next((one for one in open_beside(draft) if left is not None and one.no == left.case_no), None)
    draft.say(
        "several/turned",
        ((_turn_to(back), HUMAN) if back is not None else (HUMAN,)),
        question=None if draft.silent else draft.talk.asked,
        with_person=draft.silent,
    )


ACTS: Final = (list_cases, turn_to_case)
