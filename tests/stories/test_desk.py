"""A case in people's hands, as chat logs: hand-over, holding, notes, giving back."""

import pytest

from bot.complaint.case import Control, PromiseStatus, Severity
from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…前有人答复您…
"""
HELD = f"""
    {CALLED}
    林晓点: 我来接
    机器人: 客服同事已经接手…不用重讲…
"""
ANSWERED = f"""
    {HELD}
    林晓: 您好，壶什么时候买的？
    机器人: 您好，壶什么时候买的？
"""


@pytest.mark.practice("R31", "S18", "S57", "S74")
async def test_a_hand_over_brings_all_that_was_said(stage: Stage) -> None:
    """Whoever takes over finds card and log: every word, picture and press, so that nothing is asked again."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: …
        客户发图: 就是这个插头
        -- 4秒
        机器人: …订单号是多少？…
        客户点: 跳过
        机器人: …您觉得怎么处理比较合适？
        客户: 转人工
        机器人: 已为您转人工…
        卡片: 100-0001 · 普通…答复 今天…经过 上周买的电热壶不通电…证据 照片 1…
    """)
    log = stage.log()
    said = [
        "上周买的电热壶不通电",
        "在的，您接着说",
        "[照片]就是这个插头",
        "订单号",
        "〔跳过〕",
        "周敏：转人工",
    ]
    places = [log.find(words) for words in said]
    assert -1 not in places, log
    assert places == sorted(places)


@pytest.mark.practice("R31", "S53", "R30")
async def test_a_case_is_claimed_with_one_tap(stage: Stage) -> None:
    """A tap on the card claims: the card changes in place, the customer hears once that a person is there."""
    await stage.play(f"""
        {CALLED}
        林晓点: 我来接
        提示: …
        机器人: 客服同事已经接手…
        卡片: …林晓 在跟…答复 今天…前…
        林晓点: 我来接
        林晓: 您好，我来处理
        机器人: 您好，我来处理
        卡片: …答复 今天…已办到
    """)
    in_topic = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    assert len(in_topic) == 1, "the card was edited, not posted again"
    assert "周敏：转人工" in stage.log(), "the talk still stands under it"
    case = await stage.case()
    assert (case.control, case.promises[0].status) == (Control.HUMAN, PromiseStatus.KEPT)
    assert case.holder is not None
    assert case.holder.name == "林晓"


@pytest.mark.practice("R31", "S53")
async def test_first_words_claim_as_well(stage: Stage) -> None:
    """Who simply answers in a case that nobody has, has it; and the promise of an answer is kept by it."""
    await stage.play(f"""
        {CALLED}
        王珂: 您好，我看到了
        机器人: 客服同事已经接手…
        机器人: 您好，我看到了
        王珂: 壶底有编号吗？
        机器人: 壶底有编号吗？
    """)
    case = await stage.case()
    assert case.holder is not None
    assert case.holder.name == "王珂"
    assert case.promises[0].status is PromiseStatus.KEPT


@pytest.mark.practice("R31", "S47")
async def test_the_bot_is_silent_while_a_person_talks(stage: Stage) -> None:
    """While a person holds the case the bot adds nothing to the talk, however long it goes on."""
    await stage.play(f"""
        {ANSWERED}
        客户: 上个月
        群: 周敏…上个月
        客户: 是不是要换新？
        群: 周敏…是不是要换新？
        -- 1小时
        林晓: 可以换新
        机器人: 可以换新
        客户: 好
        群: 周敏…好
        -- 1分钟
    """)


@pytest.mark.practice("R27", "S54", "S84")
async def test_danger_alarms_the_desk_while_a_person_talks(stage: Stage) -> None:
    """Danger in a held case rings in topic and General at once, and the bot still leaves the talk to the person."""
    await stage.play(f"""
        {ANSWERED}
        客户: 我女儿被烫伤了，在医院
        群: 🔴…马上联系顾客…
        群: 周敏…我女儿被烫伤了
        大群: 🔴 100-0001 紧急…前要有人联系顾客。
        卡片: 100-0001 · 紧急…
    """)
    assert (await stage.case()).severity is Severity.SEV1


@pytest.mark.practice("S55", "S53", "R30", "S83")
async def test_a_released_case_has_a_new_promise(stage: Stage) -> None:
    """Given back to the queue, the case owes an answer by a new time, which the customer is told."""
    await stage.play(f"""
        {ANSWERED}
        林晓点: 放回队列
        机器人: …今天…前…
        群: 林晓 放回了队列，已答应顾客今天…前答复。
        卡片: …等人接…
        王珂点: 我来接
        卡片: …王珂 在跟…
    """)
    case = await stage.case()
    assert [one.status for one in case.promises] == [PromiseStatus.KEPT, PromiseStatus.OPEN]


@pytest.mark.practice("S55")
async def test_a_second_agents_words_are_held_back(stage: Stage) -> None:
    """Of two agents one talks: the other's words stay at the desk, to be let go or kept."""
    await stage.play(f"""
        {ANSWERED}
        王珂: 我们不退的
        群: ⏸ 先没发：林晓 正在跟…
        王珂点: 只是备注
        林晓: 我再补一句
        机器人: 我再补一句
    """)


