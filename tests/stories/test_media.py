"""Everything that is not plain words, both ways, and everything that comes in, kept exactly once."""

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
KINDS = {
    "发图": "photo",
    "发文件": "document",
    "发语音": "voice",
    "发音频": "audio",
    "发视频": "video",
    "发圆视频": "video_note",
    "发动图": "animation",
    "发贴纸": "sticker",
    "发位置": "location",
    "发地点": "venue",
    "发名片": "contact",
    "发投票": "poll",
}
NAMES = {
    "发图": "照片",
    "发文件": "文件",
    "发语音": "语音",
    "发视频": "视频",
    "发圆视频": "视频",
    "发动图": "动图",
    "发贴纸": "表情",
    "发位置": "位置",
    "发名片": "联系方式",
    "发投票": "投票",
}


def at_desk(stage: Stage) -> list[Message]:
    """What the bot wrote in the topic after card and log."""
    return stage.topic_lines()


def to_customer(stage: Stage) -> list[Message]:
    """What the customer got."""
    return stage.demo.world.from_bot(stage.demo.customer.id)


@pytest.mark.practice("S74", "R31", "S18")
@pytest.mark.parametrize(("deed", "kind"), KINDS.items())
async def test_every_kind_reaches_the_other_side(stage: Stage, deed: str, kind: str) -> None:
    """Whatever one side sends arrives on the other as what it is, once, with its caption, and is on the timeline."""
    await stage.play(f"{HELD}\n客户{deed}: 请看\n林晓{deed}: 您看\n机器人: …")
    (theirs,) = at_desk(stage)
    ours = to_customer(stage)[-1]
    assert kind in theirs.body
    assert kind in ours.body
    captioned = deed in ("发图", "发文件", "发语音", "发音频", "发视频", "发动图")
    assert (theirs.text, ours.text) == (("请看", "您看") if captioned else ("", ""))
    _, rows = (await stage.kept())[0]
    kept = [(row.entry.who, (row.entry.media or {}).get("kind")) for row in rows]
    assert [who for who, what in kept if what == kind] == ["customer", "agent"]


@pytest.mark.practice("S74", "S11")
async def test_albums_arrive_as_albums(stage: Stage) -> None:
    """An album is one album on the other side, with its caption, and a caption can be corrected."""
    await stage.play(f"""
        {HELD}
        客户发相册: 坏的地方
        林晓发相册: 换新的样子
        机器人: 换新的样子
        机器人:
        机器人:
        林晓改: 换新的样子 > 新的是这样
        客户改: 坏的地方 > 坏的是这里
    """)
    theirs = [one for one in at_desk(stage) if one.media]
    ours = [one for one in to_customer(stage) if one.media]
    assert [len({one.body.get("media_group_id") for one in side}) for side in (theirs, ours)] == [1, 1]
    assert (len(theirs), len(ours), ours[0].text) == (3, 3, "新的是这样")
    assert "坏的是这里" in at_desk(stage)[-1].text
    assert "坏的地方" in at_desk(stage)[-1].text


@pytest.mark.practice("S74", "S11", "R4")
async def test_an_album_gets_one_acknowledgement(stage: Stage) -> None:
    """Three pictures at once are three lines of the timeline and one answer."""
    await stage.play("""
        客户发相册: 壶底裂了
        机器人: …编号 100-0001…
        客户改: 壶底裂了 > 壶底裂开了
        -- 4秒
        机器人: 谢谢您拍了照片…
    """)
    case, rows = (await stage.kept())[0]
    assert [row.entry.text for row in rows if row.entry.who == "customer"] == [
        "壶底裂了",
        "",
        "",
        "壶底裂开了",
    ]
    assert [one.kind for one in case.evidence] == ["photo"] * 3


