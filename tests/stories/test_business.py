"""The brand's own account: customers write to it as to anybody, and are looked after as in the bot's own chat."""

import pytest

from bot.complaint.case import Control
from bot.complaint.deskwork import TaskKind, TaskState
from tests.stories.shop import ASKED, CALLED, CONNECTED, HEARD, KETTLE, Shop, refused


def sent_through(shop: Shop) -> set[str]:
    """The methods that were called through the account."""
    return {one.method for one in shop.demo.world.calls if one.params.get("business_connection_id")}


async def test_a_whole_talk_goes_through_the_account(shop: Shop) -> None:
    """From the first word to the agreement: same words, same buttons, every call with the connection, all read."""
    await shop.play(f"""
        {HEARD}
        按钮: 转人工
        -- 6秒
        机器人: 谢谢您告诉我们…订单号是多少…
        按钮: 跳过 | 转人工
        客户在小店点: 跳过
        -- 6秒
        机器人: 我记下的是…怎么处理比较合适…
        客户在小店: 退款
        -- 6秒
        机器人: …
    """)

    assert refused(shop) == []
    assert sent_through(shop) >= {
        "sendMessage",
        "editMessageReplyMarkup",
        "readBusinessMessage",
    }
    assert shop.chat("小店").read_to == max(
        one.id for one in shop.demo.world.history(shop.chat("小店").id) if not one.from_bot
    )
    assert shop.demo.world.history(shop.demo.customer.id) == []
    case = await shop.case()
    assert (case.channel, case.customer.name) == ("business", "周敏")


async def test_its_own_words_come_back_and_are_not_answered(shop: Shop) -> None:
    """Telegram shows the bot what it said in the account's chat: that is a confirmation, and no event."""
    await shop.play(f"""
        {CONNECTED}
        客户在小店: 你好
        机器人: 您好…编号 100-0001…
        -- 60秒
    """)

    ((case, rows),) = await shop.kept()
    assert [row.entry.who for row in rows] == ["customer", "bot"]
    assert case.control is Control.BOT


@pytest.mark.practice("R59")
async def test_what_comes_after_a_day_is_a_task_and_never_tried(shop: Shop) -> None:
    """Past the 24 hours nothing is sent: it is somebody's task with an owner and a time, and the desk knows why."""
    await shop.play(f"""
        {CALLED}
        -- 30小时
        大群: …到点还没人接…
        群: …
        群: …顾客已有一天没说话…客服在…前用账号的手机回…/done t1
        林晓: 您好，我来处理
        群: 这条没发出去：顾客已有一天没说话…
    """)

    assert refused(shop) == []
    case = await shop.case()
    (task,) = case.tasks
    assert (task.kind, task.state, task.owner) == (TaskKind.WRITE, TaskState.OPEN, "general")
    assert task.due_at > task.made_at


@pytest.mark.practice("R59")
async def test_it_goes_round_by_the_own_chat_where_that_is_open(shop: Shop) -> None:
    """Who has opened the bot's own chat hears there what the account may not say any more."""
    await shop.play(f"""
        {CONNECTED}
        客户: 你好
        机器人: 您好…编号 100-0001…
        客户在小店: {KETTLE}
        -- 6秒
        机器人: 谢谢您告诉我们…
        客户在小店: 转人工
        机器人: 已为您转人工…
        -- 30小时
        看: 私聊
        机器人: 说好的答复没按时做到…
        大群: …到点还没人接…
        群: …到点还没人接…
    """)

    assert refused(shop) == []
    assert (await shop.case()).tasks == ()


