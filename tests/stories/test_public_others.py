"""Public groups, as chat logs: administrators, upgrades, channels, other names and later versions."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.people import ADMIN_RIGHTS
from tests.stories.square_scene import call, desk_lines, lines, open_link, square_in
from tests.stories.stage import JOB, Stage

pytestmark = pytest.mark.practice("S36", "S49")


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


async def test_a_line_that_meets_a_move_follows_it(stage: Stage) -> None:
    """A group that is upgraded while its line is under way gets the line, and is no desk afterwards."""
    world, customer = stage.demo.world, stage.demo.customer
    group = world.add_group("老同学", kind="group", bot_rights=None)
    world.join(customer.id, group.id)
    world.fail_next("sendMessage", code=429, retry_after=1, chat_id=group.id)
    world.say(customer.id, f"@{world.bot.username} 电热壶不通电", chat_id=group.id)
    await world.wait_until(lambda: any(one.method == "sendMessage" and not one.ok for one in world.calls))
    new = world.upgrade_group(group.id)
    async with asyncio.timeout(JOB):
        while not lines(stage, new):
            stage.clock.move(timedelta(seconds=2))
            await stage.house.store.counts()
    await stage.settle()
    (line,) = lines(stage, new)
    assert "不用再讲" in (await open_link(stage, customer, line))[0]
    world.say(customer.id, f"/case@{world.bot.username} 100-0001", chat_id=new.id)
    world.say(customer.id, f"@{world.bot.username} //备注", chat_id=new.id)
    await stage.settle()
    assert len(lines(stage, new)) == 1


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


async def test_comments_under_a_post_are_heard_without_a_name(stage: Stage) -> None:
    """In a channel's discussion group a complaint under a post is answered there, once, and chatter is not."""
    world = stage.demo.world
    people = [world.add_user(f"粉丝{n}") for n in range(4)]
    group = square_in(stage, *people, hears_all=True)
    post = world.channel_post(group.id, "新品吐司上市啦")
    other = world.channel_post(group.id, "周末直播")
    await stage.settle()
    world.comment(people[0].id, group.id, post.id, "好看！")
    world.comment(people[0].id, group.id, post.id, "上周买的吐司面包发霉了，怎么办")
    await stage.settle()
    (line,) = lines(stage, group)
    assert line.body["reply_to_message"]["text"].startswith("上周买的")
    world.comment(people[1].id, group.id, post.id, "我买的吐司面包也发霉了")
    world.comment(people[2].id, group.id, post.id, "我家的吐司面包也长毛发霉")
    await stage.settle()
    _, invited = lines(stage, group)
    assert "同样情况" in invited.text
    world.comment(people[3].id, group.id, other.id, "电热壶不通电，退钱")
    await stage.settle()
    assert len(lines(stage, group)) == 3
    assert any("不用再讲" in one for one in await open_link(stage, people[2], invited))
    assert line.body["message_thread_id"] == post.id


async def test_who_writes_in_another_name(stage: Stage) -> None:
    """The group's own name and Telegram's posts get no word; a channel gets the line, and brings nothing along."""
    world, customer = stage.demo.world, stage.demo.customer
    group = square_in(stage, customer, hears_all=True)
    name = world.bot.username
    world.channel_post(group.id, f"有事找 @{name}，我们的面包发霉包赔")
    world.say_anonymously(group.id, f"@{name} 面包发霉了")
    await stage.settle()
    assert lines(stage, group) == []
    world.say_as_channel(group.id, f"@{name} 面包发霉了")
    await stage.settle()
    (line,) = lines(stage, group)
    assert not any("发霉" in one for one in await open_link(stage, customer, line))
    world.say_anonymously(group.id, f"/mute@{name}")
    await stage.settle()
    assert "不再说话" in lines(stage, group)[-1].text


async def test_what_is_changed_afterwards_comes_along_too(stage: Stage) -> None:
    """A name put in later calls as well; a new version is kept beside the first, and answered by no second line."""
    world, customer = stage.demo.world, stage.demo.customer
    group = square_in(stage, customer, hears_all=True)
    said = world.say(customer.id, "电热壶不通电", chat_id=group.id)
    await stage.settle()
    assert lines(stage, group) == []
    world.edit(customer.id, group.id, said.id, f"@{world.bot.username} 电热壶不通电")
    world.edit(customer.id, group.id, said.id, f"@{world.bot.username} 电热壶不通电，还冒烟")
    await stage.settle()
    (line,) = lines(stage, group)
    await open_link(stage, customer, line)
    _, timeline = (await stage.kept())[0]
    told = next(row.entry.text for row in timeline if row.entry.who == "customer")
    assert told.splitlines() == ["电热壶不通电", "电热壶不通电，还冒烟"]
