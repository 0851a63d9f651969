"""What agents ask for in the chat, as chat logs: lists, cards, customers, wherever they are."""

from datetime import timedelta

import pytest

from bot.complaint.case import (
    Case,
    Control,
    Escalation,
    Facts,
    Person,
    Promise,
    Queue,
    Severity,
    Task,
)
from bot.complaint.deskwork import TaskKind
from bot.complaint.ids import CaseNo, ChatId, UserId, case_no_from
from bot.complaint.records import Entry, Round
from tests.stories.spots import Spot, from_bot
from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…前有人答复您…
"""


async def many_wait(stage: Stage, count: int) -> list[CaseNo]:
    """So many cases wait at the desk, the first the longest."""
    now = stage.clock.now()
    cases = []
    for number in range(count):
        at = now - timedelta(minutes=count - number)
        waiting = Escalation(id="e1", at=at, reason="wants_person", queue=Queue.GENERAL, promise_id="p1")
        chat = 90_000 + number
        cases.append(
            Case(
                no=case_no_from(2_000_000 + number),
                chat=ChatId(chat),
                customer=Person(id=UserId(chat), name=f"顾客{number}"),
                opened_at=at,
                control=Control.QUEUED,
                severity=Severity.SEV3,
                escalations=(waiting,),
                facts=Facts(product="吐司"),
                at_desk=True,
            )
        )
    await stage.house.store.write(Round(at=now, cases=cases))
    return [one.no for one in cases]


def in_general(stage: Stage) -> list[str]:
    """What the bot says in General, as it now stands there."""
    return [one.text for one in from_bot(stage.demo, Spot(stage.demo.desk))]


@pytest.mark.practice("R16", "S89")
async def test_who_waits_is_shown_where_it_is_asked(stage: Stage) -> None:
    """A colleague asks in General and sees who waits; a stranger who asks the same is told nothing, no count even."""
    await stage.play(f"""
        {CALLED}
        -- 5分钟
        林晓在大群: /queue
        大群: 等人接 1 件…100-0001 电热壶…等了 5 分钟…答复…前
        路人甲在大群: /queue
        路人甲在大群: /find 电热壶
        路人甲在大群: /case 100-0001
        路人甲在大群: /roster
        王珂在大群: /queue 法务
        大群: 等人接 “法务”：没有
        王珂在大群: /queue 某某
        大群: 没有“某某”这个队列…
    """)
    (shown, *_) = from_bot(stage.demo, Spot(stage.demo.desk))
    links = [one["url"] for one in shown.body["entities"] if one["type"] == "text_link"]
    thread = stage.demo.world.topics(stage.demo.desk.id)[-1].id
    assert links == [f"https://t.me/c/{str(stage.demo.desk.id).removeprefix('-100')}/{thread}"]
    assert shown.body["reply_to_message"]["text"] == "/queue"


async def test_a_long_list_turns_its_pages_in_place(stage: Stage) -> None:
    """Eight lines a page; back and on change the one message, and the group gets no other."""
    numbers = await many_wait(stage, 18)
    await stage.play("""
        林晓在大群: /queue
        大群: 等人接 18 件 · 1/3 页…200-0000…200-0007…
        林晓在大群点: 下一页
        林晓在大群点: 下一页
    """)
    (text,) = in_general(stage)
    assert "3/3 页" in text
    assert [one for one in numbers if one in text] == numbers[16:]
    await stage.play("林晓在大群点: 上一页")
    (text,) = in_general(stage)
    assert [one for one in numbers if one in text] == numbers[8:16]


@pytest.mark.practice("R16")
async def test_a_stranger_turns_no_page(stage: Stage) -> None:
    """A stranger's press on a list is answered with an alert, and the list stays as it was."""
    await many_wait(stage, 9)
    await stage.play("""
        林晓在大群: /queue
        大群: 等人接 9 件 · 1/2 页…
        路人甲在大群点: 下一页
        提示: 只有座席能点
    """)
    assert "1/2 页" in in_general(stage)[0]


async def test_a_list_in_a_topic_is_no_line_of_its_case(stage: Stage) -> None:
    """What is asked in a case's topic is answered there, and leaves nothing in that case's history."""
    await stage.play(f"""
        {CALLED}
        林晓: /queue
        群: 等人接 1 件…
        林晓: /find 13800001234
        群: 查找 “13800001234”：没有
    """)
    ((_, lines),) = await stage.kept()
    assert not any("/find" in one.entry.text or "/queue" in one.entry.text for one in lines)
    assert [one.deed.case_no async for one in stage.house.store.deeds()] == [None], (
        "who looked, and at no case"
    )


@pytest.mark.practice("S39")
async def test_what_i_hold_stands_with_what_is_due(stage: Stage) -> None:
    """Mine are the cases that I hold, with the next promise and its time; a colleague's list is their own."""
    await stage.play(f"""
        {CALLED}
        林晓点: 我来接
        机器人: …
        林晓在大群: /mine
        大群: 我手上的 1 件…100-0001 电热壶…答复…前
        王珂在大群: /mine
        大群: 我手上的：没有
        林晓在大群: /promises
        大群: 承诺 1 项…答复…
        王珂在大群: /promises
        大群: 承诺：没有
        王珂在大群: /promises all
        大群: 承诺（大家的） 1 项…林晓…答复…
    """)


