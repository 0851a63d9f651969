"""A complaint that was logged goes on in its complainant's own chat: by a link, after a colleague's word."""

import re
from datetime import timedelta

import pytest

from bot.complaint.channels import is_far
from bot.complaint.deskwork import TaskKind
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.complaint.records import Round
from bot.desk import press_data
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("S120", "S106")

BY_PHONE = """
    林晓在大群: /log 电话 王女士 13812345678 上周买的电热壶不通电，要求退款
    大群: ✍️ 登记好了：100-0001，电话…
    话题: 最新
    群: 🗣 …
"""


def topic(stage: Stage) -> list[str]:
    """What the bot wrote in the case's topic."""
    return [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]


async def _link(stage: Stage) -> str:
    """The words that Telegram sends when somebody opens the link that 林晓 gets."""
    await stage.play(BY_PHONE)
    await stage.do("林晓", "/link")
    found = re.search(r"start=([\w-]+)", topic(stage)[-1])
    assert found is not None
    return f"/start {found[1]}"


async def test_the_link_alone_tells_nothing_and_a_colleagues_word_connects(stage: Stage) -> None:
    """Opened by anybody it proves possession only; confirmed, history, promises and words go on in the chat."""
    opened = await _link(stage)
    await stage.do("客户", opened)
    assert len(stage.said()) == 1
    assert "电热壶" not in stage.said()[0]
    assert is_far((await stage.case()).chat)
    await stage.do("林晓点", "是本人，接上")
    case = await stage.case()
    assert (case.chat, case.customer.id) == (stage.demo.customer.id, stage.demo.customer.id)
    assert (case.channel, case.facts.phone, case.customer.name) == ("phone", "13812345678", "周敏")
    assert "周敏（登记时叫 王女士，林晓记）" in stage.card()
    await stage.do("林晓在大群", "/find 王女士")
    assert "100-0001" in stage.demo.world.from_bot(stage.demo.desk.id)[-1].text
    assert any("100-0001" in one and "电热壶不通电" in one for one in stage.said())
    assert not [one for one in case.open_tasks if one.kind is TaskKind.TELL], "what waited was said"
    await stage.do("林晓", "退款明天到账")
    assert stage.said()[-1] == "退款明天到账"
    await stage.do("客户", "好的，谢谢")
    assert "好的，谢谢" in topic(stage)[-1]
    await stage.live_through(timedelta(hours=6))
    assert not any("🗣" in one for one in topic(stage)[-3:])


async def test_who_is_not_them_is_told_nothing(stage: Stage) -> None:
    """A colleague says that it is not them: the case stays where it was, and the link is good for the right one."""
    opened = await _link(stage)
    await stage.do("客户2", opened)
    await stage.do("林晓点", "不是")
    case = await stage.case()
    assert is_far(case.chat)
    assert case.guests == ()
    stage.speaking = "客户2"
    assert len(stage.said()) == 1
    await stage.do("客户", opened)
    await stage.do("林晓点", "是本人，接上")
    assert (await stage.case()).chat == stage.demo.customer.id


async def test_used_or_old_it_leads_nowhere(stage: Stage) -> None:
    """A week is over, or the case is in a chat: the link says so, and opens nothing."""
    opened = await _link(stage)
    await stage.pass_time(timedelta(days=7, minutes=1))
    await stage.do("客户", opened)
    assert "过期" in stage.said()[-1]
    assert len(await stage.kept()) == 1
    await stage.do("林晓", "/link")
    fresh = re.search(r"start=([\w-]+)", topic(stage)[-1])
    assert fresh is not None
    await stage.do("客户", f"/start {fresh[1]}")
    await stage.do("林晓点", "是本人，接上")
    await stage.do("客户2", f"/start {fresh[1]}")
    assert "用过" in stage.said()[-1]


async def test_a_chat_that_has_a_case_has_both(stage: Stage) -> None:
    """What was open there is parked, not lost; the joined one is talked of."""
    await stage.do("客户", "你们的牛奶发酸了")
    await stage.pass_time(timedelta(seconds=5))
    await stage.do("林晓在大群", "/log 门店 王女士 13812345678 上周买的电热壶不通电，要求退款")
    await stage.do("林晓", "/link")
    found = re.search(r"start=([\w-]+)", topic(stage)[-1])
    assert found is not None
    await stage.do("客户", f"/start {found[1]}")
    await stage.do("林晓点", "是本人，接上")
    cases = [case for case, _ in await stage.kept()]
    assert {case.chat for case in cases} == {stage.demo.customer.id}
    await stage.do("客户", "/cases")
    assert all(case.no in stage.said()[-1] for case in cases)


async def test_nobody_confirms_themselves(stage: Stage) -> None:
    """Who opened the link does not say at the desk that it is theirs; another colleague does."""
    opened = await _link(stage)
    case = await stage.case()
    await stage.do("客户", opened)
    guest = (await stage.case()).guests[0]
    agent = next(one for one in stage.demo.agents if one.name == "林晓")
    mine = (await stage.case()).evolve(guests=(replace(guest, id=UserId(agent.id)),))
    await stage.house.store.write(Round(at=stage.clock.now(), cases=[mine]))
    card = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)[-1]
    query = stage.demo.world.press_unseen(agent.id, card, press_data("join_yes", str(agent.id), case.no))
    await stage.settle()
    assert "自己的投诉" in str(query.answer)
    assert is_far((await stage.case()).chat)
