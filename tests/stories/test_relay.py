"""What crosses between customer and desk is whole: nothing cut, nothing lost, insults folded, oddities told."""

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
LONG = "".join(f"第{n}句说明，请慢慢看。" for n in range(150))
"""More than a caption holds."""


def at_desk(stage: Stage) -> list[Message]:
    """What the bot wrote in the topic after card and log."""
    return stage.topic_lines()


@pytest.mark.practice("S56")
async def test_insults_are_folded_and_one_tap_away(stage: Stage) -> None:
    """Agents see what it is about; the insult is under a spoiler, whole, and the timeline has every letter."""
    await stage.play(f"""
        {HELD}
        客户: 你们这帮畜生，壶还是不通电，操你妈的
        群: 周敏…畜生，壶还是不通电，操你妈…（骂人的话已折叠，点开看）
        客户: 壶还是不通电
        群: 周敏 壶还是不通电
    """)
    rude, plain = at_desk(stage)[:2]
    hidden = [
        rude.text[one["offset"] : one["offset"] + one["length"]]
        for one in rude.entities
        if one["type"] == "spoiler"
    ]
    assert "畜生" in hidden
    assert not any("不通电" in one for one in hidden)
    assert not [one for one in plain.entities if one["type"] == "spoiler"]
    _, rows = (await stage.kept())[0]
    assert "你们这帮畜生，壶还是不通电，操你妈的" in [row.entry.text for row in rows]


@pytest.mark.practice("S56", "S74")
async def test_a_picture_with_an_insult_comes_with_the_words_folded(stage: Stage) -> None:
    """The picture arrives, the caption beside it, its insult under a spoiler."""
    await stage.play(f"""
        {HELD}
        客户发图: 你们这帮畜生自己看
        群:
        群: 周敏…畜生自己看…
    """)
    picture, words = at_desk(stage)
    assert picture.media is not None
    assert picture.text == ""
    assert [one["type"] for one in words.entities if one["type"] == "spoiler"] == ["spoiler"]


@pytest.mark.practice("R26", "S74")
async def test_a_caption_hides_identity_numbers(stage: Stage) -> None:
    """What is masked in words is masked under a picture too."""
    await stage.play(f"""
        {HELD}
        客户发图: 我的身份证号 110101199003074530
        群:
        群: 周敏…
    """)
    assert "110101199003074530" not in "".join(one.text for one in at_desk(stage))


@pytest.mark.practice("S18", "S74")
async def test_long_captions_follow_their_picture_whole(stage: Stage) -> None:
    """Words that are too many for a caption come after it, both ways, to the last letter."""
    await stage.play(HELD)
    world, customer, agent = stage.demo.world, stage.demo.customer, stage.demo.agents[0]
    upload = Upload(data=b"x", name="a.jpg")
    world.send_file(customer.id, "photo", upload, caption=LONG)
    await stage.settle()
    world.send_file(
        agent.id, "photo", upload, caption=LONG, chat_id=stage.demo.desk.id, thread_id=stage.thread
    )
    await stage.settle()
    theirs, ours = at_desk(stage), world.from_bot(customer.id)[-2:]
    for picture, *words in (theirs, ours):
        assert picture.media is not None
        assert picture.text == ""
        assert LONG in "".join(one.text for one in words)


@pytest.mark.practice("S74")
async def test_formatting_survives_an_edit(stage: Stage) -> None:
    """Words that are changed keep what is bold or linked in them."""
    await stage.play(HELD)
    world, agent, desk = stage.demo.world, stage.demo.agents[0], stage.demo.desk.id
    said = world.say(agent.id, "请填退货单", chat_id=desk, thread_id=stage.thread)
    await stage.settle()
    words = '请填<a href="https://example.com/f">退货单</a>，<b>今天</b>就寄 😀 5 &lt; 6'
    world.edit(agent.id, desk, said.id, words, html=True)
    await stage.settle()
    copy = world.from_bot(stage.demo.customer.id)[-1]
    assert copy.text == "请填退货单，今天就寄 😀 5 < 6"
    assert [(one["type"], one.get("url")) for one in copy.entities] == [
        ("text_link", "https://example.com/f"),
        ("bold", None),
    ]


@pytest.mark.practice("S18", "R31")
async def test_every_part_of_long_words_can_be_answered(stage: Stage) -> None:
    """With the name above them the longest words take two messages; an answer to the second reaches theirs."""
    await stage.play(HELD)
    world, customer, agent = stage.demo.world, stage.demo.customer, stage.demo.agents[0]
    words = "一" * 4096
    said = world.say(customer.id, words)
    await stage.settle()
    first, second = at_desk(stage)
    assert len(first.text) + len(second.text) >= len(words)
    desk = stage.demo.desk.id
    world.say(agent.id, "看到了", chat_id=desk, thread_id=stage.thread, reply_to=second.id)
    await stage.settle()
    assert world.from_bot(customer.id)[-1].reply_to == said.id


@pytest.mark.practice("S74", "S18")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            {
                "poll": {
                    "id": "1",
                    "question": "退还是换",
                    "type": "quiz",
                    "options": [{"text": "退"}, {"text": "换"}],
                }
            },
            "发来一道测验题：退还是换 退 / 换",
        ),
        ({"dice": {"emoji": "🎲", "value": 4}}, "掷了个骰子：🎲 4"),
        ({"story": {"id": 3, "chat": {"id": 1, "type": "private"}}}, "转来一条动态"),
        ({"paid_media": {"star_count": 5, "paid_media": []}}, "发来付费内容"),
    ],
)
async def test_what_nobody_can_copy_is_told_in_words(
    stage: Stage, content: dict[str, object], told: str
) -> None:
    """A quiz, a die, a story, paid media: the topic says what came, and it is on the timeline."""
    await stage.play(HELD)
    stage.demo.world.send(stage.demo.customer.id, content)
    await stage.settle()
    (line,) = at_desk(stage)
    assert " ".join(line.text.split()) == f"周敏 {told}"
    _, rows = (await stage.kept())[0]
    assert rows[-1].entry.who == "customer" or any(row.entry.media for row in rows)


@pytest.mark.practice("S74", "S70")
async def test_what_telegram_refuses_to_copy_is_said(stage: Stage) -> None:
    """A message that Telegram passes on to nobody leaves a line, so that somebody asks."""
    await stage.play(HELD)
    stage.demo.world.send(stage.demo.customer.id, {"hologram": {"x": 1}, "has_protected_content": True})
    await stage.settle()
    await stage.play("群: 顾客刚发来一样东西，Telegram 不让转过来…")
