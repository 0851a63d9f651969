"""Words of colleagues that wait for a second thought: said why, sent with one tap, once, and never lost."""

import pytest

from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""


async def words_kept(stage: Stage) -> list[tuple[str, bool]]:
    """What colleagues wrote, as the timeline has it, each with whether it is a note."""
    _, rows = (await stage.kept())[0]
    return [(row.entry.text, row.entry.note) for row in rows if row.entry.who == "agent"]


@pytest.mark.practice("S85", "S55")
async def test_a_but_after_an_acknowledgement_is_asked_about_and_sent_if_they_insist(stage: Stage) -> None:
    """One line says what, why and what instead; a tap sends exactly these words, once."""
    await stage.play(f"""
        {HELD}
        林晓: 我理解您着急，但是仓库关门了
        群: …先没发。“但是”把前半句收回去了，分成两句说…
        林晓点: 照发
        提示: 发出去了。
        机器人: 我理解您着急，但是仓库关门了
        林晓点: 照发
        提示: 这条已经处理过了。
        客户: 好的
        群: …好的
    """)
    words = "我理解您着急，但是仓库关门了"
    assert [one for one in await words_kept(stage) if one[0] == words] == [(words, True), (words, False)]


@pytest.mark.practice("S53", "S55")
async def test_held_words_that_are_put_right_go_out_by_themselves(stage: Stage) -> None:
    """An edit is looked at again: still wrong is said anew, clean goes out without another tap."""
    await stage.play(f"""
        {HELD}
        林晓: 我们尽快给您换
        群: …“尽快”没有时间…
        林晓改: 我们尽快给您换 > 您自己没看清吧
        群: …“您自己没”听着像怪顾客…
        林晓改: 您自己没看清吧 > 您好，今天 18:00 前给您换好
        机器人: 您好，今天 18:00 前给您换好
        群: 记下承诺 p2：“今天 18:00 前给您换好”，今天18:00前。…
        林晓点: 照发
        提示: 这条已经处理过了。
        林晓改: 您好，今天 18:00 前给您换好 > 您好，今天 17:00 前给您换好
        群: 承诺 p2 跟着改了：…从今天18:00改到今天17:00前。
    """)
    assert stage.said()[-1] == "您好，今天 17:00 前给您换好"
    kept = await words_kept(stage)
    assert [one[0] for one in kept if not one[1]] == [
        "您好，我来处理",
        "您好，今天 18:00 前给您换好",
        "您好，今天 17:00 前给您换好",
    ]
    assert ("我们尽快给您换", True) in kept
    assert ("您自己没看清吧", True) in kept


@pytest.mark.practice("S26", "S55")
async def test_dropped_words_stay_inside(stage: Stage) -> None:
    """Whoever thinks better of it taps once: nothing goes out, then or by a later edit."""
    await stage.play(f"""
        {HELD}
        林晓: 爱买不买，我就这话
        群: …伤人…
        林晓点: 改一改
        提示: 没发，留作备注。
        林晓点: 照发
        提示: 这条已经处理过了。
        林晓改: 我就这话 > 我们再看看
        群: 这条没有发给过顾客…
    """)
    assert ("爱买不买，我就这话", True) in await words_kept(stage)


@pytest.mark.practice("R27")
async def test_help_in_danger_is_never_held(stage: Stage) -> None:
    """Whatever else stands beside it, a call for the ambulance goes out at once."""
    await stage.play(f"""
        {HELD}
        林晓: 您自己没看说明，但是请马上拨打120，尽快去医院
        机器人: 您自己没看说明，但是请马上拨打120，尽快去医院
    """)


@pytest.mark.practice("S20", "S28", "R56")
async def test_fault_is_owned_after_the_finding(stage: Stage) -> None:
    """The same sentence waits before the verdict and goes out after it."""
    await stage.play(f"""
        {HELD}
        林晓: 这是我们的责任
        群: …在认定之前就认了责…
        林晓点: 改一改
        林晓: /upheld 底座接触不良 | 换了供应批次
        机器人: …
        群: …
        林晓: 这是我们的责任，换新的已经寄出
        机器人: 这是我们的责任，换新的已经寄出
    """)


@pytest.mark.practice("S55", "S74")
async def test_an_album_waits_and_goes_as_an_album(stage: Stage) -> None:
    """Three pictures with a sharp word: one question, and sent they are one album again."""
    await stage.play(f"""
        {HELD}
        林晓发相册: 你自己看清楚，别闹了
        群: …先没发…
        林晓点: 照发
        机器人: 你自己看清楚，别闹了
        机器人:
        机器人:
    """)
    pictures = [one for one in stage.demo.world.from_bot(stage.demo.customer.id) if one.media]
    assert len({one.body.get("media_group_id") for one in pictures}) == 1
    assert len(pictures) == 3