@pytest.mark.practice("R31")
async def test_replies_point_to_the_same_message_on_both_sides(stage: Stage) -> None:
    """A reply to the other side's words, or to a picture, shows there under the very message that was answered."""
    await stage.play(f"""
        {HELD}
        客户: 第一句
        客户发图: 第二张
        客户: 第三句
        林晓回: 第一句 > 答第一句
        机器人: 答第一句
        林晓回: 第二张 > 答第二张
        机器人: 答第二张
        客户回: 您好，我来处理 > 谢谢林晓
        客户回: 答第二张 > 明白
        林晓回: 谢谢林晓 > 不客气
        机器人: 不客气
    """)
    world, customer, desk = stage.demo.world, stage.demo.customer.id, stage.demo.desk.id

    def answered(chat: int, words: str) -> str:
        message = next(one for one in reversed(world.history(chat)) if words in one.text)
        target = world.message(chat, message.reply_to or 0)
        return target.text if target else ""

    assert answered(customer, "答第一句") == "第一句"
    assert answered(customer, "答第二张") == "第二张"
    assert answered(customer, "不客气") == "谢谢林晓"
    assert answered(desk, "谢谢林晓") == "您好，我来处理"
    assert answered(desk, "明白") == "答第二张"


@pytest.mark.practice("S32")
async def test_edits_show_on_both_sides(stage: Stage) -> None:
    """The desk sees both versions of a customer's edit; an agent's edit changes the customer's copy."""
    await stage.play(f"""
        {HELD}
        客户: 三千就行
        群: 周敏…三千就行
        客户改: 三千就行 > 五万才行
        群: 顾客改了一条：五万才行 原来：三千就行
        客户改: 五万才行 > 算了，三千
        群: 顾客改了一条：算了，三千 原来：五万才行
        林晓改: 您好，我来处理 > 您好，我是林晓
        客户发图: 这里
        群: 这里
        客户改: 这里 > 是那里
        群: 顾客改了一条：是那里 原来：这里
    """)
    assert to_customer(stage)[-1].text == "您好，我是林晓"
    _, rows = (await stage.kept())[0]
    words = [(row.entry.text, row.entry.edit) for row in rows if row.entry.who == "customer"]
    assert words[1:] == [
        ("三千就行", False),
        ("五万才行", True),
        ("算了，三千", True),
        ("这里", False),
        ("是那里", True),
    ]
    agent = [(row.entry.text, row.entry.edit) for row in rows if row.entry.who == "agent"]
    assert agent == [("您好，我来处理", False), ("您好，我是林晓", True)]


@pytest.mark.practice("S56")
async def test_reactions_reach_the_other_side(stage: Stage) -> None:
    """An agent's reaction shows on the customer's message and goes again; the customer's shows at the desk."""
    await stage.play(f"""
        {HELD}
        客户: 辛苦了
        林晓表情: 辛苦了 > 👍
    """)
    world, customer = stage.demo.world, stage.demo.customer.id
    said = next(one for one in world.history(customer) if one.text == "辛苦了")
    assert said.reactions == {world.bot.id: ["👍"]}
    await stage.play("""
        林晓表情: 辛苦了 > 无
        客户表情: 您好，我来处理 > ❤
    """)
    assert said.reactions == {}
    spoken = next(one for one in world.history(stage.demo.desk.id) if one.text == "您好，我来处理")
    assert spoken.reactions == {world.bot.id: ["❤"]}


@pytest.mark.practice("S18", "S32", "S74", "S2")
async def test_everything_that_comes_in_is_on_the_timeline_once(stage: Stage) -> None:
    """Words, edits, reactions, presses, commands and media of every kind: each on the timeline, in order, once."""
    world, person = stage.demo.world, stage.demo.customer
    say = world.say(person.id, "快递少一包")
    world.repeat_update(world.pending()[0]["update_id"])
    await stage.settle()
    world.edit(person.id, person.id, say.id, "快递少两包")
    await stage.settle()
    photo = world.send_file(person.id, "photo", Upload(data=b"x", name="a.jpg"), caption="箱子")
    await stage.settle()
    world.edit(person.id, person.id, photo.id, "箱子破了")
    for deed in KINDS:
        await stage.do(f"客户{deed}")
    await stage.do("客户表情", "快递少两包 > 👍")
    await stage.do("客户", "/status")
    cases = await stage.kept()
    assert len(cases) == 1
    rows = [row.entry for row in cases[0][1] if row.entry.who == "customer"]
    told = [(one.text, (one.media or {}).get("kind"), one.edit) for one in rows]
    assert told == [
        ("快递少一包", None, False),
        ("快递少两包", None, True),
        ("箱子", "photo", False),
        ("箱子破了", "photo", True),
        *[("", kind, False) for kind in KINDS.values()],
        ("", "reaction", False),
        ("/status", None, False),
    ]
    assert (await stage.house.store.counts())["set_aside"] == 0