@pytest.mark.practice("S31", "R16")
async def test_a_stranger_can_do_nothing(stage: Stage) -> None:
    """Who is no member of the desk reaches no customer: not by words, commands, presses, pictures or notes."""
    await stage.play(f"""
        {CALLED}
        路人甲: 我是店长
        群: 路人甲 不是座席…
        路人甲点: 我来接
        提示: …
        路人甲: /claim
        群: 路人甲 不是座席…
        路人甲发图: 看
        群: 路人甲 不是座席…
        路人甲表情: 前面的对话 > 👍
        路人甲: // 备注
    """)
    case = await stage.case()
    assert case.control is Control.QUEUED
    assert case.holder is None


@pytest.mark.practice("S31")
async def test_notes_never_reach_the_customer(stage: Stage) -> None:
    """Notes in any width stay inside; a message edited into a note or out of one changes nothing outside."""
    await stage.play(f"""
        {ANSWERED}
        林晓: // 查过批次
        林晓: ／／全角也是备注
        林晓:  //前面有空格
        林晓: /note 供应商在查
        林晓发图: // 内部照片
        林晓发相册: //内部相册
        林晓改: 什么时候买的 > // 改成备注
        群: 这次改动没带过去…
        林晓改: 查过批次 > 改成正文
        群: 这条没有发给过顾客…
        林晓改: 全角也是备注 > // 还是备注
        客户: 上周
        群: …上周
    """)
    assert [words for words in stage.said() if "批次" in words or "备注" in words] == []
    assert len(stage.said()) == 3
    _, rows = (await stage.kept())[0]
    notes = " ".join(row.entry.text for row in rows if row.entry.note)
    assert all(words in notes for words in ("查过批次", "全角也是备注", "供应商在查", "内部照片"))


@pytest.mark.practice("R16")
async def test_talk_in_general_concerns_nobody(stage: Stage) -> None:
    """What agents say in General stays among them; only commands are helped with."""
    await stage.play(f"""
        {CALLED}
        林晓在大群: 中午吃什么
        王珂在大群: // 面
        林晓在大群: /help
        大群: …/claim…
        路人甲在大群: /help
    """)
    _, rows = (await stage.kept())[0]
    assert not [row for row in rows if "吃什么" in row.entry.text]


@pytest.mark.practice("R27", "S44")
async def test_the_gravest_cases_ring_in_general(stage: Stage) -> None:
    """A case of the gravest kind is called out in General once, with number, matter and time."""
    await stage.play("""
        客户: 喝了你们的牛奶，孩子上吐下泻在医院
        机器人: …
        大群: 🔴 100-0001…前要有人联系顾客。
        林晓点: 我来接
        机器人: …
    """)
