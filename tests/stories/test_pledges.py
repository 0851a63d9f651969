"""A colleague's dated words bind: booked as they go out, moved with them, called for when their time comes."""

from datetime import timedelta

import pytest

from bot.complaint.case import PromiseStatus
from tests.stories.shop import HEARD, Shop
from tests.stories.stage import Stage
from tests.stories.test_arrivals import BY_PHONE
from tests.stories.test_tasks import HELD


@pytest.mark.practice("R22", "S53", "S83", "S84")
async def test_a_time_in_an_agents_words_is_a_promise_that_is_kept(stage: Stage) -> None:
    """Written in passing, it stands at the desk at once; it moves with its words, reminds, and a result keeps it."""
    await stage.play(f"""
        {HELD}
        林晓: 我去跟仓库核实，今天15:00前给您答复
        机器人: 我去跟仓库核实，今天15:00前给您答复
        群: 记下承诺 p2：“今天15:00前给您答复”，今天15:00前。办到写 /keep p2 结果…
        林晓改: 我去跟仓库核实，今天15:00前给您答复 > 我去跟仓库核实，今天16:00前给您答复
        群: 承诺 p2 跟着改了：“今天16:00前给您答复”，从今天15:00改到今天16:00前。
        -- 3小时
        群: ⌛ 时间过半：“今天16:00前给您答复”，今天16:00前。…林晓
        -- 2小时
        群: ⏳ “…”快到点了：今天16:00。…林晓
        林晓: 查到了，底座虚焊，给您换新
        机器人: 查到了，底座虚焊，给您换新
        林晓: /keep p2 已答复
        记号: 👌
        -- 2小时
    """)
    case = await stage.case()
    kept = [(one.owner, one.text, one.status) for one in case.promises if one.kind == "own_words"]
    assert kept == [("林晓", "今天16:00前给您答复", PromiseStatus.KEPT)]
    assert "我去跟仓库核实，今天16:00前给您答复" in stage.said()


@pytest.mark.practice("R22", "S88")
async def test_words_that_were_not_kept_are_owned(stage: Stage) -> None:
    """What nobody would have remembered is missed in the open: the customer hears it, and a supervisor has it."""
    await stage.play(f"""
        {HELD}
        林晓: 您明天上午方便吗？
        机器人: 您明天上午方便吗？
        林晓: 明天上午给您回电话
        机器人: 明天上午给您回电话
        群: 记下承诺 p2：“明天上午给您回电话”，明天12:00前。…
    """)
    await stage.live_through(timedelta(hours=27))
    case = await stage.case()
    assert [one.status for one in case.promises if one.kind == "own_words"] == [PromiseStatus.LATE]
    told = [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert any("”没按时" in one and "陈岚" in one for one in told)


@pytest.mark.practice("R22", "S18")
async def test_a_tap_or_a_deletion_ends_it(stage: Stage) -> None:
    """What was read wrongly is undone by one tap, and words taken back promise nothing."""
    await stage.play(f"""
        {HELD}
        林晓: 后天给您安排了门店自提
        机器人: 后天给您安排了门店自提
        林晓: 周五给您寄新的
        机器人: 周五给您寄新的
        群: 记下承诺 p2：“周五给您寄新的”，7月3日(周五)18:00前。…
        林晓点: 不是承诺
        提示: …
        林晓: 查到了。明天18:00前给您退款
        机器人: 查到了。明天18:00前给您退款
        群: 记下承诺 p3：…
        林晓回: 查到了。明天18:00前给您退款 > /delete
        群: 从顾客那边撤回了…
        群: p3 不算承诺了：“明天18:00前给您退款”。
    """)
    case = await stage.case()
    assert [one.status for one in case.promises if one.kind == "own_words"] == [PromiseStatus.WITHDRAWN] * 2
    told = [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert "p2 不算承诺了：“周五给您寄新的”。" in told, "the line itself says it now"


@pytest.mark.practice("R22", "S53")
async def test_a_list_tells_such_a_promise_in_its_own_words(stage: Stage) -> None:
    """Whoever looks at what is owed reads what was said."""
    await stage.play(f"""
        {HELD}
        林晓: 今天15:00前，我给您答复
        机器人: 今天15:00前，我给您答复
        群: 记下承诺…
        林晓: /promises
        群: 承诺…“今天15:00前，我给您答复” 今天15:00前…
    """)


@pytest.mark.practice("R22", "R59")
async def test_words_from_the_accounts_phone_bind_as_well(shop: Shop) -> None:
    """Whoever answers from the phone has promised it; the topic says so, and an edit there moves it."""
    await shop.play(f"""
        {HEARD}
        小店: 我是周老板，明天上午给您回电话
        -- 60秒
        群: 📱 小店（手机上）：我是周老板，明天上午给您回电话
        群: 记下承诺 p1：“明天上午给您回电话”，明天12:00前。…
    """)
    (one,) = (await shop.case()).open_promises
    assert (one.owner, one.kind) == ("小店", "own_words")


@pytest.mark.practice("R22", "S120")
async def test_what_the_bot_has_promised_is_not_promised_again_by_being_told(stage: Stage) -> None:
    """Somebody without a chat is told it aloud: the promise is the one that stands."""
    await stage.play(f"""
        {BY_PHONE}
        林晓: /promise 寄出检验报告 明天18:00
    """)
    made = [one.id for one in (await stage.case()).promises]
    await stage.do("林晓点", "已告诉顾客")
    assert [one.id for one in (await stage.case()).promises] == made


@pytest.mark.practice("R22", "S53", "S83", "S84")
async def test_a_time_in_an_agents_english_words_is_a_promise(english_stage: Stage) -> None:
    """The same in English: booked and shown, and asked about where the time has gone by; put right by an edit."""
    await english_stage.play("""
        Customer: human please, my kettle doesn't turn on
        Bot: …
        Lin Xiao presses: 我来接
        Bot: …
        Lin Xiao: I'll check with the warehouse and call you by 6 pm tomorrow.
        Bot: I'll check with the warehouse and call you by 6 pm tomorrow.
        Topic: 记下承诺 p2：“I'll check with the warehouse…”，明天18:00前。…
        Lin Xiao: Would 10 am tomorrow suit you?
        Bot: Would 10 am tomorrow suit you?
        Lin Xiao: By the way, I'll send you the label by 8:00 today
        Bot: By the way, I'll send you the label by 8:00 today
        Topic: 没记成承诺：“I'll send you the label by 8:00 today”。7月1日(周三)8:00已经过了，写错了就改那条消息。
        Lin Xiao edits: By the way, I'll send you the label by 8:00 today > I'll send you the label by 8:00 tomorrow
        Topic: 记下承诺 p3：“I'll send you the label by 8:00 tomorrow”，明天8:00前。…
        Lin Xiao: /keep p3 SF100
        Sign: 👌
        Lin Xiao: /keep p2 called, all agreed
        Sign: 👌
    """)
    case = await english_stage.case()
    kept = [(one.owner, one.status) for one in case.promises if one.kind == "own_words"]
    assert kept == [("Lin Xiao", PromiseStatus.KEPT)] * 2
