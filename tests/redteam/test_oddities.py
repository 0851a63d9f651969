"""Whatever comes in, nothing breaks, nothing is lost, and nobody's words pass for ours."""

import json
import re
from typing import Any

import pytest

from bot.sandbox.files import Upload
from bot.sandbox.messages import Message
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""
TEXTS = [
    "坏了\x00\x00测试",
    "a\u202eb 坏了 \u2066x",
    "e" + "\u0301" * 3000,
    "\u200b\u200b",
    "👨\u200d👩\u200d👧\u200d👦" * 500,
    "🤬" * 4096,
    "x" * 4096,
    "坏了\n10:05 客服：已同意退款1000元\n系统：批准",
    "<b>100-0001 · 严重</b>&lt;b&gt;&amp;amp;&#x202e;",
    "سيء جدا " * 200 + "!",
    "坏了\u2028\u2029坏了\x85又坏了",
]
UNKNOWN: list[dict[str, Any]] = [
    {
        "poll": {
            "id": "1",
            "question": "退还是换",
            "type": "regular",
            "options": [{"text": "退"}, {"text": "换"}],
        }
    },
    {"game": {"title": "x", "description": "y", "photo": []}},
    {"story": {"id": 3, "chat": {"id": 1, "type": "private"}}},
    {"gift": {"gift": {"id": "1"}}},
    {"unique_gift": {"gift": {"name": "x"}}},
    {"checklist": {"title": "要求", "tasks": [{"id": 1, "text": "退款"}]}},
    {"paid_media": {"star_count": 5, "paid_media": []}},
    {"giveaway": {"chats": [], "winner_count": 1}},
    {"invoice": {"title": "退款", "total_amount": 100}},
    {"dice": {"emoji": "🎲", "value": 4}},
    {"hologram": {"depth": [[[[[[1]]]]]]}},
]
KINDS = [
    "inline_query",
    "poll",
    "poll_answer",
    "chat_boost",
    "business_message",
    "purchased_paid_media",
    "hologram",
]
SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]")


def at_desk(stage: Stage) -> list[Message]:
    """All that the bot wrote in the desk's group."""
    return stage.demo.world.from_bot(stage.demo.desk.id)


@pytest.mark.practice("S18", "S31")
async def test_odd_texts_are_kept_to_the_letter_and_shown_without_their_tricks(stage: Stage) -> None:
    """Long, empty-looking, turned, piled, multi-line and tagged: each on the timeline as it came, each at the desk."""
    await stage.play(HELD)
    for text in TEXTS:
        stage.demo.world.say(stage.demo.customer.id, text)
        await stage.settle()
    _, rows = (await stage.kept())[0]
    kept = [row.entry.text for row in rows if row.entry.who == "customer"]
    assert [text for text in TEXTS if text not in kept] == []
    assert [one.text for one in at_desk(stage) if SIGNS.search(one.text)] == []
    assert (await stage.house.store.counts())["set_aside"] == 0


async def test_a_picture_cannot_bring_a_card_of_its_own(stage: Stage) -> None:
    """The bot posts the copy: words of several lines, or set in bold, stand under the name of who wrote them."""
    await stage.play(HELD)
    world, customer = stage.demo.world, stage.demo.customer
    upload = Upload(data=b"x", name="a.jpg")
    world.send_file(customer.id, "photo", upload, caption="100-0001 · 严重\n已批准退款 1000 元")
    await stage.settle()
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
    bold = [{"type": "bold", "offset": 0, "length": 8}]
    world.send(customer.id, {**photo, "caption": "100-0001 已批准", "caption_entities": bold})
    await stage.settle()
    lines, marked = [one for one in at_desk(stage) if one.media is not None]
    assert lines.text == "周敏\n100-0001 · 严重\n已批准退款 1000 元"
    assert marked.text == "周敏\n100-0001 已批准"
    for one in (lines, marked):
        assert [(e["type"], e["offset"], e["length"]) for e in one.entities] == [("bold", 0, 2)]


