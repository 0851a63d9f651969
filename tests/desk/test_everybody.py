"""Whatever the whole desk does in one talk, the complainant, and time: rights, ends, secrecy and owners always hold."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from bot.complaint.actions import Relay, Say
from bot.complaint.case import Case, Status
from bot.complaint.deskwork import ApprovalState
from bot.complaint.events import Pressed
from bot.complaint.ids import UserId
from bot.desk import stays_inside
from bot.desk.drafts import second_thoughts
from bot.dialogue.presses import read_press
from bot.policy.endings import owed
from bot.policy.ladder import GRANTED
from tests.desk.whole_desk import STAFF, WholeDesk
from tests.dialogue.moment import Moment

STRANGER = "stranger"
WHO = st.sampled_from([*STAFF, "agent", "agent2", "supervisor", STRANGER])
SECRET = "只在里面说"
"""What stands in every note and every command's hidden part, and may reach nobody outside."""
WORDS = st.sampled_from(["您好，在查", "壶什么时候买的？", "换新今天18:00前寄", "爱买不买", "这是我们的责任"])
INSIDE = st.sampled_from(
    [f"// {SECRET}", f"／／{SECRET}", f"/note {SECRET}", f"/nonsense {SECRET}", f" //{SECRET}"]
)
COMMANDS = st.sampled_from(
    (
        *("/claim", "/release", "/bot", "/reopen", "/resolve", "/resolve 已寄出", f"/resolve // {SECRET}"),
        *("/offer 退款 50", "/offer 退款 89 + 券 30", "/offer 换新", "/offer 礼物 900 | 理由"),
        *("/offer 补偿 80 | 理由", "/offer 补偿 1500 | 理由", "/offer 三倍赔偿 | 理由", "/withdraw_offer"),
        *("/approve", "/lower 30 先给一部分", "/refuse 不够", "/evidence 小票"),
        *(
            "/upheld 封口不牢 | 已加检",
            "/notupheld 查过 | 没问题",
            "/upheld 甲 | 乙 | 丙",
            "/cause production",
        ),
        *("/correct category delivery 快递", "/correct severity 1", "/correct severity 4 没事"),
        *("/correct remedy 退款 300", "/correct right", "/correct"),
        *("/deadlock 只能这样 | 超出了", "/unaccepted", "/severity 4", "/severity 1", "/hold", "/unhold"),
        *(
            "/task call 明天10-11 谈",
            "/task 寄说明书 明天18:00",
            "/task sample 明天10-11 半袋",
            "/move t1 后天10-11",
        ),
        *("/cancel t1 改主意", "/done t1 谈好了", "/done f1 RF-1", "/done RF-1", "/promise 给说明 明天18:00"),
        *(
            "/keep p2 发了",
            "/postpone p2 后天18:00 晚点",
            "/transfer 法律 要专业的人",
            "/transfer @王珂 换人",
        ),
        *("/transfer @周正 换人", "/assign @林晓", "/assign @周正", "/card", "/custody t1 林晓 南京路 半袋"),
    )
)
BEYOND = st.sampled_from(["补偿 80", "补偿 1500", "三倍赔偿", "误工费 300", "礼物 6000"])
PRESSES = st.sampled_from(
    ["claim", "release", "resolve", "to_bot", "done", "hand_on", "reopen", "unaccepted", "still_not_upheld"]
)
ANSWERS = st.sampled_from(
    [
        "转人工",
        "/withdraw",
        "解决了",
        "好的谢谢",
        "还是坏的",
        "气死我了！！！太过分了！！！",
        "退款",
        "手被烫伤了，在医院",
    ]
)
NOTED = ("at_desk", "card_mark", "version")
"""What looking at a case leaves on it."""
LET_GO = ("send_held", "take_send", "let_one")


