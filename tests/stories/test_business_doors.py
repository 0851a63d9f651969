"""Doors of accounts at their edges: pictures, presses, several accounts and brands, what overtakes what."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.complaint.case import Control
from bot.complaint.evolving import replace
from bot.complaint.letters import Outcome
from bot.complaint.reading import Language
from bot.config import load_rules
from bot.sandbox.accounts import RIGHTS
from bot.wording.catalogue import our_replies
from tests.stories import spots
from tests.stories.shop import ASKED, CALLED, CONNECTED, KETTLE, Shop, raise_shop, refused


async def test_pictures_go_both_ways(shop: Shop) -> None:
    """Telegram copies nothing into or out of an account's chat: pictures and places are sent anew."""
    await shop.play(f"""
        {CONNECTED}
        客户在小店发图: 壶漏水了，看照片
        机器人: …编号 100-0001…
        -- 6秒
        机器人: …
        客户在小店: 转人工
        机器人: 已为您转人工…
        林晓发图: 是这一款吗
        机器人: …接手…
        机器人: 是这一款吗
        客户在小店发位置: 31.2, 121.4
    """)

    shown = [one for one in spots.at_desk(shop.demo) if one.from_bot]
    assert any(one.media and one.media[0] == "photo" for one in shown)
    assert any("location" in one.body for one in shown)
    answered = shop.demo.world.from_bot(shop.chat("小店").id)[-1]
    assert answered.media is not None
    assert answered.text == "是这一款吗"
    assert shop.demo.world.calls_of("copyMessage") == 0


async def test_a_button_is_the_customers_alone(shop: Shop) -> None:
    """The owner sees the same buttons on the phone: a press of theirs answers nothing in the customer's name."""
    await shop.play(f"""
        {ASKED}
    """)
    chat = shop.chat("小店")
    question = shop.demo.world.from_bot(chat.id)[-1]
    shop.demo.world.press(shop.owners["小店"].id, chat.id, question.id, text="转人工")
    await shop.settle()

    assert (await shop.case()).control is Control.BOT


async def test_two_accounts_are_two_doors(shop: Shop) -> None:
    """Messages are counted by each account on its own: the same number at two doors is two messages."""
    shop.open("分店")
    await shop.settle()
    await shop.play(f"""
        {CONNECTED}
        大群: …分店 的账号接上了…
        客户在小店: {KETTLE}
        机器人: 在的…
        -- 6秒
        机器人: 谢谢您告诉我们…
        客户在分店: 我刚才在另一个号说过了，订单号找不到
        -- 6秒
        机器人: …
    """)

    ((_, rows),) = await shop.kept()
    numbers = [row.entry.message for row in rows if row.entry.who == "customer"]
    assert len(set(numbers)) == len(numbers)
    assert refused(shop) == []


async def test_a_message_that_overtakes_its_connection_waits_for_it(tmp_path: Path) -> None:
    """Telegram keeps order within a chat alone: whose account it is, the bot asks, and loses no word."""
    async with raise_shop(tmp_path) as shop:
        owner = shop.demo.world.add_user("新店", role="owner")
        shop.owners["新店"] = owner
        shop.demo.world.connect(owner.id)
        news = shop.demo.world.updates.waiting.pop()
        await shop.do("客户在新店", KETTLE)
        shop.demo.world.updates.add_raw(
            news.raw.replace(b'"update_id":%d' % news.update_id, b'"update_id":90001')
        )
        await shop.settle()

        assert shop.demo.world.calls_of("getBusinessConnection") == 1
        assert len(shop.demo.world.from_bot(shop.chat("新店").id)) == 1
        assert [case.channel for case, _ in await shop.kept()] == ["business"]
        ((_, rows),) = await shop.kept()
        assert all(row.delivery is None or row.delivery.outcome is Outcome.SENT for row in rows)


@pytest.mark.parametrize("line", ["壶还在漏，我的卡号 6222021234567890128", "你好"])
async def test_words_to_an_account_that_nobody_knows_are_read_by_people(shop: Shop, line: str) -> None:
    """Telegram knows no such connection: nothing can be answered, so General reads who wrote what, without secrets."""
    world, chat = shop.demo.world, shop.chat("小店")
    known = chat.account.connection.encode()
    world.say(shop.demo.customer.id, line, chat_id=chat.id)
    said = world.updates.waiting.pop()
    raw = said.raw.replace(b'"%s"' % known, b'"biz999"')
    world.updates.add_raw(raw.replace(b":%d," % said.update_id, b":%d," % world.updates.next_id, 1))
    await shop.settle()

    told = [one.text for one in world.from_bot(shop.demo.desk.id)]
    assert any("周敏 给商家号写了话" in one and line[:4] in one for one in told)
    assert not any("6222021234567890128" in one or "处理不了的内容" in one for one in told)
    assert world.from_bot(chat.id) == []
    assert await shop.kept() == []


