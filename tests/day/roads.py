"""How a holder works a case, one step at a time, each in its due order."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.complaint.case import Case, Control, Severity, Verdict
from bot.complaint.deskwork import ApprovalState
from bot.complaint.ids import CaseNo
from bot.policy.tasking import blocks_close
from bot.sandbox.people import Person
from tests.day.screens import Screens
from tests.day.shift import Shift

ROADS: dict[str, tuple[str, ...]] = {
    "words": ("answer", "resolve"),
    "offer": ("offer", "resolve"),
    "ask": ("answer", "ask", "resolve"),
    "multiple": ("multiple", "resolve"),
    "upheld": ("upheld", "cause", "offer", "resolve"),
    "refused": ("answer", "not_upheld", "unaccepted"),
    "call": ("call", "resolve"),
    "visit": ("visit", "resolve"),
    "sample": ("sample", "resolve"),
    "promise": ("promise", "resolve"),
    "legal": ("answer", "to_legal"),
    "quality": ("answer", "to_quality"),
    "bot": ("answer", "back", "resolve"),
}
DRAWN = (
    *("words",) * 30, *("offer",) * 22, *("ask",) * 10, *("multiple",) * 3, *("upheld",) * 10, *("refused",) * 5,
    *("call",) * 6, *("visit",) * 2, *("sample",) * 2, *("promise",) * 5, *("legal",) * 2, *("quality",) * 2,
    *("bot",) * 1,
)  # fmt: skip
"""A hundred of them."""
AFTER_TRANSFER = ("words", "offer", "upheld", "promise")
WITHIN = ("全额退款", "换新", "补寄", "券 30", "全额退款 + 券 20", "退款 30", "运费 12")
"""What agents may give alone; without an order in the books some of it is answered with how to write it."""
BEYOND = (
    "补偿 200",
    "全额退款 + 补偿 150",
    "补偿 60",
    "补偿 900",
    "误工费 300",
    "礼物 600",
    "补偿 5000",
    "退款 30 + 补偿 80",
)
SURE = "退款 20"
"""What can be written whatever is known."""
WORDS = ("您说的我都记下了，正在核对", "还有什么要补充的吗？", "我再核对一下记录", "核对好了，跟您说一下结果")
SHARP = ("爱买不买", "这是我们的责任，内部先别说")
"""Held back, and then kept inside."""
NOTES = ("// 内部备注：查过批次", "／／内部备注：供应商在查", "/note 内部备注：老顾客")
NEVER_OUT = ("内部备注", "爱买不买", "内部先别说", "我来插一句", "/offer", "/task", "/transfer")
"""What may never stand in a customer's chat."""
UNANSWERED = timedelta(minutes=90)
"""So long an offer lies with somebody who says nothing before it is laid once more."""
PATIENCE = timedelta(minutes=35)
"""So long somebody waits for the answer to "is it settled?" before anything else is done."""


@dataclass(slots=True)
class Work:
    """How far a case is on its way, and what was tried."""

    road: str
    step: int = 0
    said: int = 0
    offers: int = 0
    asked_at: datetime | None = None
    agreed_seen: datetime | None = None
    not_before: datetime | None = None
    claimed_at: datetime | None = None
    tried: set[str] = field(default_factory=set)

    @property
    def next(self) -> str:
        """The step that comes now; the last one again and again."""
        steps = ROADS[self.road]
        return steps[min(self.step, len(steps) - 1)]


