"""What is kept of complainants: they may have it and have it deleted; at the desk whoever looks leaves a line."""

from datetime import timedelta

import pytest

from bot.complaint.axes import Control, PromiseStatus, Severity
from bot.complaint.case import Case
from bot.complaint.evolving import replace
from bot.complaint.records import Round
from bot.sandbox.messages import Message
from tests.stories.stage import Stage

CARD = "4111 1111 1111 1111"
TOLD = """
    客户: 上周买的电热壶不通电，我电话13912345678
    机器人: …
    -- 4秒
    机器人: …
"""


async def closed(stage: Stage, **changes: object) -> Case:
    """The customer's case, as it is when all is done."""
    case = await stage.case()
    after = case.evolve(closed_at=stage.clock.now(), **changes)
    talk = (await stage.house.store.state(chats=[case.chat], cases=[], threads=[])).conversations[case.chat]
    await stage.house.store.write(
        Round(
            at=stage.clock.now(),
            cases=[after],
            conversations=[talk],
            cancelled=[(case.no, key) for key in ("nudge", "quiet")],
        )
    )
    return after


def file_of(stage: Stage) -> str:
    """The newest file that the bot sent to the customer."""
    world = stage.demo.world
    sent = [one for one in world.from_bot(stage.demo.customer.id) if "document" in one.body]
    return content(stage, sent[-1])


def content(stage: Stage, message: Message) -> str:
    """What stands in a message's file."""
    name = message.body["document"]["file_id"]
    return stage.demo.world.files.find(name).data.decode()


@pytest.mark.practice("R53", "R16")
async def test_who_asks_gets_all_that_is_kept_of_them_as_a_file(stage: Stage) -> None:
    """Words, promises and what is known, in one file; not what colleagues wrote to each other, nor their names."""
    await stage.play("""
        客户: 上周买的电热壶不通电，我电话13912345678
        机器人: …
        -- 4秒
        机器人: …
        客户: 转人工
        机器人: …
        林晓: // 这位顾客很急
        林晓: 您好，我来看看
        机器人: …
        机器人: 您好，我来看看
        客户: /mydata
        机器人: …1 件事…139****5678…/delete…
        机器人: 您的记录
    """)
    page = file_of(stage)
    assert "上周买的电热壶不通电，我电话13912345678" in page
    assert "您好，我来看看" in page
    assert "周敏" in page
    assert "这位顾客很急" not in page
    assert "林晓" not in page
    deeds = [one.deed async for one in stage.house.store.deeds(case_no=await stage.case_no())]
    assert "mydata" in [one.act for one in deeds]


@pytest.mark.practice("R53")
async def test_a_stranger_has_nothing_here(english_stage: Stage) -> None:
    """Who never complained is told so, in their language; no case is opened by asking."""
    await english_stage.play("""
        Customer: /mydata
        Bot: Nothing about you is kept in this chat. For your account with the shop, tap “Talk to a person”.
        Customer: /delete
        Bot: Nothing about you is kept in this chat.…
        Customer: what data do you have on me
        Bot: Nothing about you is kept in this chat.…
        Buttons: Talk to a person
    """)
    assert await english_stage.kept() == []


@pytest.mark.practice("R53", "R17")
async def test_a_closed_case_is_deleted_at_once_when_its_complainant_says_so(stage: Stage) -> None:
    """Asked once more with a button; then nothing in the database leads to them, and the figures are still told."""
    await stage.play(TOLD)
    before = await closed(stage)
    await stage.play(f"""
        客户: /delete
        机器人: 现在就可以删的：…{before.no}…要删吗？
        按钮: 删除 | 先不删
        客户点: 删除
        机器人: 删掉了：…{before.no}…
        客户: /mydata
        机器人: 这个聊天里没有您的记录。…
    """)
    case = await stage.case()
    assert case.retired_at is not None
    assert (case.category, case.severity, case.opened_at) == (
        before.category,
        before.severity,
        before.opened_at,
    )
    await stage.play("""
        客户: 又有一个杯子漏水
        机器人: …
        -- 4秒
        机器人: …
    """)
    assert len(await stage.kept()) == 2


@pytest.mark.practice("R53")
async def test_nothing_is_deleted_without_the_button_or_with_an_old_one(stage: Stage) -> None:
    """Leaving it leaves everything; a button of the day before does nothing."""
    await stage.play(TOLD)
    await closed(stage)
    await stage.play("""
        客户: /delete
        机器人: …要删吗？
        客户点: 先不删
        机器人: 没有动，都还在。
        客户: /delete
        机器人: …要删吗？
        -- 25小时
        客户点: 删除
        提示: …
    """)
    assert (await stage.case()).retired_at is None


@pytest.mark.practice("R53", "R17")
async def test_what_is_held_is_told_with_its_reason_and_goes_by_itself_later(stage: Stage) -> None:
    """An open case stays until it is closed; then it is looked at again, without anybody asking."""
    await stage.play(TOLD)
    await stage.play("""
        客户: /delete
        机器人: 现在还不能删的：…还在办…要先登记下来，到时候删吗？
        客户点: 删除
        机器人: 还留着的：…还在办…
    """)
    case = await closed(stage)
    assert case.erase_asked is not None
    await stage.play("""
        .. 31天
        机器人: 您之前要删的那件，现在删掉了。
    """)
    assert (await stage.case()).retired_at is not None


