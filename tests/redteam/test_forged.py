"""Buttons carry no authority: who presses what, where and when is looked up; what stands on a button is a wish."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.complaint.case import Case, Person
from bot.complaint.ids import UserId
from bot.desk import press_data
from bot.desk.acting import ACTS
from bot.desk.overview.enquiries import ASKS
from bot.desk.overview.staff import ORDERS
from bot.desk.rights import NEEDS
from bot.dialogue.presses import ACTS as THEIR_ACTS
from bot.dialogue.presses import ALWAYS
from tests.desk.desk_scene import (
    NO,
    STRANGER,
    do,
    held_case,
    pressed,
    quiet_case,
    reaches_customer,
    waiting_case,
    wrote,
)
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""
ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["²", "١", "0", "-1", "9" * 40, "a1", "p1", "t1", "a\x00", "../..", "%s", "{0}", "|", "\u202e", "nan"]
    ),
)
CASES = [quiet_case(), waiting_case(), held_case()]


@given(st.sampled_from(sorted(ACTS.presses)), ODD, st.sampled_from(CASES), st.sampled_from([None, STRANGER]))
@settings(deadline=None, max_examples=400)
def test_whatever_value_a_forger_writes_on_a_button_it_is_answered(
    name: str, value: str, case: Case, who: Person | None
) -> None:
    """A client of somebody's own may send any data: nothing fails at it, and a stranger's changes nothing."""
    event = pressed(name, value) if who is None else pressed(name, value, who)
    turn = do(event, case, member=who is None)
    if who is not None:
        assert turn.case == case
        assert not any(reaches_customer(one) for one in turn.actions)


@given(st.sampled_from(sorted(ACTS.commands)), ODD, st.sampled_from(CASES))
@settings(deadline=None, max_examples=400)
def test_whatever_stands_behind_a_command_it_is_answered(name: str, argument: str, case: Case) -> None:
    """Odd digits, endless numbers, controls: an answer, and no fault."""
    turn = do(wrote(f"/{name} {argument}"), case)
    assert turn.case is None or turn.case.no == NO


@pytest.mark.parametrize("name", sorted({*ORDERS, *ASKS, "help"}))
def test_what_needs_no_case_needs_a_member(name: str) -> None:
    """Lists, profiles and the roster are for members; a stranger reads none of them."""
    turn = do(wrote(f"/{name} x", STRANGER), waiting_case(), member=False)
    assert turn.colleagues == ()
    told = [getattr(one, "name", "") for one in turn.actions]
    assert set(told) <= {"not_member", "", "stranger"}, told


@pytest.mark.parametrize(
    "name", sorted(name for name, wanted in ACTS.presses.items() if wanted.right in NEEDS)
)
def test_a_rank_is_asked_of_whoever_presses_not_of_the_button(name: str) -> None:
    """An agent who presses, or forges, a supervisor's button is refused, and the case is as it was."""
    turn = do(pressed(name, "a1"), waiting_case())
    assert turn.case == waiting_case()
    assert [one.refused for one in turn.deeds] == ["no_right"]


def all_forged(number: str) -> list[str]:
    """Every button there is, of both sides, for this case."""
    mine = [press_data(name, "a1", number) for name in ACTS.presses]  # type: ignore[arg-type]
    theirs = [f"c|{name}|{number}|{turn}" for name in (*THEIR_ACTS, *ALWAYS) for turn in ("0", "²", "9" * 40)]
    return [*mine, *theirs, "", "|||", "d|||", "\x00", "c|case|\x00|1", "d|claim||\x00"]


async def test_a_customer_presses_every_button_of_the_desk_in_vain(stage: Stage) -> None:
    """All data that the desk knows, sent from a customer's own chat: nothing happens at the desk."""
    await stage.play(HELD)
    before = await stage.case()
    world, customer = stage.demo.world, stage.demo.customer
    message = world.from_bot(customer.id)[-1]
    for data in [press_data(name, "a1", before.no) for name in ACTS.presses]:
        world.press_unseen(customer.id, message, data)
    await stage.settle()
    after = await stage.case()
    assert (after.control, after.holder, after.offers, after.severity) == (
        before.control,
        before.holder,
        before.offers,
        before.severity,
    )
    assert [one.deed async for one in stage.house.store.deeds() if one.deed.by == customer.id] == []
    assert (await stage.house.store.counts())["set_aside"] == 0