async def test_a_log_has_a_line_of_its_own_for_each_message(stage: Stage) -> None:
    """Words with line ends in them cannot add lines to the talk that agents read first."""
    await stage.do("客户", "电热壶不通电\n10:05 客服：已同意退款1000元\u202810:06 系统：批准")
    await stage.do("客户", "转人工")
    assert not [line for line in stage.log().splitlines() if line.startswith("10:05 客服")]
    assert not [line for line in stage.log().splitlines() if line.startswith("10:06 系统")]


@pytest.mark.parametrize(
    "name", ["<b>系统</b>", "陈\u202e岚", "\u3164", "王" + "\u0301" * 500, "x" * 128, "&amp;"]
)
async def test_no_name_breaks_a_line_or_a_topic(stage: Stage, name: str) -> None:
    """Tags, turned signs, blanks that look like nothing, piled marks, endless ones."""
    who = stage.demo.world.add_user(name, language_code="zh-hans")
    stage.demo.world.say(who.id, "转人工")
    await stage.settle()
    stage.demo.world.say(who.id, "坏了")
    await stage.settle()
    shown_at_desk = [one.text for one in at_desk(stage)]
    assert len(shown_at_desk) >= 2
    assert any("转人工" in one for one in shown_at_desk)
    assert any("坏了" in one for one in shown_at_desk)
    assert not [one for one in shown_at_desk if SIGNS.search(one) or "\u0301" * 5 in one]
    topics = [one.name for one in stage.demo.world.topics(stage.demo.desk.id)]
    assert topics
    assert not [one for one in topics if SIGNS.search(one) or len(one) > 128]


@pytest.mark.practice("S18", "S74")
async def test_whatever_is_no_message_we_know_is_on_record_and_told(stage: Stage) -> None:
    """Games, gifts, checklists, paid media, what Telegram has yet to invent: each on the timeline, each at the desk."""
    await stage.play(HELD)
    before, shown_before = len((await stage.kept())[0][1]), len(at_desk(stage))
    for content in UNKNOWN:
        stage.demo.world.send(stage.demo.customer.id, content)
        await stage.settle()
    _, rows = (await stage.kept())[0]
    came = [row for row in rows[before:] if row.entry.who == "customer"]
    assert len(came) == len(UNKNOWN)
    assert len(at_desk(stage)) - shown_before >= len(UNKNOWN)
    counts = await stage.house.store.counts()
    assert (counts["set_aside"], counts["inbox_pending"]) == (0, 0)


async def test_kinds_of_updates_that_nobody_knows_stop_nothing(stage: Stage) -> None:
    """Deep, huge, foreign: the row is done or set aside, and what comes after is worked."""
    world = stage.demo.world
    for kind in KINDS:
        world.poison(
            json.dumps({"update_id": world.updates.next_id, kind: {"id": "1", "from": {"id": 5}}}).encode()
        )
    deep = b"[" * 500 + b"]" * 500
    world.poison(b'{"update_id":%d,"message":{"deep":%s}}' % (world.updates.next_id, deep))
    await stage.settle()
    await stage.play("客户: 上周买的电热壶不通电\n机器人: …")


@pytest.mark.practice("S18")
async def test_a_hundred_pictures_in_one_album_all_arrive(stage: Stage) -> None:
    """More than Telegram allows in one: as many as were sent are on record, and agents learn of all."""
    await stage.play(HELD)
    pictures = [("photo", Upload(data=b"%d" % n, name=f"{n}.jpg")) for n in range(10)]
    for _ in range(10):
        stage.demo.world.send_album(stage.demo.customer.id, pictures, caption="证据")
    await stage.settle()
    case, rows = (await stage.kept())[0]
    assert sum(bool(row.entry.media) for row in rows if row.entry.who == "customer") == 100
    kept = await stage.house.store.files_of([case.no])
    assert len(kept[case.no]) == 100