@pytest.mark.practice("R53")
async def test_a_lock_is_looked_at_by_a_person_by_a_time_that_is_kept_as_a_promise(stage: Stage) -> None:
    """Where no date ends the hold, somebody answers: a row with its time, and a task at the desk."""
    await stage.play(TOLD)
    await closed(stage, evidence_hold=True)
    await stage.play("""
        客户: /delete
        机器人: …证据要留着…
        客户点: 删除
        机器人: 还留着的：…证据要留着…前答复您…
    """)
    case = await stage.case()
    assert [(one.kind, one.status.value) for one in case.promises if one.kind == "privacy_answer"] == [
        ("privacy_answer", "open")
    ]
    assert case.open_tasks[0].due_at == case.open_promises[0].due_at


@pytest.mark.practice("R26")
async def test_a_card_number_put_in_by_a_change_is_masked_too(stage: Stage) -> None:
    """A message that is changed to hold one, a caption and a file's name: nobody at the desk sees it."""
    await stage.play("""
        客户: 电热壶不通电，转人工
        机器人: …
    """)
    await stage.do("客户改", f"电热壶不通电 > 电热壶不通电，退到卡上 {CARD}")
    await stage.do("客户发图", f"这是我的卡 {CARD}")
    at_desk = " ".join(one.text for one in stage.demo.world.from_bot(stage.demo.desk.id))
    assert CARD not in at_desk
    words = repr([[row.entry for row in rows] for _, rows in await stage.kept()])
    assert CARD not in words
    assert "**** **** **** 1111" in words
    assert any("不要发在这里" in one for one in stage.said())


@pytest.mark.practice("R16")
async def test_who_looks_somebody_up_leaves_a_line_and_managers_read_them(stage: Stage) -> None:
    """By case and by colleague; of the number that was looked for only its end is kept."""
    await stage.play(TOLD)
    number = await stage.case_no()
    await stage.play(f"""
        林晓在大群: /find 13912345678
        大群: 查找…
        王珂在大群: /customer 13912345678
        大群: 周敏…
        林晓在大群: /access {number}
        大群: 这一步要经理来做…
        赵铭在大群: /access {number}
        大群: 谁查过 {number}…王珂 查了 /customer ********678…林晓 查了 /find ********678…
        赵铭在大群: /access @{stage.demo.agents[0].username}
        大群: 谁查过…林晓 查了 /find ********678 · {number}
        赵铭在大群: /access 没有这个人
        大群: 没有 没有这个人 这个编号或同事…
    """)
    deeds = [one.deed async for one in stage.house.store.deeds()]
    assert [(one.name, one.act, one.refused) for one in deeds] == [
        ("林晓", "look_up", ""),
        ("王珂", "look_up", ""),
        ("林晓", "access", "no_right"),
    ]
    assert "13912345678" not in repr(deeds)


@pytest.mark.practice("R53", "R17")
async def test_a_legal_hold_is_set_by_supervisors_and_lifted_by_managers_with_a_reason(stage: Stage) -> None:
    """While it is there nothing is deleted, whoever asks; who set it and why is in the audit."""
    await stage.play("""
        客户: 电热壶不通电，转人工
        机器人: …
        林晓: /legalhold 可能诉讼
        群: 这一步要主管来做…
        陈岚: /legalhold
        群: 写上原因：/legalhold 原因
        陈岚: /legalhold 可能诉讼
        群: 陈岚 把这件设为依法留存…可能诉讼
        陈岚: /legalrelease 结束了
        群: 这一步要经理来做…
        卡片: …依法留存…
    """)
    await closed(stage)
    await stage.play("""
        客户: /delete
        机器人: …有争议要处理…
        客户点: 先不删
        机器人: 没有动，都还在。
        赵铭: /legalrelease 结束了
        群: 赵铭 解除了依法留存…
    """)
    assert not (await stage.case()).legal_hold


@pytest.mark.practice("R53")
async def test_who_asked_to_be_forgotten_is_named_to_nobody_at_the_desk(stage: Stage) -> None:
    """A closed case that is kept for its time alone shows neither name nor number."""
    await stage.play(TOLD)
    case = await closed(stage, severity=Severity.SEV2)
    await stage.do("客户", "/delete")
    await stage.do("客户点", "删除")
    assert (await stage.case()).is_private
    await stage.do("林晓在大群", f"/customer {case.no}")
    await stage.do("林晓在大群", f"/case {case.no}")
    shown = " ".join(one.text for one in stage.demo.world.from_bot(stage.demo.desk.id))
    assert case.no in shown
    assert "周敏" not in shown
    assert "13912345678" not in shown


@pytest.mark.practice("R53", "R17")
async def test_with_its_case_the_topic_is_deleted_and_nothing_can_be_done_to_it(stage: Stage) -> None:
    """What stood in the topic goes too; an old button elsewhere finds nothing to act on."""
    await stage.play("""
        客户: 电热壶不通电，转人工
        机器人: …
    """)
    case = await stage.case()
    kept = [replace(one, status=PromiseStatus.KEPT) for one in case.promises]
    over = [replace(one, open=False) for one in case.escalations]
    await closed(stage, promises=tuple(kept), escalations=tuple(over), control=Control.BOT)
    thread = stage.thread
    await stage.do("客户", "/delete")
    await stage.do("客户点", "删除")
    await stage.pass_time(timedelta(minutes=1))
    assert (await stage.case()).retired_at is not None
    assert thread not in stage.demo.desk.topics
    await stage.do("林晓在大群", f"/case {case.no}")
    await stage.do("林晓在大群点", "重新打开")
    assert "匿名" in stage.notice()