@pytest.mark.practice("S55", "R31")
async def test_formatting_and_reply_survive_the_wait(stage: Stage) -> None:
    """What was bold and what it answered are as they were written."""
    await stage.play(f"{HELD}\n客户: 到底换不换")
    world, agent, desk = stage.demo.world, stage.demo.agents[0], stage.demo.desk.id
    asked = next(one for one in reversed(world.history(desk)) if "到底换不换" in one.text)
    words = "<b>保证</b>给您换"
    world.say(agent.id, words, chat_id=desk, thread_id=stage.thread, reply_to=asked.id, html=True)
    await stage.settle()
    await stage.play("""
        群: …到底换不换
        群: …先没发…
        林晓点: 照发
        机器人: 保证给您换
    """)
    sent = world.from_bot(stage.demo.customer.id)[-1]
    answered = world.message(stage.demo.customer.id, sent.reply_to or 0)
    assert [one["type"] for one in sent.entities] == ["bold"]
    assert answered is not None
    assert answered.text == "到底换不换"


@pytest.mark.practice("S55", "R31")
async def test_a_second_colleagues_words_wait_for_the_case(stage: Stage) -> None:
    """The other may take the case over with them: they go out, and the first holder is told."""
    await stage.play(f"""
        {HELD}
        王珂: 换新今天 18:00 前寄出
        群: ⏸ 先没发：林晓 正在跟…
        林晓点: 接手并发出
        提示: 这是 王珂 写的…
        王珂点: 接手并发出
        群: …王珂…林晓…
        机器人: 换新今天 18:00 前寄出
        群: 记下承诺 p2：“换新今天 18:00 前寄出”，今天18:00前。…
        林晓: 我再补一句
        群: ⏸ 先没发：王珂 正在跟…
        林晓点: 只是备注
        提示: 没发，留作备注。
    """)
    case = await stage.case()
    assert case.holder is not None
    assert case.holder.name == "王珂"


@pytest.mark.practice("S55")
async def test_the_holder_may_let_one_message_of_another_out(stage: Stage) -> None:
    """Not the writer but who has the case, or a supervisor, lets a single message through; the case stays theirs."""
    await stage.play(f"""
        {HELD}
        王珂: 仓库说今天 18:00 前发
        群: ⏸ 先没发：林晓 正在跟…
        王珂点: 只发这条
        提示: 只发这条，要 林晓 或主管来点…
        路人甲点: 只发这条
        提示: …
        林晓点: 只发这条
        机器人: 仓库说今天 18:00 前发
        王珂: 单号明天 9:00 前给
        群: ⏸ 先没发：林晓 正在跟…
        陈岚点: 只发这条
        机器人: 单号明天 9:00 前给
    """)
    case = await stage.case()
    assert case.holder is not None
    assert case.holder.name == "林晓"


@pytest.mark.practice("S55")
async def test_nobody_elses_press_sends(stage: Stage) -> None:
    """A colleague's tap on another's held words sends nothing; a supervisor's does."""
    await stage.play(f"""
        {HELD}
        林晓: 我们尽快办
        群: …先没发…
        王珂点: 照发
        提示: 这是 林晓 写的…
        王珂点: 改一改
        提示: 这是 林晓 写的…
        陈岚点: 照发
        机器人: 我们尽快办
    """)


@pytest.mark.practice("S55", "S53")
async def test_what_nobody_decides_is_asked_once_more(stage: Stage) -> None:
    """After some minutes the writer is reminded that the customer has not read it; decided words wake nobody."""
    await stage.play(f"""
        {HELD}
        林晓: 我们尽快办
        群: …先没发…
        -- 4分钟
        群: ⏸ 林晓，这条还没发给顾客：“我们尽快办”
        -- 10分钟
        林晓点: 改一改
        林晓: 一定给您换
        群: …先没发…
        林晓点: 照发
        机器人: 一定给您换
        -- 10分钟
        客户: 好
        群: …好
    """)


@pytest.mark.practice("S55", "S26")
async def test_an_edit_does_not_slip_past(stage: Stage) -> None:
    """Words that went out clean and are changed into sharp ones are asked about; the copy stands until then."""
    await stage.play(f"""
        {HELD}
        林晓改: 您好，我来处理 > 爱要不要
        群: …伤人…
    """)
    assert stage.said()[-1] == "您好，我来处理"
    await stage.play("林晓点: 照发")
    assert stage.said()[-1] == "爱要不要"


@pytest.mark.practice("S55", "S76")
async def test_english_words_are_looked_at_in_english(english_stage: Stage) -> None:
    """English words are held by English rules, whatever language the desk reads."""
    await english_stage.play("""
        Customer: I want to talk to a person, the kettle is dead
        Bot: …
        Lin Xiao: Hello, I have it
        Bot: …
        Bot: Hello, I have it
        Lin Xiao: I understand, but we are busy
        Topic: …“but”…“busy”…
        Lin Xiao presses: 照发
        Bot: I understand, but we are busy
    """)