async def test_an_accounts_brand_may_have_words_of_its_own(tmp_path: Path) -> None:
    """What it does not say differently it says as the common brand does, in its own name."""
    words = tmp_path / "moon" / "zh" / "opening"
    words.mkdir(parents=True)
    ours = (our_replies() / "zh" / "opening" / "hello.html.j2").read_text("utf-8")
    front = ours[: ours.index("#}") + 2]
    (words / "hello.html.j2").write_text(f"{front}\n月亮欢迎您。我是{{{{ brand }}}}的自动客服。\n", "utf-8")
    moon = replace(
        load_rules(), name={Language.ZH: "月亮茶铺"}, hotline="400-111-2222", replies=str(tmp_path / "moon")
    )
    async with raise_shop(tmp_path, rules=replace(load_rules(), branches={1009: moon})) as shop:
        shop.open("茶铺")
        await shop.settle()
        await shop.play(f"""
            {CONNECTED}
            大群: …茶铺 的账号接上了…
            客户在茶铺: 你好
            机器人: 月亮欢迎您。我是月亮茶铺的自动客服…
            客户2在小店: 你好
            机器人: 您好，我是禾穗的自动客服…
        """)


async def test_each_account_may_speak_for_its_own_brand(tmp_path: Path) -> None:
    """Two accounts, two brand files: each customer is served under the name that they wrote to, at the desk too."""
    moon = replace(load_rules(), name={Language.ZH: "月亮茶铺"}, hotline="400-111-2222")
    async with raise_shop(tmp_path, rules=replace(load_rules(), branches={1009: moon})) as shop:
        assert shop.open("茶铺").id == 1009
        await shop.settle()
        await shop.play(f"""
            {CONNECTED}
            大群: …茶铺 的账号接上了…
            客户在小店: 你好
            机器人: 您好，我是禾穗的自动客服…
            客户2在茶铺: 你好
            机器人: 您好，我是月亮茶铺的自动客服…
        """)


async def test_the_words_of_a_button_may_be_typed(shop: Shop) -> None:
    """Whoever types what stands on a button has pressed it; nothing is asked of Telegram that it would refuse."""
    await shop.play(f"""
        {ASKED}
        按钮: 跳过 | 转人工
        客户在小店: 跳过
        -- 6秒
        机器人: 我记下的是…怎么处理比较合适…
    """)

    assert refused(shop) == []
    ((_, rows),) = await shop.kept()
    assert [row.entry.media for row in rows if row.entry.text == "跳过"] == [
        {"kind": "press", "detail": "skip"}
    ]


async def test_without_buttons_a_number_does(tmp_path: Path) -> None:
    """Where the brand shows no buttons in accounts' chats, the choices stand numbered under the words."""
    async with raise_shop(tmp_path, rules=replace(load_rules(), account_buttons=False)) as shop:
        await shop.play(f"""
            {CONNECTED}
            客户在小店: {KETTLE}
            机器人: 在的…回数字就行：…1 转人工
            -- 6秒
            机器人: 谢谢您告诉我们…订单号是多少…回数字就行：…1 跳过 2 转人工
            按钮:
            客户在小店: 1
            -- 6秒
            机器人: 我记下的是…怎么处理比较合适…
        """)
        assert refused(shop) == []


async def test_a_changed_message_changes_nothing_but_the_record(shop: Shop) -> None:
    """An edit in the account's chat is kept with both versions, and the topic sees both (S32)."""
    await shop.play(f"""
        {CALLED}
        客户在小店: 订单是 A1
        机器人: …
        客户在小店改: 订单是 A1 > 订单是 A2
        群: 周敏…订单是 A1
        群: 顾客改了一条：订单是 A2…原来：订单是 A1
    """)


async def test_what_a_colleague_takes_back_goes_by_right(shop: Shop) -> None:
    """/delete in an account's chat needs a right of its own: without it the desk hears so, with it nobody twice."""
    await shop.play(f"""
        {CALLED}
        林晓: 您好，我来处理
        机器人: …接手…
        机器人: 您好，我来处理
        林晓回: 您好，我来处理 > /delete
        群: …
        群: …
    """)
    case = await shop.case()
    assert case.tasks == ()
    shop.demo.world.give_rights(shop.owners["小店"].id, [*RIGHTS, "can_delete_sent_messages"])
    await shop.play("""
        林晓: 写错了
        机器人: 写错了
        林晓回: 写错了 > /delete
        群: …
    """)
    assert "写错了" not in [one.text for one in shop.demo.world.history(shop.chat("小店").id)]


async def test_a_message_waits_until_telegram_says_whose_account_it_is(tmp_path: Path) -> None:
    """While nobody can tell the account, the words wait in the inbox, and are answered when somebody can."""
    async with raise_shop(tmp_path) as shop:
        world = shop.demo.world
        shop.owners["新店"] = world.add_user("新店", role="owner")
        world.connect(shop.owners["新店"].id)
        world.updates.waiting.pop()
        world.fail_next("getBusinessConnection", code=502, times=2)
        chat = shop.chat("新店")
        world.say(shop.demo.customer.id, KETTLE, chat_id=chat.id)
        await world.wait_until(lambda: any(one.method == "getBusinessConnection" for one in world.calls))
        assert world.from_bot(chat.id) == []
        for _ in range(3):
            shop.clock.move(timedelta(seconds=2))
            await asyncio.sleep(0)
        await shop.settle()

        assert world.from_bot(chat.id)[0].text.startswith("在的")
        assert len(await shop.kept()) == 1


async def test_where_an_account_shows_no_buttons_the_words_of_a_question_do(tmp_path: Path) -> None:
    """Typed through the door of an account: a guardian speaks without a button to press."""
    rules = replace(load_rules(), account_buttons=False)
    async with raise_shop(tmp_path, rules=rules) as shop:
        await shop.do("客户在小店", "我今年12岁，买的保温杯漏水")
        await shop.do("客户在小店", "我是家长")
        assert (await shop.case()).facts.consent == "guardian"