async def test_the_owner_takes_over_from_the_phone(shop: Shop) -> None:
    """Words from the phone take the case: the bot is silent, the topic shows them, the card says who has it."""
    await shop.play(f"""
        {HEARD}
        小店: 我是周老板，我来看看
        客户在小店: 好的，订单号找不到了
        -- 60秒
        卡片: …小店 在跟…
        群: 📱 小店（手机上）：我是周老板，我来看看
        群: 周敏…好的，订单号找不到了
    """)

    ((case, rows),) = await shop.kept()
    assert (case.control, case.holder and case.holder.name) == (Control.HUMAN, "小店")
    said = [(row.entry.who, row.entry.text[:4]) for row in rows if row.entry.who != "system"]
    assert ("agent", "我是周老") in said
    assert said[-1] == ("customer", "好的，订")
    await shop.play("""
        小店: /bot
        机器人: …机器人…
        客户在小店: 可以
        -- 6秒
        机器人: …
        群: …
    """)
    assert (await shop.case()).control is Control.BOT


async def test_their_own_chats_stay_their_own(shop: Shop) -> None:
    """While somebody chats from the phone the bot does not join in; a complaint becomes theirs, danger is answered."""
    await shop.play(f"""
        {CONNECTED}
        小店: 周末一起吃饭吗
        客户在小店: 好啊，几点
        -- 60秒
    """)
    assert await shop.kept() == []
    await shop.play("""
        客户在小店: 对了，你们的电热壶漏水，我要退货
        -- 10秒
        卡片: …小店 在跟…
    """)
    assert "sendChatAction" not in sent_through(shop)
    await shop.play("""
        客户2在小店: 你好
        机器人: …编号…
        小店: 您好
        客户2在小店: 宝宝喝了你们的奶粉一直吐，现在呼吸困难
        -- 20秒
        群: …
    """)


@pytest.mark.practice("R59")
async def test_without_the_right_to_reply_people_are_told_once(shop: Shop) -> None:
    """Rights withdrawn in the middle: nothing is tried, the case waits for people, the topic says so once."""
    await shop.play(f"""
        {HEARD}
        小店收权:
        大群: …不能用 小店 的账号回复…
        -- 6秒
        群: …账号收回了“回复消息”的权限…/done t1
        客户在小店: 人呢
        -- 6秒
        群: 周敏…人呢
        小店放权:
        大群: …又可以用 小店 的账号回复了…
        客户在小店: 还在吗
        群: 周敏…还在吗
        机器人: 收到…
    """)

    assert refused(shop) == []
    case = await shop.case()
    assert case.control is Control.QUEUED
    assert [one.kind for one in case.tasks] == [TaskKind.WRITE]


async def test_a_new_connection_leads_to_the_same_talk(shop: Shop) -> None:
    """The owner connects the bot anew: another name of Telegram's, the same case, and nobody is asked twice."""
    await shop.play(f"""
        {HEARD}
        小店断开:
        大群: …小店 的账号断开了…
        小店接上:
        大群: …接上了…
        -- 6秒
        机器人: 谢谢您告诉我们…订单号是多少…
        客户在小店: 算了不用找了，退款就行
        -- 6秒
        机器人: …
    """)

    assert len(await shop.kept()) == 1
    assert refused(shop) == []


async def test_what_is_deleted_is_kept(shop: Shop) -> None:
    """A message deleted in the account's chat stays in the record, marked, and the topic reads it once more (S32)."""
    await shop.play(f"""
        {CALLED}
        客户在小店: 你们就是骗子
        机器人: …
        删了: 你们就是骗子
        群: 周敏…你们就是骗子
        群: 🗑 聊天里删了 1 条，记录里还在…你们就是骗子
    """)

    (_, rows), *_ = await shop.kept()
    assert "你们就是骗子" in [row.entry.text for row in rows]


async def test_both_doors_lead_to_one_customer(shop: Shop) -> None:
    """Known by Telegram's own number: one history, one list of cases; who only has the same name is somebody else."""
    await shop.play(f"""
        {ASKED}
        客户: /cases
        机器人: 您在办的有 1 件…100-0001…
        周敏: 你好
        机器人: 您好…编号…
    """)

    assert {case.customer.id for case, _ in await shop.kept()} == {
        shop.demo.customer.id,
        shop.customers["周敏"].id,
    }
