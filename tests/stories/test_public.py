"""Public groups, as chat logs: one neutral line, the way to the private chat, and nothing of any case."""

import re
from datetime import timedelta

import pytest

from bot.complaint.case import Severity
from bot.sandbox.messages import Message
from bot.sandbox.people import ADMIN_RIGHTS, Chat, Person
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("S36", "S49")


def square_in(stage: Stage, *people: Person, hears_all: bool = False) -> Chat:
    """A group that is no desk; the bot is a plain member there, and hears only what is meant for it."""
    world = stage.demo.world
    group = world.add_group("小区团购群", bot_rights=ADMIN_RIGHTS if hears_all else None)
    for one in people:
        world.join(one.id, group.id)
    return group


async def call(stage: Stage, person: Person, words: str, group: Chat, **more: int) -> None:
    """Somebody calls the bot by its name, before all."""
    stage.demo.world.say(person.id, f"@{stage.demo.world.bot.username} {words}", chat_id=group.id, **more)
    await stage.settle()


def lines(stage: Stage, group: Chat) -> list[Message]:
    """What the bot said before all."""
    return stage.demo.world.from_bot(group.id)


def payload(line: Message) -> str:
    """What the button's address brings along."""
    return str(line.buttons[0][0]["url"]).partition("?start=")[2]


async def open_link(stage: Stage, person: Person, line: Message) -> list[str]:
    """Somebody presses the button: Telegram opens the private chat and sends what it brings along."""
    stage.demo.world.say(person.id, f"/start {payload(line)}")
    await stage.settle()
    return [one.text for one in stage.demo.world.from_bot(person.id)]


def desk_lines(stage: Stage) -> list[str]:
    """What General of the desk reads."""
    found = stage.demo.world.from_bot(stage.demo.desk.id)
    return [one.text for one in found if one.thread_id is None]


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
    assert "小区团购群" in said[0]
    assert "不用再讲" in said[0]
    case, timeline = (await stage.kept())[0]
    assert (case.channel, case.severity) == ("group", Severity.SEV1)
    (told,) = (row.entry for row in timeline if row.entry.who == "customer")
    assert told.text == "你们家牛奶喝拉肚子了"
    assert told.media == {"kind": "public", "detail": "小区团购群"}
    assert "“小区团购群”群里说的" in stage.log()
    assert "拉肚子" in stage.log()


async def test_only_the_caller_brings_the_words_along(stage: Stage) -> None:
    """Somebody else who presses the same button starts a plain case: nobody reads another's words."""
    other = stage._person("客户2")  # noqa: SLF001 - the stage names people
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
    assert "不用再讲" in said[0]
    case, timeline = (await stage.kept())[0]
    assert any("第30户" in row.entry.text for row in timeline)
    assert "mass" in {one.value for one in case.families()}
    for one in people[31:34]:
        await open_link(stage, one, first)
    kept = [found for found, _ in await stage.kept()]
    assert sum("mass" in {one.value for one in found.families()} for found in kept) == 1
    assert len(kept) == 4
    assert len(lines(stage, group)) == 2


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


async def test_administrators_can_quiet_it(stage: Stage) -> None:
    """/mute by a member does nothing; by an administrator the bot says one last word, until /unmute."""
    world, customer = stage.demo.world, stage.demo.customer
    admin = world.add_user("群主")
    group = square_in(stage, customer, admin)
    world.join(admin.id, group.id, status="administrator", rights=ADMIN_RIGHTS)
    world.say(customer.id, f"/mute@{world.bot.username}", chat_id=group.id)
    await stage.settle()
    assert lines(stage, group) == []
    world.say(admin.id, f"/mute@{world.bot.username}", chat_id=group.id)
    await stage.settle()
    await call(stage, customer, "电热壶不通电", group)
    (quiet,) = lines(stage, group)
    assert "不再说话" in quiet.text
    world.say(admin.id, "/unmute", chat_id=group.id)
    await stage.settle()
    await call(stage, customer, "电热壶不通电", group)
    assert len(lines(stage, group)) == 3


async def test_an_upgraded_group_is_the_same_square(stage: Stage) -> None:
    """Telegram gives the group another number: who was answered stays known, the link works, and it is no desk."""
    world, customer = stage.demo.world, stage.demo.customer
    group = world.add_group("老同学", kind="group", bot_rights=None)
    world.join(customer.id, group.id)
    await call(stage, customer, "电热壶不通电", group)
    (line,) = lines(stage, group)
    new = world.upgrade_group(group.id)
    await stage.settle()
    await call(stage, customer, "有人吗", new)
    assert lines(stage, new) == []
    assert "老同学" in (await open_link(stage, customer, line))[0]
    world.say(customer.id, "/queue", chat_id=new.id)
    world.say(customer.id, "随便聊聊", chat_id=new.id)
    await stage.settle()
    assert lines(stage, new) == []


async def test_the_desk_hears_where_the_bot_is(stage: Stage) -> None:
    """Taken into a group or put out of it: the desk hears it once, and the group hears nothing."""
    world, customer = stage.demo.world, stage.demo.customer
    group = square_in(stage, customer)
    world.join(world.bot.id, group.id, status="kicked", by=customer.id)
    await stage.settle()
    world.join(world.bot.id, group.id, status="member", by=customer.id)
    await stage.settle()
    out, back = (one for one in desk_lines(stage) if "小区团购群" in one)
    assert "移出" in out
    assert "拉进" in back
    assert lines(stage, group) == []
