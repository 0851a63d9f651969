"""The agents of a simulated day: decisions first, then what is due, then who waits, then the next step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.complaint.case import Case, Control, Promise, Queue, Severity, Task
from bot.complaint.deskwork import ApprovalState, TaskKind, Waiting
from bot.complaint.ids import CaseNo
from bot.desk.heat import is_hot_since_taken
from bot.sandbox.people import Person
from tests.day.roads import NOTES, SHARP, Roads
from tests.day.screens import Screens
from tests.day.shift import Deed, Shift, at_rest

AHEAD = timedelta(minutes=25)
"""So long before its time what is promised is done."""
EVERYBODYS = timedelta(minutes=20)
"""How old a remedy of nobody's case is when whoever is free carries it out."""
DECIDERS = frozenset({"supervisor", "manager", "legal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who works when, how gravely a case must weigh to be theirs, and how quickly they go from one to the next."""

    who: Person
    begins: datetime
    ends: datetime
    only: Severity | None = None
    """On call: cases of this severity or graver, whoever has them."""
    pace: tuple[float, float] = (15, 40)


@dataclass(slots=True)
class Colleagues:
    """Everybody at the desk."""

    shift: Shift
    screens: Screens
    roads: Roads
    duties: list[Duty] = field(default_factory=list)
    unfair: list[str] = field(default_factory=list)
    """Where somebody was shown a less urgent case before a more urgent one."""
    first_human: dict[CaseNo, float] = field(default_factory=dict)
    """By case: seconds from the hand-over to whoever took it."""

    def roster(self, duties: Sequence[Duty]) -> None:
        """Have them work."""
        for duty in duties:
            self.duties.append(duty)
            self.shift.plan(duty.begins, self._at_work(duty))

    def _at_work(self, duty: Duty) -> Deed:
        async def act() -> None:
            least, most = duty.pace
            busy = await self._act(duty)
            if self.shift.now < duty.ends:
                self.shift.soon(least * (1 if busy else 2), most * (1 if busy else 2), self._at_work(duty))

        return act

    def _here(self, person_id: int) -> bool:
        now = self.shift.now
        return any(one.who.id == person_id and one.begins <= now < one.ends for one in self.duties)

    async def _act(self, duty: Duty) -> bool:
        """What matters most now; whether there was anything to do."""
        who = duty.who
        mine = await self.screens.mine(who)
        if await self._decide(who) or await self._due(who, mine):
            return True
        if duty.only is not None:
            return await self._on_call(who, duty.only)
        leaving = self._leaving(duty) and self._hand_over(who, mine)
        if leaving or self._answer(who, mine) or await self._next_in_line(duty):
            return True
        for case in sorted(mine, key=_urgency):
            if await self.roads.onward(who, case):
                return True
        return await self._nobodys(who)

    # -- deciding

    async def _decide(self, who: Person) -> bool:
        if who.standing not in DECIDERS:
            return False
        for case in await self.screens.cases(list(self.roads.asked)):
            if not case.open_approvals:
                settled = case.approvals and case.approvals[-1].state is not ApprovalState.OPEN
                if settled:
                    self.roads.asked.pop(case.no, None)
                continue
            request = case.open_approvals[0]
            voted = who.id in [int(one.by) for one in request.votes]
            if voted or request.by == who.id or f"{who.id} {request.id}" in self.roads.work(case).tried:
                continue
            self.roads.work(case).tried.add(f"{who.id} {request.id}")
            self._vote(who, case, request.id)
            return True
        return False

    def _vote(self, who: Person, case: Case, request: str) -> None:
        share, say = self.shift.chance.random(), self.screens.say
        if share < 0.62:
            self.screens.press(who, case.no, "approve", request)
        elif share < 0.78:
            say(who, case.no, f"/lower {request} 50 先给一部分")
        elif share < 0.9:
            say(who, case.no, f"/refuse {request} 跟商品价值差太多")
        else:
            say(who, case.no, f"/evidence {request} 门店小票")

    # -- what is due

    async def _due(self, who: Person, mine: Sequence[Case]) -> bool:
        for case, task in await self.screens.tasks(who):
            held = case.holder is not None and case.holder.id == who.id
            if (task.owner_id == who.id or (task.owner_id is None and held)) and self._time_for(task):
                self._do(who, case, task)
                return True
        for case in mine:
            for promise in case.open_promises:
                if promise.kind == "own_words" and promise.due_at - self.shift.now < 2 * AHEAD:
                    self._keep(who, case, promise)
                    return True
        return False

    def _time_for(self, task: Task) -> bool:
        if task.kind is TaskKind.PLAYBOOK:
            return self.shift.now > task.made_at + EVERYBODYS
        begins = task.begins or task.due_at - AHEAD
        return self.shift.now >= begins

    def _do(self, who: Person, case: Case, task: Task) -> None:
        if task.kind is TaskKind.SAMPLE and not task.custody:
            self.screens.say(who, case.no, f"/custody {task.id} {who.name} 南京路1号 半袋封好")
        elif task.kind is TaskKind.SAMPLE and not task.lab_result and self.shift.luck(0.5):
            self.screens.say(who, case.no, f"/lab {task.id} 菌落总数合格")
        else:
            self.screens.say(who, case.no, f"/done {task.id} 办好了，顾客知道结果")

    def _keep(self, who: Person, case: Case, promise: Promise) -> None:
        """Kept in time, or put off in time with a new one."""
        work = self.roads.work(case)
        if "put off" not in work.tried and self.shift.luck(0.2):
            work.tried.add("put off")
            self.screens.say(who, case.no, f"/postpone {promise.id} 明天11:30 还差一份材料")
        else:
            self.screens.say(who, case.no, f"/keep {promise.id} 说明发了")

    # -- who waits

    def _answer(self, who: Person, mine: Sequence[Case]) -> bool:
        waiting = [case for case in mine if case.open_escalation or case.waiting_since]
        if not waiting:
            return False
        case = min(waiting, key=_urgency)
        if is_hot_since_taken(case) and self.screens.press(who, case.no, "hand_on"):
            return True
        share = self.shift.chance.random()
        if share < 0.04:
            self.screens.say(who, case.no, self.shift.chance.choice(NOTES))
        elif share < 0.07:
            self.shift.soon(1, 2, self._sharp(who, case))
        else:
            self.roads.speak(who, case)
        return True

    def _sharp(self, who: Person, case: Case) -> Deed:
        async def write() -> None:
            # once it was found to be our fault, that may be owned
            sharp = SHARP if case.verdict is None else SHARP[:1]
            said = self.screens.say(who, case.no, self.shift.chance.choice(sharp))
            if said is not None:
                await at_rest(self.shift.stage)
                self.shift.soon(4, 30, self._think_better(who, case.no, str(said.id)))

        return write

    def _think_better(self, who: Person, case_no: CaseNo, held: str) -> Deed:
        async def drop() -> None:
            self.screens.press(who, case_no, "drop_held", held)

        return drop

    async def _next_in_line(self, duty: Duty) -> bool:
        who, line = duty.who, await self.screens.line()
        grave = [one for one in line if duty.only is None or one.severity <= duty.only]
        able = [
            case for case in await self.screens.cases([one.no for one in grave]) if self._may_take(who, case)
        ]
        if not able:
            return False
        legal = (
            next((one for one in able if one.queue is Queue.LEGAL), None) if who.standing == "legal" else None
        )
        case = legal or able[0]
        self._look_if_fair(case, able, line)
        self.first_human[case.no] = (self.shift.now - self._since(case, line)).total_seconds()
        if self.shift.luck(0.5) and self.screens.press(who, case.no, "claim"):
            return True
        self.roads.speak(who, case)
        return True

    def _may_take(self, who: Person, case: Case) -> bool:
        free = case.control is Control.QUEUED and case.holder is None
        return free and case.held_before != who.id and who.id not in case.about

    def _since(self, case: Case, line: Sequence[Waiting]) -> datetime:
        return next((one.since for one in line if one.no == case.no), case.opened_at)

    def _look_if_fair(self, taken: Case, able: Sequence[Case], line: Sequence[Waiting]) -> None:
        """Of those of its queue nobody more urgent, and nobody as urgent for longer, is passed over."""
        mine = (taken.severity, self._handed(taken))
        for one in able:
            if one.queue is taken.queue and (one.severity, self._handed(one)) < mine:
                self.unfair.append(f"case {taken.no} was first in line before {one.no} ({len(line)} wait)")

    def _handed(self, case: Case) -> datetime:
        return case.open_escalation.at if case.open_escalation else case.opened_at

    # -- on call, leaving, and what is nobody's

    async def _on_call(self, who: Person, only: Severity) -> bool:
        """Whatever is grave and waits, whoever has it: their words, and then the case."""
        cases = await self.screens.cases(self.screens.numbers())
        grave = [one for one in cases if one.severity <= only and (one.open_escalation or one.waiting_since)]
        for case in sorted(grave, key=_urgency):
            holder = case.holder.id if case.holder else None
            if holder is None and self._may_take(who, case):
                self.first_human[case.no] = (self.shift.now - self._handed(case)).total_seconds()
                self.roads.speak(who, case)
                return True
            if holder == who.id:
                self.roads.speak(who, case)
                return True
            if holder is not None and not self._here(int(holder)) and case.held_before != who.id:
                await self._take_with_words(who, case)
                return True
        return False

    async def _take_with_words(self, who: Person, case: Case) -> None:
        said = self.screens.say(who, case.no, "我先接着跟，您这边怎么样了？")
        await at_rest(self.shift.stage)
        if said is not None:
            self.shift.soon(6, 20, self._take(who, case.no, str(said.id)))

    def _take(self, who: Person, case_no: CaseNo, held: str) -> Deed:
        async def press() -> None:
            self.screens.press(who, case_no, "take_send", held)

        return press

    def _leaving(self, duty: Duty) -> bool:
        return duty.ends - self.shift.now < timedelta(minutes=10)

    def _hand_over(self, who: Person, mine: Sequence[Case]) -> bool:
        """Whoever goes hands on what is grave to those on call after them."""
        now, soon = self.shift.now, self.shift.now + timedelta(minutes=11)
        after = next(
            (
                one
                for one in self.duties
                if one.only is not None and now < one.begins <= soon and one.who != who
            ),
            None,
        )
        grave = [one for one in mine if after and after.only is not None and one.severity <= after.only]
        if after is None or not grave:
            return False
        self.screens.say(who, grave[0].no, f"/transfer @{after.who.username} 我要下班了")
        return True

    async def _nobodys(self, who: Person) -> bool:
        """Remedies that the bot agreed on are carried out by whoever has time."""
        for case in await self.screens.promised():
            owed = [one for one in case.fulfilments if one.proof is None]
            agreed = case.agreement.confirmed_at if case.agreement else self.shift.now
            if (
                case.holder is None
                and case.control is Control.BOT
                and owed
                and agreed < self.shift.now - EVERYBODYS
            ):
                self.roads.proofs += 1
                self.screens.say(who, case.no, f"/done {owed[0].id} RF-{self.roads.proofs:05}")
                return True
        if self.shift.luck(0.01):
            self.screens.in_general(who, self.shift.chance.choice(("/queue", "/mine", "/tasks", "/promises")))
        return False


def _urgency(case: Case) -> tuple[Severity, datetime]:
    return case.severity, case.waiting_since or case.opened_at