@pytest.mark.practice("S2", "S70")
async def test_an_unreadable_update_is_kept_and_told(stage: Stage) -> None:
    """What Telegram never should have sent is set aside, the desk hears of it in General, and the rest goes on."""
    world = stage.demo.world
    world.poison()
    world.poison(b'{"update_id":%d,"brand_new_kind":{"x":1}}' % world.updates.next_id)
    await stage.play("""
        客户: 电热壶不通电
        机器人: …编号 100-0001…
        大群: ❗ 收到一条处理不了的内容…
    """)
    counts = await stage.house.store.counts()
    assert (counts["set_aside"], counts["inbox_pending"]) == (1, 0)


@pytest.mark.practice("S74", "R1", "R4")
@pytest.mark.parametrize(("deed", "called"), NAMES.items())
async def test_a_first_message_without_words_is_answered(stage: Stage, deed: str, called: str) -> None:
    """Whatever comes first without a word is kept and answered by its name, never ignored."""
    await stage.play(f"""
        客户{deed}:
        机器人: …编号 100-0001…
        -- 15秒
        机器人: {called}收到…
    """)
    case, rows = (await stage.kept())[0]
    assert rows[0].entry.who == "customer"
    assert case.facts.phone is None, "somebody else's number is not theirs"


@pytest.mark.practice("S74", "R1", "S18")
async def test_content_that_nobody_knows_yet_is_kept_and_answered(stage: Stage) -> None:
    """A kind of message that Telegram invents tomorrow opens a case, is on the timeline and is answered."""
    world, customer = stage.demo.world, stage.demo.customer
    world.send(customer.id, {"hologram": {"file_id": "h1"}})
    await stage.settle()
    await stage.play("""
        机器人: …编号 100-0001…
        -- 15秒
        机器人: …
    """)
    _, rows = (await stage.kept())[0]
    assert [row.entry.media for row in rows if row.entry.who == "customer"] == [{"kind": "other"}]


@pytest.mark.practice("S18", "S32", "R31")
async def test_the_log_shows_edits_from_before(stage: Stage) -> None:
    """What the customer changed while the bot had the case shows in the log in both versions, in order."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        客户改: 电热壶不通电 > 电热壶不通电，还漏水
        -- 4秒
        机器人: …
        客户: 转人工
        机器人: …
    """)
    log = stage.log()
    first, second = log.find("周敏：电热壶不通电"), log.find("周敏（改）：电热壶不通电，还漏水")
    assert 0 <= first < second, log


@pytest.mark.practice("S74")
async def test_an_agents_formatting_arrives(stage: Stage) -> None:
    """A link behind a word, and what was made bold, reach the customer as the agent set them."""
    await stage.play(HELD)
    agent, desk = stage.demo.agents[0], stage.demo.desk.id
    words = '请填<a href="https://example.com/form">退货单</a>，<b>今天</b>就寄 5 &lt; 6'
    stage.demo.world.say(agent.id, words, chat_id=desk, thread_id=stage.thread, html=True)
    await stage.settle()
    await stage.play("""
        机器人: 请填退货单，今天就寄 5 < 6
        林晓改: 请填退货单 > 请填表
    """)
    assert to_customer(stage)[-1].text == "请填表"
    assert [one["type"] for one in to_customer(stage)[-1].versions[0]["entities"]] == ["text_link", "bold"]