async def test_what_is_overdue_is_first_and_marked(stage: Stage) -> None:
    """A promise or task whose time went by stands first and marked; what is to come stands behind it."""
    (number,) = await many_wait(stage, 1)
    now = stage.clock.now()
    made = now - timedelta(days=2)
    promises = (
        Promise(id="p1", kind="refund", text="", owner="x", made_at=made, due_at=now + timedelta(hours=2)),
        Promise(id="p2", kind="ship", text="", owner="x", made_at=made, due_at=now - timedelta(hours=2)),
    )
    visit = Task(
        id="t1",
        kind=TaskKind.VISIT,
        what="上门看吐司",
        owner="王珂",
        made_at=made,
        due_at=now - timedelta(hours=1),
    )
    found = await stage.house.store.state(chats=[], cases=[number], threads=[])
    case = found.cases[number].evolve(promises=promises, tasks=(visit,))
    await stage.house.store.write(Round(at=now, cases=[case]))
    await stage.play("""
        林晓在大群: /promises all
        大群: 承诺（大家的） 2 项…❗发货…前…退款…前
        林晓在大群: /tasks all
        大群: 任务（大家的） 1 项…200-0000 吐司 · 王珂…❗t1 上门看吐司…前
        林晓在大群: /tasks
        大群: 任务：没有
        林晓在大群: /queue
        大群: 等人接 1 件…❗发货…前
    """)


@pytest.mark.practice("R31")
async def test_a_card_is_shown_where_it_is_asked_and_its_buttons_work_there(stage: Stage) -> None:
    """`/case NO` brings the card to General: it can be claimed from there, and be shown anew."""
    await stage.play(f"""
        {CALLED}
        王珂在大群: /case 1000001
        大群: 100-0001 · 普通…等人接…
        王珂在大群点: 我来接
        提示: 您接手了
        机器人: 客服同事已经接手…
        卡片: …王珂 在跟…
        王珂在大群点: 刷新
        王珂在大群: /case 999-9999
        大群: 没有“999-9999”这件…
        王珂在大群: /case
        大群: 这样写：/case 583-2716…
    """)
    assert "王珂 在跟" in in_general(stage)[0]
    case = await stage.case()
    assert case.holder is not None
    assert case.holder.name == "王珂"


async def test_a_card_of_another_case_can_be_worked_from_a_topic(stage: Stage) -> None:
    """A card that was called into another case's topic belongs to its own case all the same."""
    await stage.play(f"""
        {CALLED}
        客户2: 转人工，吐司发霉
        机器人: …
        话题: 100-0001
        林晓: /case 100-0038
        群: 100-0038 …吐司…
        林晓点: 我来接
        提示: 您接手了
        机器人: …已经接手…
    """)
    holders = {case.no: case.holder.name if case.holder else "" for case, _ in await stage.kept()}
    assert holders == {"100-0001": "", "100-0038": "林晓"}


@pytest.mark.practice("S39", "R31")
async def test_a_customer_is_shown_with_their_history(stage: Stage) -> None:
    """In a topic its customer, elsewhere whose number or phone it is: contacts, language, every case and its end."""
    await stage.play(f"""
        {CALLED}
        林晓: /customer
        群: 周敏…中文…没有留…投诉 1 件…100-0001…电热壶…
        王珂在大群: /customer 100-0001
        大群: 周敏…投诉 1 件…
        王珂在大群: /customer 13912345678
        大群: 没有找到“13912345678”…
        王珂在大群: /customer
        大群: 在话题里直接写 /customer…
    """)


async def test_a_case_is_found_by_number_phone_order_and_words(stage: Stage) -> None:
    """A case is found by its number, a phone, an order, what was said by anybody, or a note."""
    await stage.play(f"""
        {CALLED}
        林晓: // 老顾客，阳台上充电
        林晓在大群: /find 1000001
        大群: 查找 “1000001” 1 件…100-0001…
        林晓在大群: /find 阳台
        大群: 查找 “阳台” 1 件…100-0001…“// 老顾客，阳台上充电”
        林晓在大群: /find 不存在的话
        大群: 查找 “不存在的话”：没有
        林晓在大群: /find
        大群: 要找什么，一起写上…
    """)
    case = (await stage.case()).evolve(facts=Facts(phone="13912345678", order_no="HS260621-8841"))
    await stage.house.store.write(Round(at=stage.clock.now(), cases=[case]))
    await stage.play("""
        林晓在大群: /find 139-1234-5678
        大群: 查找 “139-1234-5678” 1 件…100-0001…
        林晓在大群: /find HS260621
        大群: 查找 “HS260621” 1 件…100-0001…
        林晓在大群: /customer 13912345678
        大群: 周敏…139 1234 5678…
    """)


@pytest.mark.practice("R26")
async def test_what_is_found_shows_no_identity_number(stage: Stage) -> None:
    """The words beside a case hide identity numbers and cards, as everywhere at the desk."""
    (number,) = await many_wait(stage, 1)
    line = Entry(
        case_no=number,
        at=stage.clock.now(),
        who="customer",
        chat=ChatId(90_000),
        text="身份证 110101199003074477 给你",
    )
    await stage.house.store.write(Round(at=stage.clock.now(), entries=[line]))
    await stage.do("林晓在大群", "/find 身份证")
    assert number in in_general(stage)[0]
    assert "110101199003074477" not in in_general(stage)[0]


async def test_the_longest_words_still_turn_pages(stage: Stage) -> None:
    """Words longer than a button can carry are cut, alike on every page."""
    numbers = await many_wait(stage, 9)
    words = "包装盒压扁了里面全是碎渣而且快递员还说不关他的事"
    lines = [
        Entry(case_no=no, at=stage.clock.now(), who="customer", chat=ChatId(90_000), text=words)
        for no in numbers
    ]
    await stage.house.store.write(Round(at=stage.clock.now(), entries=lines))
    await stage.play(f"""
        林晓在大群: /find {words}
        大群: 查找 “包装盒压扁了里面全是…1/2 页…
        林晓在大群点: 下一页
    """)
    assert "2/2 页" in in_general(stage)[0]