class Roads:
    """Everybody's cases, and how they go on."""

    def __init__(self, shift: Shift, screens: Screens) -> None:
        self.shift = shift
        self.screens = screens
        self.works: dict[CaseNo, Work] = {}
        self.asked: dict[CaseNo, None] = {}
        """Where somebody asked for more than they may give: those who decide were called by name."""
        self.proofs = 0

    def work(self, case: Case) -> Work:
        """What is known of this case's way; drawn when somebody first has it."""
        if case.no not in self.works:
            self.works[case.no] = Work(road=self.shift.chance.choice(DRAWN))
        return self.works[case.no]

    # -- talking

    def speak(self, who: Person, case: Case) -> None:
        """The next words to the customer."""
        work = self.work(case)
        first = work.said == 0
        work.said += 1
        words = "收到，我来处理，先看一下您的记录" if first else WORDS[(work.said - 2) % len(WORDS)]
        self.screens.say(who, case.no, words)

    # -- onward

    async def onward(self, who: Person, case: Case) -> bool:
        """The next thing to be done on a case that waits for nobody; whether anything was."""
        work, now = self.work(case), self.shift.now
        if work.not_before is not None and now < work.not_before:
            return False
        if case.fulfilments and any(one.proof is None for one in case.fulfilments):
            return self._carry_out(who, case, work)
        if self._waits(case):
            return False
        done = self._again(who, case) or await self._step(who, case, work)
        if done:
            work.not_before = now + timedelta(seconds=self.shift.chance.uniform(60, 400))
        return done

    def _waits(self, case: Case) -> bool:
        """It is somebody else's turn: the customer's, those who decide, or a time that was agreed."""
        lying = next((one for one in case.offers if one.parts and one.state == "chosen"), None)
        if lying is not None and "laid twice" not in self.work(case).tried:
            unseen = self.shift.now - lying.at > UNANSWERED
            if unseen:
                # it may never have reached them: once more, and it takes the place of the first
                self.work(case).tried.add("laid twice")
                self.work(case).step -= 1
            return not unseen
        own = any(one.kind == "own_words" for one in case.open_promises)
        told = any(blocks_close(one) for one in case.open_tasks)
        return lying is not None or bool(case.open_approvals) or told or own

    def _again(self, who: Person, case: Case) -> bool:
        last = case.approvals[-1] if case.approvals else None
        if last is None or last.state is not ApprovalState.EVIDENCE or int(last.by) != who.id:
            return False
        if f"again {last.id}" in self.work(case).tried:
            return False
        # those who decide look at it anew
        work = self.work(case)
        work.tried = {one for one in work.tried if not one.endswith(f" {last.id}")} | {f"again {last.id}"}
        self.asked[case.no] = None
        return self.screens.press(who, case.no, "ask_again")

    def _carry_out(self, who: Person, case: Case, work: Work) -> bool:
        """A remedy is done some minutes after it was agreed, and proved."""
        if work.agreed_seen is None:
            work.agreed_seen = self.shift.now + timedelta(seconds=self.shift.chance.uniform(300, 2400))
        if self.shift.now < work.agreed_seen:
            return False
        owed = next(one for one in case.fulfilments if one.proof is None)
        self.proofs += 1
        self.screens.say(who, case.no, f"/done {owed.id} RF-{self.proofs:05}")
        return True

    async def _step(self, who: Person, case: Case, work: Work) -> bool:
        step = work.next
        if step == "resolve":
            return self._resolve(who, case, work)
        if step == "unaccepted":
            return self._end_unaccepted(who, case, work)
        work.step += 1
        if step == "cause":
            return self._cause(who, case)
        if step in ("offer", "ask", "multiple"):
            return self._offer(who, case, work, step)
        if step == "back":
            return self._back(who, case)
        return self._command(who, case, step)

    def _command(self, who: Person, case: Case, step: str) -> bool:
        hour = self._hour()
        texts = {
            "upheld": "/upheld 底座虚焊 | 出厂前加测一遍",
            "not_upheld": "/notupheld 批次和留样都查过，没有发现问题 | 以后有疑问随时写在这里",
            "call": f"/task call {hour} 说一下结果",
            "visit": "/task visit 明天10:00-11:00 南京路1号 看一下",
            "sample": f"/task sample {hour} 半袋",
            "promise": "/promise 给您一个书面说明 今天17:30"
            if self._before(16)
            else "/promise 给您书面说明 明天11:30",
            "to_legal": "/transfer 法律 要专业的人看",
            "to_quality": "/transfer 质量 要看批次",
        }
        if step == "answer" or (step in ("to_legal", "to_quality") and case.severity is Severity.SEV1):
            self.speak(who, case)
        elif step == "upheld" and case.verdict is not None:
            return False
        else:
            self.screens.say(who, case.no, texts[step])
            if step.startswith("to_"):
                self.works[case.no] = Work(road=self.shift.chance.choice(AFTER_TRANSFER), said=1)
        return True

    def _local(self) -> datetime:
        return self.shift.now.astimezone(self.shift.stage.rules.clock)

    def _before(self, hour: int) -> bool:
        return 9 <= self._local().hour < hour

    def _hour(self) -> str:
        """The next hour in which the one who says it is at work."""
        begins = self._local() + timedelta(minutes=20)
        hour = begins.hour + 1
        if hour == 12:
            hour = 13
        return f"今天{hour}:00-{hour + 1}:00" if hour <= 16 else "明天10:00-11:00"

    def _cause(self, who: Person, case: Case) -> bool:
        chosen = self.shift.chance.choice(("production", "packaging", "transport", "service"))
        if case.verdict not in (Verdict.UPHELD, Verdict.PARTLY) or case.cause:
            return False
        if not self.screens.press(who, case.no, "cause", chosen):
            self.screens.say(who, case.no, f"/cause {chosen}")
        return True

    def _back(self, who: Person, case: Case) -> bool:
        if case.severity <= Severity.SEV2 or case.control is not Control.HUMAN:
            self.speak(who, case)
            return True
        return self.screens.press(who, case.no, "to_bot") or bool(self.screens.say(who, case.no, "/bot"))

    # -- offers

    def _offer(self, who: Person, case: Case, work: Work, step: str) -> bool:
        """Something is offered, or asked for; what cannot be written so is written otherwise."""
        chance = self.shift.chance
        work.offers += 1
        if step == "multiple" and case.facts.order is None:
            step = "ask"
        if step == "multiple":
            words = "三倍赔偿 | 宣传与实物不符"
        elif step == "ask":
            words = f"{chance.choice(BEYOND if case.facts.order else BEYOND[2:6])} | 跑了两趟门店"
        else:
            words = chance.choice(WITHIN if case.facts.order else (SURE, "换新", "券 30"))
        if step != "offer":
            self.asked[case.no] = None
        self.screens.say(who, case.no, f"/offer {words}")
        return True

    # -- the end

    def _resolve(self, who: Person, case: Case, work: Work) -> bool:
        """Ask whether it is settled, once in a while; where they took no offer, another one, then our last word."""
        refused = [one for one in case.offers if one.parts and one.state == "refused"]
        settled = case.agreement is not None or not refused
        if not settled and work.offers <= len(refused) and "last word" not in work.tried:
            if len(refused) < 2:
                return self._offer(who, case, work, "offer")
            work.tried.add("last word")
            work.road, work.step = "refused", len(ROADS["refused"]) - 1
            self.screens.say(who, case.no, "/deadlock 退款和券可以给 | 赔偿超出了能给的")
            return True
        if case.verdict in (Verdict.UPHELD, Verdict.PARTLY) and not case.cause:
            return self._cause(who, case)
        if work.asked_at is not None and self.shift.now < work.asked_at + PATIENCE:
            return False
        if "asked thrice" in work.tried or case.open_escalation is not None:
            return False
        work.tried.add(
            "asked thrice" if "asked twice" in work.tried else "asked twice" if work.asked_at else "asked"
        )
        work.asked_at = self.shift.now
        return self.screens.press(who, case.no, "resolve")

    def _end_unaccepted(self, who: Person, case: Case, work: Work) -> bool:
        if case.considered and "still" not in work.tried:
            work.tried.add("still")
            return self.screens.press(who, case.no, "still_not_upheld")
        if "unaccepted" in work.tried:
            return self._resolve(who, case, work) if case.verdict is not None else False
        work.tried.add("unaccepted")
        return self.screens.press(who, case.no, "unaccepted")
