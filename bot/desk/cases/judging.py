"""Verdicts, by a person and with reasons; and the deadlock, when talks end without agreement.

Only a finding that the fault was ours, wholly or in part, opens the third level of apology (S28, R56). What was not
found is told with thanks, the findings, what can be done all the same, and the ways outside (S29, R13).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.complaint.actions import Button, Rows, Tell
from bot.complaint.case import Status, Verdict
from bot.complaint.conversation import Step
from bot.desk.acts import Act, Acts, Effect
from bot.desk.cards.advising import policy_check
from bot.desk.cases.closing import missing
from bot.desk.holding import take
from bot.desk.learning.causing import ask_cause
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.endings import FAULT

BETWEEN: Final = re.compile(r"\s*[|｜]\s*")
HALVES: Final = 2
OVER: Final = (Status.NOT_UPHELD_TOLD, Status.DEADLOCK)
"""Where a case stood that a new finding takes up again."""
COMMANDS: Final[Mapping[Verdict, str]] = {
    Verdict.UPHELD: "upheld",
    Verdict.PARTLY: "partly",
    Verdict.NOT_UPHELD: "notupheld",
    Verdict.UNDETERMINED: "undetermined",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """A verdict with what was found, what follows from it, and, where it changes an earlier one, why."""

    verdict: Verdict
    found: str
    follows: str
    reason: str = ""

    @property
    def text(self) -> str:
        """Both halves, as they are written behind the command."""
        return f"{self.found} | {self.follows}"


def judge(verdict: Verdict) -> Effect:
    """The command of one verdict: `FOUND | WHAT FOLLOWS`, and `| REASON` where an earlier verdict is changed."""

    def deed(sheet: Sheet, argument: str = "") -> None:
        finding = _read(verdict, argument)
        if finding is None:
            sheet.tell("verdict_how", key="verdict_how", verdict=verdict.value)
        elif sheet.case.verdict is not None and not finding.reason:
            before = sheet.case.verdict.value
            sheet.tell("verdict_change", before=before, verdict=verdict.value, command=COMMANDS[verdict])
        elif _needs_second_look(sheet, verdict):
            _ask_again(sheet, finding)
        else:
            _decide(sheet, finding)

    return deed


def _read(verdict: Verdict, argument: str) -> _Finding | None:
    parts = [one.strip() for one in BETWEEN.split(argument, maxsplit=HALVES)]
    if len(parts) < HALVES or not all(parts[:HALVES]) or any(map(stays_inside, parts)):
        return None
    return _Finding(verdict=verdict, found=parts[0], follows=parts[1], reason="".join(parts[HALVES:]))


def _needs_second_look(sheet: Sheet, verdict: Verdict) -> bool:
    """Whether the facts favour the complainant, so that a verdict against them must be confirmed (S81)."""
    return verdict is Verdict.NOT_UPHELD and policy_check(sheet.case) == "likely"


def _ask_again(sheet: Sheet, finding: _Finding) -> None:
    sheet.change(considered=finding.text)
    rows: Rows = ((Button("still_not_upheld", "still_not_upheld"),),)
    sheet.tell("verdict_check", rows, check=policy_check(sheet.case), finding=finding.found)


def still_not(sheet: Sheet, _value: str = "") -> None:
    """Confirm the verdict "not upheld" after the second look."""
    finding = _read(Verdict.NOT_UPHELD, sheet.case.considered)
    if finding is None:
        sheet.notice("notice_late")
    else:
        sheet.notice("notice_done")
        _decide(sheet, finding)
    sheet.strip()


def _decide(sheet: Sheet, finding: _Finding) -> None:
    before, verdict = sheet.case.verdict, finding.verdict
    take(sheet)
    sheet.answer_escalation()
    sheet.change(
        verdict=verdict,
        finding=finding.found,
        prevention=finding.follows if verdict in FAULT else "",
        decided_by=sheet.by,
        decided_at=sheet.at,
        considered="",
        status=_status(sheet.case.status, verdict),
    )
    if sheet.talk.step is Step.RESOLVING and missing(sheet.case):
        sheet.go(Step.WITH_PEOPLE)  # a yes would close what still lacks its cause
    why = f" ({before}: {finding.reason})" if before is not None else ""
    sheet.remark(verdict.value, finding.text + why)
    # the half that follows has the name that the reply gives it
    name = "prevention" if verdict in FAULT else "follows"
    sheet.say(f"people/{verdict.value}", finding=finding.found, **{name: finding.follows})
    _confirm(sheet, finding)


def _status(status: Status, verdict: Verdict) -> Status:
    if verdict is Verdict.NOT_UPHELD:
        return Status.NOT_UPHELD_TOLD
    return Status.ASSESSING if status in OVER else status


def _confirm(sheet: Sheet, finding: _Finding) -> None:
    rows: Rows = ()
    if finding.verdict in FAULT and not sheet.case.cause:
        rows = ask_cause(sheet)
    elif finding.verdict is Verdict.NOT_UPHELD:
        rows = ((Button("unaccepted", "unaccepted"),),)
    fields = {
        "by": sheet.by.name,
        "verdict": finding.verdict.value,
        "finding": finding.found,
        "follows": finding.follows,
        "reason": finding.reason,
        "cause_wanted": finding.verdict in FAULT and not sheet.case.cause,
    }
    # after a second look it stands where that was asked
    sheet.add(Tell(name="verdict", fields=fields, buttons=rows, instead_of=sheet.scene.pressed))
    sheet.show_card()


def deadlock(sheet: Sheet, argument: str = "") -> None:
    """`/deadlock POSITION | REASONS`: our last word, why, and the ways outside (S34). Then it may be closed so."""
    parts = [one.strip() for one in BETWEEN.split(argument, maxsplit=1)]
    if len(parts) < HALVES or not all(parts) or any(map(stays_inside, parts)):
        sheet.tell("deadlock_how", key="deadlock_how")
        return
    position, reasons = parts
    take(sheet)
    sheet.answer_escalation()
    sheet.change(status=Status.DEADLOCK)
    sheet.remark("deadlock", f"{position} | {reasons}")
    wish = sheet.case.wishes[-1].verbatim if sheet.case.wishes else None
    offered = next((one for one in reversed(sheet.case.offers) if one.state != "withdrawn"), None)
    sheet.say(
        "people/deadlock",
        position=position,
        reasons=reasons,
        wish=wish,
        offered=[one.value for one in offered.kinds] if offered else None,
        finding=sheet.case.finding or None,
    )
    sheet.tell("deadlock", ((Button("unaccepted", "unaccepted"),),), by=sheet.by.name)
    sheet.show_card()


ACTS: Final = Acts(
    commands={
        **{name: Act(Right.DECIDE, judge(verdict)) for verdict, name in COMMANDS.items()},
        "deadlock": Act(Right.DECIDE, deadlock),
    },
    presses={"still_not_upheld": Act(Right.DECIDE, still_not)},
)
