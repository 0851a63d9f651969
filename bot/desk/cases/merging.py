"""`/merge`: two cases about one matter become one, after a confirmation; it cannot be undone (S73)."""

from typing import Final

from bot.complaint.actions import Button, CancelTimer, CloseTopic, SetTimer
from bot.complaint.case import Case
from bot.complaint.channels import is_far
from bot.complaint.colleagues import Role
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.desk.acts import Act, Acts
from bot.desk.notes import stays_inside
from bot.desk.remedies.laying import expiry_key
from bot.desk.rights import Refused, Right, may
from bot.desk.sheet import Sheet
from bot.policy.merging import Merger, merged
from bot.policy.several import named, turned_to

CAME_IN: Final = "merged_in"
"""The kind of the timer by which the case that stays shows its topic what came over."""
WENT: Final = "merged_away"
"""The kind of the timer by which the case that ended tells its complainant and closes its topic."""


def ask_to_merge(sheet: Sheet, argument: str = "") -> None:
    """`/merge NO`: shows both and asks which one stays; somebody else's case takes a supervisor and a reason."""
    other = sheet.scene.situation.named_case
    reason = argument.partition(" ")[2].strip()
    if other is None or other.no == sheet.case.no:
        sheet.tell("merge_how", key="merge_how", asked=argument.partition(" ")[0][:20] or None)
        return
    why = _hindered(sheet, other) or ("reason" if _strangers(sheet, other) and not _says(reason) else "")
    if why:
        sheet.tell("merge_cannot", key="merge_cannot", why=why, other=other.no)
        return
    sheet.remark("merge_asked", f"{other.no} {reason}".strip())
    sheet.tell(
        "merge_ask",
        (
            (Button("merge_here", "merge_here", other.no, fields={"no": sheet.case.no}),),
            (Button("merge_there", "merge_there", other.no, fields={"no": other.no}),),
        ),
        key="merge_ask",
        other=named(other),
        customer_of_other="" if other.customer.id == sheet.case.customer.id else other.customer.name,
    )


def _says(reason: str) -> bool:
    return bool(reason) and not stays_inside(reason)


def _strangers(sheet: Sheet, other: Case) -> bool:
    return other.customer.id != sheet.case.customer.id


def _hindered(sheet: Sheet, other: Case, source: Case | None = None) -> str:
    """Why these two cannot be merged; empty if they can. `source` is the one that would end.

    A case that was logged has nobody of its own on Telegram: what was promised in it is kept where they write now.
    """
    answer = may(sheet.colleague, Right.MERGE, other)
    holder = sheet.case.holder or other.holder
    about = {*sheet.case.about, *other.about}
    reasons = (
        ("closed", not other.is_open or not sheet.case.is_open),
        ("about", isinstance(answer, Refused) or (holder is not None and holder.id in about)),
        ("request", source is not None and bool(source.open_approvals)),
        ("customer", _strangers(sheet, other) and not _decides(sheet)),
        (
            "owed",
            _strangers(sheet, other) and source is not None and _owes(source) and not is_far(source.chat),
        ),
    )
    return next((why for why, holds in reasons if holds), "")


def _decides(sheet: Sheet) -> bool:
    return sheet.colleague is not None and sheet.colleague.at_least(Role.SUPERVISOR)


def _owes(case: Case) -> bool:
    """Whether promises prevent it: one made to a person cannot be kept towards another."""
    undone = any(one.proof is None for one in case.fulfilments)
    return bool(case.open_promises or undone or case.open_tasks)


def merge_here(sheet: Sheet, value: str = "") -> None:
    """The other case becomes a part of this one."""
    other = _other(sheet, value)
    if other is not None and _may_end(sheet, other, other):
        _carry_out(sheet, source=other, target=sheet.case)


def merge_there(sheet: Sheet, value: str = "") -> None:
    """This case becomes a part of the other one."""
    other = _other(sheet, value)
    if other is not None and _may_end(sheet, other, sheet.case):
        _carry_out(sheet, source=sheet.case, target=other)


def _other(sheet: Sheet, value: str) -> Case | None:
    other = sheet.scene.situation.named_case
    if other is None or other.no != value or other.no == sheet.case.no:
        sheet.notice("notice_late")
        return None
    return other


def _may_end(sheet: Sheet, other: Case, source: Case) -> bool:
    why = _hindered(sheet, other, source)
    if why:
        sheet.notice("notice_cannot")
        sheet.tell("merge_cannot", key="merge_cannot", why=why, other=other.no)
    return not why


def _carry_out(sheet: Sheet, *, source: Case, target: Case) -> None:
    """Change both cases in one turn; each topic is told in a turn of its own right after it."""
    result = merged(source, target, sheet.at, sheet.scene.rules)
    sheet.notice("notice_done")
    sheet.strip()
    sheet.remark("merged", f"{source.no} → {target.no}")
    _follow(sheet, result)
    sheet.actions += result.timers
    _carry_offers(sheet, result, source)
    sheet.add(SetTimer(kind=CAME_IN, key=f"{CAME_IN}:{source.no}", due=sheet.at, case_no=target.no))
    sheet.add(SetTimer(kind=WENT, key=f"{WENT}:{target.no}", due=sheet.at, case_no=source.no))


def _follow(sheet: Sheet, result: Merger) -> None:
    target, source = result.target, result.source
    here, there = (target, source) if sheet.case.no == target.no else (source, target)
    sheet.case = here
    sheet.others.append(there)
    if target.chat == sheet.talk.chat:
        sheet.talk = turned_to(sheet.talk, target)
        if target.holder is not None and sheet.talk.step is not Step.OFFERED:
            sheet.go(Step.WITH_PEOPLE)


def _carry_offers(sheet: Sheet, result: Merger, source: Case) -> None:
    for one in source.offers:
        if one.id in result.offers:
            sheet.add(CancelTimer(key=expiry_key(one), case_no=source.no))
            if one.state != "agreed":
                moved = replace(one, id=result.offers[one.id])
                ends = max(one.valid_until, sheet.at)
                sheet.add(
                    SetTimer(kind="offer_ends", key=expiry_key(moved), due=ends, case_no=result.target.no)
                )


def show_what_came(sheet: Sheet, key: str) -> None:
    """In the topic of the remaining case: the card, now with everything."""
    sheet.remark("merged_in", key.partition(":")[2])
    sheet.show_card()


def say_where_it_went(sheet: Sheet, key: str) -> None:
    """In the topic of the merged case: a pointer, then it closes. The complainant is told once."""
    into = CaseNo(key.partition(":")[2])
    sheet.say("several/merged", into=into)
    if sheet.case.at_desk:
        sheet.tell("merged_away", into=into)
        sheet.show_card()
        sheet.add(CloseTopic())


ACTS: Final = Acts(
    commands={"merge": Act(Right.MERGE, ask_to_merge)},
    presses={"merge_here": Act(Right.MERGE, merge_here), "merge_there": Act(Right.MERGE, merge_there)},
    dues={CAME_IN: show_what_came, WENT: say_where_it_went},
)
