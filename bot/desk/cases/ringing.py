"""Calls people to a case that nobody has taken: its team, then supervisors, then the manager."""

from typing import Final

from bot.complaint.actions import Lane, Tell
from bot.complaint.case import Promise
from bot.complaint.colleagues import Colleague, Role
from bot.desk.acts import Acts
from bot.desk.following import CALLS, UNCLAIMED, unclaimed
from bot.desk.sheet import Sheet
from bot.policy.summoning import MOST_CALLED, team


def ring_louder(sheet: Sheet, key: str) -> None:
    """Make the next call, if nobody has taken the case meanwhile (S2)."""
    promise = unclaimed(sheet.case)
    stage = key.removeprefix(f"{UNCLAIMED}:")
    number = CALLS.index(stage) + 1 if stage in CALLS else 0
    if promise is None or number <= sheet.case.rung:
        return
    sheet.change(rung=number)
    called = _whom(sheet, stage)
    fields = {"who": stage, "queue": sheet.case.queue.value, "known": bool(called), "due": promise.due_at}
    lane = Lane.ALARM if sheet.case.severity == 1 else Lane.DESK
    if called or stage != "team":
        sheet.add(Tell(name="unclaimed", fields=fields, calls=called, lane=lane))
    if stage != "team" or not called:
        sheet.add(Tell(name="unclaimed_general", fields=fields, calls=called, general=True, lane=lane))
    if stage == CALLS[-1]:
        _call_backup(sheet, promise)


def _whom(sheet: Sheet, stage: str) -> tuple[Colleague, ...]:
    """Who is called: the queue's own people, then by rank. Never whom the case is about (R58)."""
    roster = sheet.scene.situation.roster
    if stage == "team":
        return team(sheet.case, roster)
    role = Role.SUPERVISOR if stage == "supervisor" else Role.MANAGER
    found = tuple(one for one in roster if one.role is role)
    return tuple(one for one in found if one.id not in sheet.case.about)[:MOST_CALLED]


def _call_backup(sheet: Sheet, promise: Promise) -> None:
    """The queue that covers for this one looks on from now on, and hears of it where it sits."""
    case, rules = sheet.case, sheet.scene.rules
    backup = rules.queue(case.queue).backup
    if backup is case.queue or backup in case.watchers:
        return
    sheet.change(watchers=(*case.watchers, backup))
    sheet.remark("backup", backup.value)
    elsewhere = rules.queue(backup).desk
    specialists = sheet.scene.situation.roster.specialists(backup)
    calls = tuple(one for one in specialists if one.id not in case.about)[:MOST_CALLED]
    if not calls and elsewhere == case.desk:
        return
    fields = {"backup": backup.value, "queue": case.queue.value, "due": promise.due_at}
    chat = elsewhere or sheet.scene.situation.desk
    sheet.add(Tell(name="backup_called", fields=fields, calls=calls, general=True, chat=chat))


ACTS: Final = Acts(dues={UNCLAIMED: ring_louder})
