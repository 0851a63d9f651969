"""Words taken back: the customer's copy goes, the record keeps them, and nothing is pretended."""

from datetime import timedelta

import pytest

from bot.sandbox.files import Upload
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""


def left(stage: Stage) -> list[str]:
    """What the customer still has of the bot's messages."""
    return [one.text for one in stage.demo.world.from_bot(stage.demo.customer.id) if not one.deleted]


@pytest.mark.practice("S18", "S32", "S38")
async def test_a_reply_takes_the_own_message_back(stage: Stage) -> None:
    """The copy is gone, the timeline has the words and who took them back; a second time there is nothing."""
    await stage.play(f"""
        {HELD}
        林晓: 发错人了的一句
        机器人: 发错人了的一句
        林晓回: 发错人了的一句 > /delete
        群: 从顾客那边撤回了…
        林晓回: 发错人了的一句 > /delete
        群: 这条没有发给过顾客，或已经撤回了。
    """)
    assert "发错人了的一句" not in left(stage)
    _, rows = (await stage.kept())[0]
    taken = [row.entry for row in rows if row.entry.text.startswith("taken_back")]
    assert [(one.text, one.by, one.note) for one in taken] == [("taken_back: 发错人了的一句", "林晓", True)]
    assert any(row.entry.text == "发错人了的一句" and not row.entry.note for row in rows)


@pytest.mark.practice("S31")
async def test_only_ones_own_words_or_a_supervisor(stage: Stage) -> None:
    """A colleague is told whose they are; a supervisor may take back anybody's; notes have nothing to take back."""
    await stage.play(f"""
        {HELD}
        王珂回: 您好，我来处理 > /delete
        群: 这是 林晓 发的…
        路人甲回: 您好，我来处理 > /delete
        群: 路人甲 不是座席…
        林晓: // 备注一句
        林晓回: 备注一句 > /delete
        群: 这条没有发给过顾客…
        林晓: /delete
        群: 回复要撤回的那条…
        陈岚回: 您好，我来处理 > /delete
        群: 从顾客那边撤回了…
    """)
    assert "您好，我来处理" not in left(stage)


@pytest.mark.practice("S45")
async def test_after_two_days_it_is_said_that_it_cannot_be_done(stage: Stage) -> None:
    """Telegram deletes nothing that old, and nobody is left to believe otherwise."""
    await stage.play(HELD)
    stage.clock.move(timedelta(hours=49))
    await stage.do("林晓回", "您好，我来处理 > /delete")
    told = [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert any("超过 48 小时" in one for one in told)
    assert "您好，我来处理" in left(stage)


@pytest.mark.practice("S74")
async def test_one_picture_of_an_album_can_be_taken_back(stage: Stage) -> None:
    """The picture that is answered goes, the others stay."""
    await stage.play(f"""
        {HELD}
        林晓发相册: 看这三张
        机器人: 看这三张
        机器人:
        机器人:
    """)
    world, desk, agent = stage.demo.world, stage.demo.desk.id, stage.demo.agents[0]
    pictures = [one for one in world.history(desk) if one.media and one.sender is agent]
    world.say(agent.id, "/delete", chat_id=desk, thread_id=stage.thread, reply_to=pictures[1].id)
    await stage.settle()
    copies = [one for one in world.history(stage.demo.customer.id) if one.media]
    assert [one.text for one in copies if not one.deleted] == ["看这三张", ""]
    await stage.play("群: 从顾客那边撤回了…")


@pytest.mark.practice("S74", "S18")
async def test_words_that_took_several_messages_go_together(stage: Stage) -> None:
    """A picture with more words than a caption may have is taken back with all of them."""
    await stage.play(HELD)
    world, desk, agent = stage.demo.world, stage.demo.desk.id, stage.demo.agents[0]
    upload = Upload(data=b"x", name="a.jpg")
    words = "这一段说明很长，请慢慢看。" * 120
    photo = world.send_file(agent.id, "photo", upload, caption=words, chat_id=desk, thread_id=stage.thread)
    await stage.settle()
    assert words in "".join(left(stage))
    world.say(agent.id, "/delete", chat_id=desk, thread_id=stage.thread, reply_to=photo.id)
    await stage.settle()
    assert "这一段说明很长" not in "".join(left(stage))
    assert not [one for one in world.history(stage.demo.customer.id) if one.media and not one.deleted]