class Everybody(RuleBasedStateMachine):
    """One complaint about a supervisor, under the hands of the whole desk and a stranger."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = WholeDesk()
        self.dropped: set[int] = set()
        self.out: set[int] = set()
        self.chat.write("转人工，电热壶不通电，订单8841")
        self.chat.cases[self.chat.case.no] = self.chat.case.evolve(about=(STAFF["accused"].id,))

    # -- what people do

    @rule(who=WHO, words=WORDS)
    def speak(self, who: str, words: str) -> None:
        """Somebody writes to the complainant."""
        self._check(self.chat.says(who, words), who)

    @rule(who=WHO, words=INSIDE)
    def note(self, who: str, words: str) -> None:
        """Somebody writes what stays inside."""
        self._check(self.chat.says(who, words), who)

    @rule(who=WHO, words=COMMANDS)
    def command(self, who: str, words: str) -> None:
        """Somebody gives a command."""
        self._check(self.chat.says(who, words), who)

    @rule(words=COMMANDS)
    def get_on(self, words: str) -> None:
        """Whoever has the case does something with it: most sequences get on by this."""
        self.go_on(words)

    def go_on(self, words: str) -> None:
        """The holder's words, or an agent's where nobody has it."""
        holder = self.chat.case.holder
        who = next((name for name, one in STAFF.items() if holder and one.id == holder.id), "agent")
        self._check(self.chat.says(who, words), who)

    @rule(who=WHO, name=PRESSES)
    def press(self, who: str, name: str) -> None:
        """Somebody presses a button of the card."""
        self._check(self.chat.taps(who, name), who)

    @precondition(lambda self: self.chat.case.holder is not None)
    @rule(who=WHO)
    def take_over(self, who: str) -> None:
        """Somebody takes it from another's hands."""
        assert self.chat.case.holder is not None
        self._check(self.chat.taps(who, "take_over", str(self.chat.case.holder.id)), who)

    @precondition(lambda self: self.chat.talk.drafts)
    @rule(who=WHO, name=st.sampled_from([*LET_GO, "drop_held", "was_note"]))
    def decide_on_draft(self, who: str, name: str) -> None:
        """Somebody lets held words go, or keeps them."""
        value = str(self.chat.talk.drafts[-1].sources[0].message)
        self._check(self.chat.taps(who, name, value), who)

    @precondition(lambda self: self.chat.case.open_approvals)
    @rule(who=WHO, name=st.sampled_from(["approve", "approve", "refuse", "evidence"]))
    def vote(self, who: str, name: str) -> None:
        """Somebody decides on what is asked for."""
        self._check(self.chat.taps(who, name, self.chat.case.open_approvals[0].id), who)

    @rule(who=st.sampled_from(["agent", "lawyer", "supervisor", "manager"]), words=BEYOND)
    def ask_for_more(self, who: str, words: str) -> None:
        """Somebody takes the case and asks for what they may not give; whoever asked is the first to say yes."""
        holder = self.chat.case.holder
        self._check(self.chat.taps(who, *(("take_over", str(holder.id)) if holder else ("claim", ""))), who)
        self._check(self.chat.says(who, f"/offer {words} | 理由"), who)
        if self.chat.case.open_approvals:
            self._check(self.chat.taps(who, "approve", self.chat.case.open_approvals[0].id), who)

    @precondition(lambda self: self.chat.case.is_open and bool(owed(self.chat.case)))
    @rule(words=st.sampled_from(["/resolve", "/resolve 已寄出", "/unaccepted"]))
    def end_it_all_the_same(self, words: str) -> None:
        """Whoever has the case would end it with something owed, and the complainant would agree."""
        self.go_on(words)
        yes = [data for data in self.chat.last if "|settled_yes|" in data]
        if yes:
            self._check(self.chat.press_data(yes[0]))

    # -- the complainant, and time

    @rule(text=ANSWERS)
    def complain(self, text: str) -> None:
        """The complainant writes."""
        self._check(self.chat.command("withdraw") if text == "/withdraw" else self.chat.write(text))
        if (self.chat.case.no, "quiet") in self.chat.timers:
            self._check(self.chat.quiet())

    @precondition(lambda self: self.chat.last)
    @rule(place=st.integers(0, 5))
    def answer(self, place: int) -> None:
        """The complainant presses a button of the newest keyboard."""
        data = self.chat.last[place % len(self.chat.last)]
        assert read_press(data) is not None
        self._check(self.chat.press_data(data))

    @rule(reachable=st.booleans())
    def reach(self, reachable: bool) -> None:  # noqa: FBT001 - drawn
        """The complainant blocks the bot, or comes back."""
        self._check(self.chat.reach(reachable=reachable))

    @rule(hours=st.sampled_from([1, 9, 80]))
    def wait(self, hours: int) -> None:
        """Time passes, and what is due comes at its time."""
        for moment in self.chat.wait(hours=hours):
            self._check(moment)

    @rule(hours=st.sampled_from([9, 80]))
    def be_away(self, hours: int) -> None:
        """The house is down for a while; then all that was due comes at once."""
        for moment in self.chat.outage(timedelta(hours=hours)):
            self._check(moment)

    # -- what always stays true

    def _check(self, moment: Moment, who: str = "") -> None:
        case, before = moment.case, moment.before
        if who:
            _only_with_a_right(moment, who)
        self._nothing_inside_goes_out(moment)
        _authority_holds(case)
        if before is not None and before.no == case.no and before.is_open and not case.is_open:
            _owes_nothing(case)
        for one in self.chat.cases.values():
            timers = [name for name in self.chat.timers if name[0] == one.no]
            assert not one.is_open or timers, f"{one.no} is open, and nothing wakes it"

    def _nothing_inside_goes_out(self, moment: Moment) -> None:
        drafts = {one.sources[0].message for one in moment.talk_before.drafts}
        let = isinstance(moment.event, Pressed) and any(f"|{name}|" in moment.event.data for name in LET_GO)
        for one in moment.turn.actions:
            if isinstance(one, Relay) and one.to_customer:
                assert not stays_inside(one.text)
                assert let or not second_thoughts(moment.case, one.text), "sharp words went out without a tap"
                assert one.source.message not in self.out | self.dropped
                self.out.add(one.source.message)
            if isinstance(one, Say):
                assert SECRET not in str(one.fields)
        assert not any(SECRET in words for words in moment.words)
        left = {one.sources[0].message for one in moment.talk.drafts}
        self.dropped |= drafts - left - self.out


