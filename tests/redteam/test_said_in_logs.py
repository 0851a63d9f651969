"""The log of many stories, down to its least line, holds nobody's words, names, numbers or addresses."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.files import Upload
from tests.stories.raising import raise_stage

MARKS = (
    "zqfirst",
    "zqhurt",
    "zqname",
    "zqaddress",
    "zqcaption",
    "zqfile",
    "zqedited",
    "zqagent",
    "zqnote",
    "zqreason",
    "zqtask",
    "zqfind",
    "zqpublic",
    "zquser",
    "13812345678",
    "zq@example.com",
    "110101199003074530",
    "6222021234567890128",
    "zqpassword",
    "zqcontact",
    "zqpoll",
    "zqforged",
    "zqoffer",
)
"""Each stands in one place only, so that a hit says where it comes from."""


@pytest.mark.practice("R16")
async def test_no_word_of_anybody_reaches_the_log(tmp_path: Path, log: io.StringIO) -> None:
    """A complaint with a name, numbers, files, changes, notes, offers, tasks, searches, refusals and odd updates."""
    async with raise_stage(tmp_path) as stage:
        world, who = stage.demo.world, stage.demo.world.add_user("zquser", language_code="zh-hans")
        said = [
            "zqfirst 上周买的电热壶漏电 zqhurt 手被烫伤了",
            "我叫 zqname，电话 13812345678，邮箱 zq@example.com",
            "地址 zqaddress 路 8 号，身份证 110101199003074530，卡 6222021234567890128，密码 zqpassword",
            "转人工",
        ]
        last = world.say(who.id, "在吗")
        for words in said:
            last = world.say(who.id, words)
            await stage.settle()
        world.send_file(who.id, "document", Upload(data=b"x", name="zqfile.pdf"), caption="zqcaption")
        world.edit(who.id, who.id, last.id, "转人工 zqedited")
        contact = {"phone_number": "+8613812345678", "first_name": "zqcontact"}
        world.send(who.id, {"contact": contact})
        world.send(who.id, {"poll": {"id": "1", "question": "zqpoll", "type": "quiz", "options": []}})
        world.press_unseen(who.id, world.from_bot(who.id)[-1], "c|zqforged|x|1")
        world.poison(b'{"update_id":%d,"message":{"text":"zqforged"}}' % world.updates.next_id)
        await stage.settle()
        for words in (
            "zqagent 您好",
            "/note zqnote",
            "/offer 补偿 80 | zqoffer",
            "/task 寄说明书 明天18:00 zqtask",
        ):
            await stage.do("林晓", words)
        for words in (
            "/find zqfind",
            "/find 13812345678",
            "/role zqreason",
            "/nonsense zqreason",
            "/hold zqreason",
        ):
            await stage.do("林晓在大群", words)
        await stage.do("林晓", "zqagent 再看一下")
        await stage.live_through(timedelta(minutes=20))
        kept = [row.entry.text for _, rows in await stage.kept() for row in rows]
    assert any("zqfirst" in one for one in kept)
    assert log.getvalue()
    assert [mark for mark in MARKS if mark in log.getvalue()] == []
