"""Legal holds on a case, and the record of who looked whom up (R16, R53)."""

from collections.abc import Iterable
from typing import Any, Final

from bot.complaint.actions import Situation
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import Deed, SealedDeed
from bot.complaint.ids import CaseNo
from bot.desk.acts import Act, Acts
from bot.desk.cases.transferring import LONGEST
from bot.desk.discretion import hushed
from bot.desk.overview.enquiries import Ask, Found, number_in
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.consents import without_refused

LOOKS: Final = frozenset({"find", "case", "customer"})
"""Requests about people; each leaves an audit line."""
EXPORT: Final = "export"
SHOWN: Final = (Right.LOOK_UP.value, Right.SENSITIVE.value, EXPORT, "mydata", "erase", "pack")
"""Acts that `/access` lists."""
MOST: Final = 15


def hold_for_law(sheet: Sheet, why: str = "") -> None:
    """`/legalhold why`: nothing of the case is deleted, whoever asks and however old it is."""
    _hold(sheet, why.strip()[:LONGEST], on=True)


def release_for_law(sheet: Sheet, why: str = "") -> None:
    """`/legalrelease why`: the law needs it no longer; the brand's rule counts again."""
    _hold(sheet, why.strip()[:LONGEST], on=False)


def _hold(sheet: Sheet, why: str, *, on: bool) -> None:
    if sheet.case.legal_hold is on:
        sheet.tell("legalhold_already", key="legalhold", on=on)
    elif not why:
        sheet.tell("legalhold_why", key="legalhold", on=on)
    else:
        sheet.change(legal_hold=on)
        sheet.case = without_refused(sheet.case)
        sheet.remark("legal_hold" if on else "legal_release", why)
        sheet.tell("legalhold_set", key="legalhold", by=sheet.by.name, on=on, why=why)
        sheet.show_card()


def looked_up(ask: Ask, found: Found, by: Colleague, situation: Situation) -> tuple[Deed, ...]:
    """The lines of the audit that a look at people leaves: one for each case that was shown."""
    if ask.kind not in LOOKS:
        return ()
    words = f"/{ask.kind} {_begun(ask.argument)}".strip()
    shown: Iterable[CaseNo | None] = found.cases if ask.kind == "find" else _of_person(ask, found)
    return tuple(_line(no, words, by, situation) for no in (tuple(shown) or (None,)))


def _begun(words: str) -> str:
    """What was looked for, hardly: the audit stays for ever, and names no customer. A case's number stays whole."""
    if number_in(words) is not None:
        return words
    return " ".join(map(_starred, words.split()))


def _starred(word: str) -> str:
    return hushed(word) if any(map(str.isdigit, word)) else f"{word[:1]}{'*' * len(word[1:])}"


def _of_person(ask: Ask, found: Found) -> tuple[CaseNo, ...]:
    if found.case is None:
        return ()
    return (found.case.no,) if ask.kind == "case" else tuple(one.no for one in found.history)


def _line(no: CaseNo | None, words: str, by: Colleague, situation: Situation) -> Deed:
    return Deed(
        at=situation.now,
        by=by.id,
        name=by.name,
        act=Right.LOOK_UP.value,
        chat=situation.where,
        case_no=no,
        after={"asked": words},
    )


def access_fields(ask: Ask, lines: Iterable[SealedDeed]) -> dict[str, Any]:
    """The fields of `desk/access`."""
    rows = [_row(one.deed) for one in lines]
    return {"asked": ask.argument, "rows": rows}


def _row(deed: Deed) -> dict[str, Any]:
    return {
        "at": deed.at,
        "name": deed.name,
        "act": deed.act,
        "asked": deed.after.get("asked", ""),
        "no": deed.case_no or "",
        "refused": bool(deed.refused),
    }


ACTS: Final = Acts(
    commands={
        "legalhold": Act(Right.LEGAL_HOLD, hold_for_law),
        "legalrelease": Act(Right.LIFT_LEGAL_HOLD, release_for_law),
    }
)