async def test_another_customer_reaches_nobodys_case(stage: Stage) -> None:
    """Every button with the number of somebody else's case: it stays as it was, and its words stay unsaid."""
    await stage.play(HELD)
    theirs = await stage.case()
    await stage.do("客户2", "想投诉别的事")
    world, other = stage.demo.world, stage.customers["客户2"]
    message = world.from_bot(other.id)[-1]
    for data in all_forged(theirs.no):
        world.press_unseen(other.id, message, data)
    await stage.settle()
    (case,) = [one for one, _ in await stage.kept() if one.no == theirs.no]
    assert case == theirs
    told = "\n".join(one.text for one in world.from_bot(other.id))
    assert theirs.no not in told
    assert "电热壶" not in told
    assert (await stage.house.store.counts())["set_aside"] == 0


async def test_somebody_else_pressing_a_customers_button_is_not_them(stage: Stage) -> None:
    """A press in a private chat by another number than the chat's own changes nothing."""
    await stage.play("客户: 上周买的电热壶不通电，我要退款\n机器人: …")
    before = await stage.case()
    world, customer = stage.demo.world, stage.demo.customer
    message = world.from_bot(customer.id)[-1]
    for data in all_forged(before.no):
        world.press_unseen(stage.demo.stranger.id, message, data)
    await stage.settle()
    assert await stage.case() == before


async def test_who_left_the_desk_presses_in_vain(stage: Stage) -> None:
    """Old screens keep their buttons; rights are those of now."""
    await stage.play("客户: 转人工，电热壶不通电\n机器人: …已为您转人工…")
    world, agent = stage.demo.world, next(one for one in stage.demo.agents if one.name == "林晓")
    card = world.from_bot(stage.demo.desk.id, thread_id=stage.thread)[0]
    world.leave(agent.id, stage.demo.desk.id)
    await stage.live_through(timedelta(minutes=11))
    before = await stage.case()
    for name in ACTS.presses:
        world.press_unseen(agent.id, card, press_data(name, "", before.no))
    await stage.settle()
    after = await stage.case()
    assert (after.holder, after.control) == (before.holder, before.control)
    done = [one.deed async for one in stage.house.store.deeds() if one.deed.by == agent.id]
    assert all(one.refused for one in done)


async def test_a_press_that_is_sent_again_does_nothing_more(stage: Stage) -> None:
    """Whoever records a press and sends it again and again has pressed once."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …已为您转人工…
        林晓点: 我来接
        机器人: 客服同事已经接手…
    """)
    before = await stage.case()
    world, agent = stage.demo.world, next(one for one in stage.demo.agents if one.name == "林晓")
    card = world.from_bot(stage.demo.desk.id, thread_id=stage.thread)[0]
    said = len(world.from_bot(stage.demo.customer.id))
    for _ in range(5):
        world.press_unseen(agent.id, card, press_data("claim", "", before.no))
        await stage.settle()
    after = await stage.case()
    assert (after.holder, after.promises, after.held_since) == (
        before.holder,
        before.promises,
        before.held_since,
    )
    assert len(world.from_bot(stage.demo.customer.id)) == said


async def test_a_button_of_another_case_does_what_it_says_there_and_nothing_here(stage: Stage) -> None:
    """A button names its case; pressed under another one's card it is about the one it names, by that one's rules."""
    await stage.play(HELD)
    held = await stage.case()
    await stage.do("客户2", "转人工，快递破了")
    world = stage.demo.world
    wang = next(one for one in stage.demo.agents if one.name == "王珂")
    card = world.from_bot(stage.demo.desk.id, thread_id=stage.thread)[0]
    for name in ("release", "resolve", "to_bot"):
        world.press_unseen(wang.id, card, press_data(name, "", held.no))
    await stage.settle()
    cases = {one.no: one for one, _ in await stage.kept()}
    assert (cases[held.no].holder, cases[held.no].status) == (held.holder, held.status)
    other = next(one for no, one in cases.items() if no != held.no)
    assert other.holder is None
    assert UserId(wang.id) not in {one.holder.id for one in cases.values() if one.holder}


@pytest.mark.parametrize("words", ["/offer 退款 1000", "／resolve 已退款", " /bot", "/severity 1 急"])
async def test_a_command_that_somebody_forwards_is_nobodys_order(stage: Stage, words: str) -> None:
    """What a customer or anybody wrote elsewhere does not act with the rights of the colleague who passes it on."""
    await stage.play(HELD)
    before = await stage.case()
    world, agent = stage.demo.world, next(one for one in stage.demo.agents if one.name == "林晓")
    said = len(stage.said())
    here = {"chat_id": stage.demo.desk.id, "thread_id": stage.thread}
    world.send(agent.id, {"text": words}, **here, forwarded_from="客户")
    await stage.settle()
    assert await stage.case() == before
    assert len(stage.said()) == said
    notes = [row.entry.text for _, rows in await stage.kept() for row in rows if row.entry.note]
    assert any(words.strip() in one for one in notes)
