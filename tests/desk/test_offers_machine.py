"""Whatever people of any rank offer, ask for and vote: nobody exceeds their authority or approves themselves."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.complaint.actions import Situation
from bot.complaint.case import Case, Facts, Level, Order, Person
from bot.complaint.colleagues import Colleague, Role, Roster, Specialty
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import ApprovalState
from bot.complaint.events import AgentWrote, Due, Pressed
from bot.complaint.ids import CaseNo, Cents, ChatId, MessageId, UserId
from bot.complaint.reading import RemedyKind
from bot.desk.acting import act, at_its_time
from bot.dialogue.machine import advance
from bot.dialogue.presses import press_data as customer_press
from bot.policy.ladder import LIVING, Load, burden, guard
from bot.policy.remedy_kinds import NOBODY
from tests.desk.desk_scene import DESK, NOW, RULES, THREAD, ZHANG, a_talk, pressed, quiet_case, wrote

ORDER = Order(order_no="HS-1", product="面包", price=Cents(300_00))
OTHER = Order(order_no="HS-2", product="电热壶", price=Cents(89_00))
FIRST, SECOND = CaseNo("583-2716"), CaseNo("583-2717")
STAFF = {
    "agent": Colleague(id=UserId(11), name="李"),
    "agent2": Colleague(id=UserId(12), name="王"),
    "lawyer": Colleague(id=UserId(13), name="方", specialties=(Specialty.LEGAL,)),
    "supervisor": Colleague(id=UserId(21), name="陈", role=Role.SUPERVISOR),
    "supervisor2": Colleague(id=UserId(22), name="周", role=Role.SUPERVISOR),
    "manager": Colleague(id=UserId(31), name="赵", role=Role.MANAGER),
}
ROSTER = Roster({one.id: one for one in STAFF.values()})
ABOUT = STAFF["supervisor2"].id
"""Whom the first case is about."""
WHO = st.sampled_from(sorted(STAFF))
OFFERS = st.sampled_from(
    [
        "全额退款",
        "退款 50",
        "退款 89",
        "换新",
        "券 30",
        "券 150 + 换新",
        "礼物 900",
        "礼物 6000",
        "补偿 80",
        "补偿 1500",
        "补偿 19000",
        "补偿 25000",
        "运费 60",
        "三倍赔偿",
        "全额退款 + 补偿 200 + 券 30",
        "误工费 300",
        "道歉",
        "开除店员",
        "公开道歉",
    ]
)


class Offers(RuleBasedStateMachine):
    """Two cases of one complainant, with the same order or another, under the hands of six colleagues."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.cases = {
            FIRST: quiet_case(no=FIRST, facts=Facts(order=ORDER), about=(ABOUT,)),
            SECOND: quiet_case(no=SECOND, facts=Facts(order=ORDER)),
        }
        self.talks = {no: a_talk(case_no=no) for no in self.cases}
        self.messages = 0

    def _situation(self, no: CaseNo, who: Colleague | None) -> Situation:
        return Situation(
            now=self.now,
            fresh_case_no=CaseNo("000-0000"),
            desk=DESK,
            where=DESK,
            thread=THREAD,
            colleague=who,
            roster=ROSTER,
            other_cases=tuple(one for one in self.cases.values() if one.no != no),
        )

    def _keep(self, no: CaseNo, case: Case | None, talk: Conversation | None) -> None:
        assert case is not None
        others = tuple(one for one in self.cases.values() if one.no != no)
        guard(
            RULES, self.cases[no], case, others
        )  # as the ledger does: what people may do never gets this far
        self.cases[no] = case
        self.talks[no] = talk or self.talks[no]

    def _do(self, event: AgentWrote | Pressed, no: CaseNo, who: Colleague) -> None:
        turn = act(event, self.cases[no], self.talks[no], rules=RULES, situation=self._situation(no, who))
        self._keep(no, turn.case, turn.conversation)

    def _say(self, who: str, no: CaseNo, text: str) -> None:
        self.messages += 1
        one = STAFF[who]
        self._do(wrote(text, Person(id=one.id, name=one.name), self.messages), no, one)

    @rule(who=WHO, no=st.sampled_from([FIRST, SECOND]), words=OFFERS, reason=st.booleans())
    def offer(self, who: str, no: CaseNo, words: str, reason: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody offers something, with a reason or without: mostly whoever has the case."""
        self._say(self._having(no) or who, no, f"/offer {words}{' | 理由' if reason else ''}")

    @rule(who=WHO, no=st.sampled_from([FIRST, SECOND]), words=OFFERS)
    def barge_in(self, who: str, no: CaseNo, words: str) -> None:
        """Somebody offers something, whoever has the case."""
        self._say(who, no, f"/offer {words} | 理由")

    def _having(self, no: CaseNo) -> str:
        holder = self.cases[no].holder
        return next((name for name, one in STAFF.items() if holder and one.id == holder.id), "")

    @rule(who=WHO, no=st.sampled_from([FIRST, SECOND]))
    def take_over(self, who: str, no: CaseNo) -> None:
        """Somebody takes the case over, or claims it."""
        holder = self.cases[no].holder
        one = STAFF[who]
        name = ("take_over", str(holder.id)) if holder else ("claim", "")
        self._do(pressed(*name, by=Person(id=one.id, name=one.name), no=no), no, one)

    @precondition(lambda self: any(one.open_approvals for one in self.cases.values()))
    @rule(who=WHO)
    def approve(self, who: str) -> None:
        """Somebody agrees to what is asked for now."""
        case = next(one for one in self.cases.values() if one.open_approvals)
        one = STAFF[who]
        by = Person(id=one.id, name=one.name)
        self._do(pressed("approve", case.open_approvals[0].id, by=by, no=case.no), case.no, one)

    @precondition(lambda self: any(one.approvals for one in self.cases.values()))
    @rule(
        who=WHO,
        no=st.sampled_from([FIRST, SECOND]),
        deed=st.sampled_from(["approve", "refuse", "evidence", "ask_again", "lower"]),
        number=st.integers(0, 3),
    )
    def vote(self, who: str, no: CaseNo, deed: str, number: int) -> None:
        """Somebody votes by a button, on a newer request or an older one."""
        known = self.cases[no].approvals
        value = known[-1 - number].id if number < len(known) else "a1"
        one = STAFF[who]
        self._do(pressed(deed, value, by=Person(id=one.id, name=one.name), no=no), no, one)

    @rule(
        who=WHO,
        no=st.sampled_from([FIRST, SECOND]),
        yuan=st.sampled_from([0, 10, 100, 1_900, 24_000, 90_000]),
    )
    def lower(self, who: str, no: CaseNo, yuan: int) -> None:
        """Somebody lowers a request, in words."""
        self._say(who, no, f"/lower {yuan} 先给一部分")

    @rule(
        no=st.sampled_from([FIRST, SECOND]),
        says=st.sampled_from(["offer_yes", "offer_yes", "offer_no", "offer_change"]),
    )
    def reply(self, no: CaseNo, says: str) -> None:
        """The complainant answers the newest offer, or an older one."""
        self.answer(no, says)

    def answer(self, no: CaseNo, says: str) -> None:
        """Their press, on this offer or that."""
        case, talk = self.cases[no], self.talks[no]
        for offer in reversed(case.offers[-2:]):
            data = customer_press(says, f"{no}.{offer.id}", talk.turn)
            event = Pressed(
                at=self.now, chat=ChatId(501), sender=ZHANG, message=MessageId(5), query="q", data=data
            )
            turn = advance(self.talks[no], self.cases[no], event, None, RULES, self._situation(no, None))
            self._keep(no, turn.case, turn.conversation)

    @precondition(
        lambda self: any(one.state == "chosen" for case in self.cases.values() for one in case.offers)
    )
    @rule(no=st.sampled_from([FIRST, SECOND]))
    def accept(self, no: CaseNo) -> None:
        """The complainant takes what lies on the table."""
        self.answer(no, "offer_yes")

    @rule(who=WHO, no=st.sampled_from([FIRST, SECOND]))
    def withdraw(self, who: str, no: CaseNo) -> None:
        """Somebody takes back what lies on the table."""
        self._say(who, no, "/withdraw_offer")

    @rule(hours=st.sampled_from([1, 30, 300]))
    def wait(self, hours: int) -> None:
        """Time passes: requests and offers run out at their times."""
        self.now += timedelta(hours=hours)
        for no in self.cases:
            keys = [
                ("approval_ends", f"approval:{one.id}", one.expires_at) for one in self.cases[no].approvals
            ]
            keys += [("offer_ends", f"offer:{one.id}", one.valid_until) for one in self.cases[no].offers]
            for kind, key, due in keys:
                if due <= self.now:
                    event = Due(at=self.now, chat=ChatId(501), case_no=no, kind=kind, key=key)
                    turn = at_its_time(
                        event,
                        self.cases[no],
                        self.talks[no],
                        rules=RULES,
                        situation=self._situation(no, None),
                    )
                    self._keep(no, turn.case, turn.conversation)

    @invariant()
    def nobody_approves_themselves(self) -> None:
        """No vote is the asker's own, none is of somebody whom the case is about, and each has the rank or trade."""
        for case in self.cases.values():
            for request in case.approvals:
                ids = [one.by for one in request.votes]
                assert request.by not in ids
                assert not set(ids) & set(case.about)
                assert len(ids) == len(set(ids))
                assert all(one.level is not Level.A1 or one.legal for one in request.votes)

    @invariant()
    def cash_has_two_people(self) -> None:
        """Whoever the offer names, money that an agent may not give was agreed to by somebody else."""
        for case in self.cases.values():
            for offer in case.offers:
                if {RemedyKind.COMPENSATION, RemedyKind.LOST_INCOME, RemedyKind.MULTIPLE} & set(offer.kinds):
                    request = next(one for one in case.approvals if one.id == offer.approval_id)
                    assert request.state in (ApprovalState.APPROVED, ApprovalState.LOWERED)
                    assert {one.by for one in request.votes} - {request.by}
                    assert request.parts == offer.parts
                    if RemedyKind.MULTIPLE in offer.kinds:
                        assert any(one.legal for one in request.votes)
                        assert len(request.votes) > 1
                assert not NOBODY & set(offer.kinds)

    @invariant()
    def nothing_is_granted_twice(self) -> None:
        """Of one order no remedy is agreed twice, in one case or the other."""
        agreed = [
            kind
            for case in self.cases.values()
            for offer in case.offers
            if offer.state == "agreed"
            for kind in offer.kinds
            if kind is not RemedyKind.APOLOGY
        ]
        assert len(agreed) == len(set(agreed)), agreed

    @invariant()
    def limits_hold_over_both_cases(self) -> None:
        """Without anybody else's yes no more lies open or agreed, over both cases, than an agent may give."""
        cases = tuple(self.cases.values())
        alone = all(
            offer.approval_id is None and offer.level is Level.A1
            for case in cases
            for offer in case.offers
            if offer.state in LIVING
        )
        if alone:
            rung, all_of_it = RULES.ladder.agent, burden(Load(), cases[0], cases[1:])
            assert rung.goodwill_cents is not None
            assert rung.money_cents is not None
            assert all_of_it.goodwill <= rung.goodwill_cents
            assert all_of_it.money <= rung.money_cents

    @invariant()
    def one_offer_lies_with_them(self) -> None:
        """At most one offer of a case waits for an answer, and an agreement names one that was agreed."""
        for case in self.cases.values():
            assert sum(one.state in ("open", "chosen") for one in case.offers) <= 1
            if case.agreement is not None:
                agreed = next(one for one in case.offers if one.id == case.agreement.offer_id)
                assert agreed.state == "agreed"


test_no_sequence_of_offers_exceeds_authority = pytest.mark.practice("S31", "R35", "S17")(Offers.TestCase)
Offers.TestCase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
