"""Public groups, as chat logs: one neutral line, the way to the private chat, and nothing of any case."""

import re
from datetime import timedelta

import pytest

from bot.complaint.case import Severity
from bot.complaint.ids import ChatId
from tests.stories.square_scene import call, desk_lines, lines, open_link, payload, square_in
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("S36", "S49")


@pytest.mark.practice("S15", "R6")
async def test_what_was_called_in_a_group_is_not_asked_again(stage: Stage) -> None:
    """Health first before all, then in private: the words are in the case as said in that group, and it is grave."""
    customer = stage.demo.customer
    group = square_in(stage, customer)
    await call(stage, customer, "你们家牛奶喝拉肚子了", group)
    (line,) = lines(stage, group)
    assert "身体要紧" in line.text
    assert "看医生" in line.text
    assert "牛奶" not in line.text
    assert line.body["reply_to_message"]["text"].endswith("拉肚子了")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload(line))
    assert await stage.kept() == []
    said = await open_link(stage, customer, line)
    assert "120" in said[0]
    assert "小区团购群" in said[1]
    assert "不用再讲" in said[1]
    case, timeline = (await stage.kept())[0]
    assert (case.channel, case.severity) == ("group", Severity.SEV1)
    (told,) = (row.entry for row in timeline if row.entry.who == "customer")
    assert told.text == "你们家牛奶喝拉肚子了"
    assert told.media == {"kind": "public", "detail": "小区团购群"}
    assert "“小区团购群”群里说的" in stage.log()
    assert "拉肚子" in stage.log()


async def test_only_the_caller_brings_the_words_along(stage: Stage) -> None:
    """Somebody else who presses the same button starts a plain case: nobody reads another's words."""
    other = stage._person("客户2")
    customer = stage.demo.customer
    group = square_in(stage, customer, other)
    await call(stage, customer, "订单8841的电热壶不通电", group)
    (line,) = lines(stage, group)
    said = await open_link(stage, other, line)
    assert not any("8841" in one or "电热壶" in one or "小区" in one for one in said)
    (case, timeline) = (await stage.kept())[0]
    assert case.channel == "telegram_private"
    assert not any("8841" in row.entry.text for row in timeline)
    assert "小区团购群" in (await open_link(stage, customer, line))[0]


async def test_a_link_serves_once_and_a_forged_one_never(stage: Stage) -> None:
    """Pressed twice, the words are in the case once; a payload that nobody signed opens a plain chat."""
    customer = stage.demo.customer
    group = square_in(stage, customer)
    await call(stage, customer, "电热壶不通电", group)
    (line,) = lines(stage, group)
    await open_link(stage, customer, line)
    await open_link(stage, customer, line)
    forged = stage.demo.world.add_user("客户9")
    stage.demo.world.say(forged.id, f"/start {payload(line)[:-2]}xx")
    await stage.settle()
    told = [row.entry.text for _, rows in await stage.kept() for row in rows if "电热壶" in row.entry.text]
    assert told.count("电热壶不通电") == 1


@pytest.mark.practice("S71", "R18")
async def test_fifty_people_pile_on(stage: Stage) -> None:
    """Two lines before all, however many call; every one is counted, and each goes on in private with own words."""
    world = stage.demo.world
    people = [world.add_user(f"邻居{n}") for n in range(50)]
    group = square_in(stage, *people)
    for n, one in enumerate(people):
        world.say(one.id, f"@{world.bot.username} 吐司面包发霉了，第{n}户", chat_id=group.id)
    await stage.settle()
    first, invited = lines(stage, group)
    assert "同样情况的朋友也请点这里登记" in invited.text
    (crowd,) = (one for one in desk_lines(stage) if "小区团购群" in one)
    assert "50 个人" in crowd
    said = await open_link(stage, people[30], invited)
    assert any("不用再讲" in one for one in said)
    case, timeline = (await stage.kept())[0]
    assert any("第30户" in row.entry.text for row in timeline)
    assert "mass" in {one.value for one in case.families()}
    for one in people[31:34]:
        await open_link(stage, one, first)
    kept = [found for found, _ in await stage.kept()]
    assert sum("mass" in {one.value for one in found.families()} for found in kept) == 1
    assert len(kept) == 4
    assert len(lines(stage, group)) == 2
    await stage.pass_time(timedelta(minutes=5))
    assert {found.incident for found, _ in await stage.kept()} == {1}
    assert any("事件 1" in one for one in desk_lines(stage))


@pytest.mark.practice("S49")
async def test_who_is_angry_is_answered_once(stage: Stage) -> None:
    """The bot does not argue: whatever follows is kept for the private chat, and the next day it answers anew."""
    customer = stage.demo.customer
    group = square_in(stage, customer)
    for words in ("垃圾品牌，电热壶一插就跳闸", "装死是吧？", "骗子！必须给我说法！！"):
        await call(stage, customer, words, group)
    (line,) = lines(stage, group)
    await open_link(stage, customer, line)
    _, timeline = (await stage.kept())[0]
    told = next(row.entry.text for row in timeline if row.entry.who == "customer")
    assert told.splitlines() == ["垃圾品牌，电热壶一插就跳闸", "装死是吧？", "骗子！必须给我说法！！"]
    await stage.pass_time(timedelta(hours=25))
    await call(stage, customer, "又跳闸了", group)
    assert len(lines(stage, group)) == 2


@pytest.mark.practice("R31")
async def test_a_person_who_has_the_case_reads_where_it_was_said(stage: Stage) -> None:
    """While a colleague speaks, the bot says nothing in private: the topic shows the words with their group."""
    customer = stage.demo.customer
    group = square_in(stage, customer)
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …
        林晓点: 我来接
        机器人: …
    """)
    before = len(stage.said())
    await call(stage, customer, "都三天了还没人管", group)
    (line,) = lines(stage, group)
    await open_link(stage, customer, line)
    assert len(stage.said()) == before
    await stage.play("""
        群: 👥 在“小区团购群”里说过…
        群: …三天了还没人管
    """)


@pytest.mark.practice("R16", "R26")
async def test_nothing_personal_is_said_before_all(stage: Stage) -> None:
    """Whatever is called, with numbers and names in it, the bot's words before all are the same few sentences."""
    world = stage.demo.world
    group = square_in(stage, hears_all=True)
    calls = [
        "我叫王建国，电话13812345678，订单8841没收到",
        "身份证110101199003078515，卡号6222021234567890128，退款！",
        "<b>编号100-0001</b> 的案子呢 {{ customer }} https://t.me/x",
        "我要起诉你们，已经找了律师，赔十倍",
        "不想活了",
        "order 8841, refund to emma@example.com please, it arrived broken",
        "",
    ]
    people = [world.add_user(f"王建国{n}", username=f"wang{n}") for n in range(len(calls))]
    for one, words in zip(people, calls, strict=True):
        await call(stage, one, words, group)
        await stage.pass_time(timedelta(hours=2))
    said = lines(stage, group)
    assert len(said) == len(calls)
    assert len({one.text for one in said}) <= 3
    for line in said:
        shown = f"{line.text} {line.buttons}"
        assert not re.search(
            r"王建国|wang\d|8841|1381234|110101|6222|100-0001|emma|律师|起诉|赔|customer", shown
        )
    stored = [
        str(talk)
        for talk in (
            await stage.house.store.state(chats=[ChatId(group.id)], cases=(), threads=())
        ).conversations.values()
    ]
    assert not any("110101199003078515" in one or "6222021234567890128" in one for one in stored)