def _only_with_a_right(moment: Moment, who: str) -> None:
    """A stranger, and whoever the complaint is about, change nothing of the case and reach nobody."""
    before = moment.before
    assert before is not None
    if who != STRANGER and STAFF[who].id not in before.about:
        return
    reached = [one for one in moment.turn.actions if isinstance(one, Say)]
    reached += [one for one in moment.turn.actions if isinstance(one, Relay) and one.to_customer]  # type: ignore[misc]
    assert not reached
    after = moment.case.evolve(**{name: getattr(before, name) for name in NOTED})
    assert after == before


def _authority_holds(case: Case) -> None:
    """Nobody has, decides on, or approves what is not theirs."""
    assert case.holder is None or case.holder.id not in case.about
    assert case.decided_by is None or case.decided_by.id not in case.about
    for request in case.approvals:
        votes = [one.by for one in request.votes]
        assert request.by not in votes
        assert not set(votes) & {*case.about, UserId(99)}
        if request.state in (ApprovalState.APPROVED, ApprovalState.LOWERED):
            yes = {one.by for one in request.votes if one.says in GRANTED}
            assert len(yes) >= request.people
            assert not request.legal or any(one.legal for one in request.votes if one.says in GRANTED)
    for offer in case.offers:
        request_of = next((one for one in case.approvals if one.id == offer.approval_id), None)
        assert request_of is None or request_of.parts == offer.parts


def _owes_nothing(case: Case) -> None:
    """What was closed owes nothing, and nobody is asked for anything on it."""
    left = [one for one in owed(case) if case.status is not Status.WITHDRAWN or one.kind == "promise"]
    assert not left, left
    assert not case.open_approvals
    assert case.open_escalation is None


test_nobody_at_the_whole_desk_exceeds_their_rights = pytest.mark.practice(
    "R35", "R58", "S31", "S53", "S2", "R10"
)(Everybody.TestCase)
Everybody.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
