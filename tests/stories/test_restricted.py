"""Medical and bank data as chat logs: their own consent, a line in their place, opened by few, with a trace (R52)."""

from datetime import timedelta

import pytest

from bot.complaint.axes import Severity
from bot.complaint.seen import mark_on
from bot.sandbox.messages import Message
from tests.stories import spots
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("R52")

HELD = """
    客户: 电热壶不通电，转人工
    机器人: …
    林晓点: 我来接
    机器人: …
"""


def topic(stage: Stage) -> list[str]:
    """What the bot wrote in the case's topic."""
    return [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]


def copies(stage: Stage) -> int:
    """How many pictures and files stand in the topic."""
    shown = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    return sum("photo" in one.body or "document" in one.body for one in shown if not one.deleted)


def private(stage: Stage, name: str) -> list[object]:
    """What the bot sent to a colleague's own chat."""
    person = next(one for one in stage.demo.agents if one.name == name)
    return list(stage.demo.world.from_bot(person.id))


async def kept(stage: Stage) -> list[str]:
    """What became of the files of the newest case."""
    case = await stage.case()
    await stage.house.archivist.idle()
    return [one.state for one in (await stage.house.store.files_of([case.no])).get(case.no, [])]


async def test_before_records_are_asked_for_their_own_consent_is(stage: Stage) -> None:
    """A colleague asks through the bot; the answer is kept with its moment and words, and the card shows it."""
    await stage.play(f"""
        {HELD}
        林晓: /sensitive 医疗
        机器人: …同事要看您的病历、医疗票据。只用来处理这件事，只有经办的几位同事能看…您同意吗？不给也照样办。
        按钮: 同意 | 不同意
        客户: 同意
        机器人: 好，记下了…只有经办的同事能看。
    """)
    (leave,) = (await stage.case()).leaves
    assert (leave.what, leave.given, leave.words, leave.at) == ("medical", True, "同意", stage.clock.now())
    assert "病历、医疗票据同意" in stage.card()
    await stage.do("客户发图", "")
    assert copies(stage) == 0
    assert await kept(stage) == ["kept"]


async def test_a_record_sent_unasked_is_not_kept_before_they_agree(stage: Stage) -> None:
    """The words under a file name it: it is put away, asked about once, and fetched only after a yes."""
    await stage.play(HELD)
    await stage.do("客户发图", "这是医院的病历")
    assert copies(stage) == 0
    assert any("🔒" in one and "看字面" in one for one in topic(stage))
    assert await kept(stage) == []
    await stage.do("客户点", "同意")
    assert await kept(stage) == ["kept"]


async def test_after_a_no_nothing_is_kept_and_the_matter_goes_on(stage: Stage) -> None:
    """Refused: no file, no way to it; who opens the line is told so."""
    await stage.play(HELD)
    await stage.do("客户发图", "这是医院的病历")
    await stage.do("客户点", "不同意")
    assert stage.said()[-1].startswith("好，不留")
    assert await kept(stage) == []
    assert all(one.file_id == "" for one in (await stage.case()).evidence)
    await stage.do("林晓点", "查看")
    assert "不能看" in stage.notice()


async def test_few_may_open_it_each_time_with_a_line_in_the_audit(stage: Stage) -> None:
    """Not any agent: who has the case, safety, legal and supervisors; it goes to their own chat alone."""
    await stage.play(HELD)
    await stage.do("客户发图", "这是医院的病历")
    await stage.do("客户点", "同意")
    await stage.do("王珂点", "查看")
    assert "主管" in stage.notice()
    assert private(stage, "王珂") == []
    await stage.do("陈岚私聊", "/help")
    before = len(private(stage, "陈岚"))
    await stage.do("陈岚点", "查看")
    assert "私聊" in stage.notice()
    shown = private(stage, "陈岚")[before:]
    assert len(shown) == 2
    assert all(one.body.get("has_protected_content") for one in shown)  # type: ignore[attr-defined]
    assert copies(stage) == 0
    case = await stage.case()
    deeds = [
        one.deed async for one in stage.house.store.deeds(case_no=case.no) if one.deed.act == "sensitive"
    ]
    assert [(one.name, one.refused) for one in deeds] == [("王珂", "no_right"), ("陈岚", "")]
    await stage.do("赵铭", "/access")
    assert "陈岚 看了敏感内容 🔒 1" in topic(stage)[-1]
    assert "王珂 看了敏感内容（没让看）" in topic(stage)[-1]


async def test_what_a_colleague_opened_alone_is_recalled_when_it_is_put_away_again(stage: Stage) -> None:
    """Found harmless and shown to all, then marked after all: it goes from the topic and from their own chat."""
    await stage.play(HELD)
    await stage.do("客户发图", "这是医院的病历")
    await stage.do("客户点", "同意")
    await stage.do("陈岚私聊", "/help")
    before = len(private(stage, "陈岚"))
    await stage.do("陈岚点", "查看")
    words, picture = private(stage, "陈岚")[before:]
    await stage.do("陈岚点", "不敏感")
    assert copies(stage) == 1
    await stage.do("林晓回", "这是医院的病历 > /sensitive 医疗")
    assert copies(stage) == 0
    assert words.deleted  # type: ignore[attr-defined]
    assert picture.deleted  # type: ignore[attr-defined]


async def test_what_a_colleague_opened_alone_goes_with_the_consent(stage: Stage) -> None:
    """Taken back by its owner, it stands in nobody's chat."""
    await stage.play(HELD)
    await stage.do("客户发图", "这是医院的病历")
    await stage.do("客户点", "同意")
    await stage.do("陈岚私聊", "/help")
    await stage.do("陈岚点", "查看")
    shown = private(stage, "陈岚")[-2:]
    await stage.do("客户点", "收回同意")
    assert [one.deleted for one in shown] == [True, True]  # type: ignore[attr-defined]


async def test_a_no_to_a_second_question_takes_back_what_the_first_yes_had_brought(stage: Stage) -> None:
    """Asked once more they refuse: it leaves colleagues' chats, its file is deleted, and both sides read so."""
    await stage.play(HELD)
    await stage.do("客户发图", "这是医院的病历")
    await stage.do("客户点", "同意")
    await stage.do("陈岚私聊", "/help")
    await stage.do("陈岚点", "查看")
    shown = private(stage, "陈岚")[-2:]
    await stage.do("林晓", "/sensitive 医疗")
    await stage.do("客户点", "不同意")
    assert stage.said()[-1].startswith("好，收回了。1 个文件已经从我们这里删掉。")
    assert [one.deleted for one in shown] == [True, True]  # type: ignore[attr-defined]
    assert all(one.file_id == "" for one in (await stage.case()).evidence)
    assert any("收回" in one for one in topic(stage))


async def test_who_has_no_chat_with_the_bot_hears_what_to_do(stage: Stage) -> None:
    """Telegram lets no bot speak first: the notice says how, and the topic is told nothing wrong."""
    await stage.play(HELD)
    await stage.do("客户发图", "这是医院的病历")
    await stage.do("客户点", "同意")
    before = len(topic(stage))
    await stage.do("陈岚点", "查看")
    assert "/help" in stage.notice()
    assert len(topic(stage)) == before


async def test_words_of_a_record_are_shown_on_one_screen_alone(stage: Stage) -> None:
    """What is written down in a record stands in no topic, on no card and in no story; danger is read all the same."""
    await stage.play(HELD)
    await stage.do("客户", "我被它烫伤了，医院诊断为二度烫伤，病历号 88231")
    case = await stage.case()
    assert case.severity is Severity.SEV1
    assert not any("88231" in one for one in (*topic(stage), *case.story))
    await stage.do("陈岚点", "查看")
    assert "88231" in stage.notice()


async def test_harm_puts_pictures_away_and_who_may_see_them_lets_them_out(stage: Stage) -> None:
    """A picture in a case of injury may be a wound: put away first, back with one tap if it is none."""
    await stage.do("客户", "我被电热壶烫伤了")
    await stage.do("客户发图", "看")
    assert copies(stage) == 0
    await stage.do("方宁点", "不敏感")
    assert copies(stage) == 1
    case = await stage.case()
    assert mark_on(case.restricted, case.chat, case.evidence[0].message) is None


async def test_a_colleague_puts_away_what_stands_there_already(stage: Stage) -> None:
    """A reply with /sensitive takes the copy out of the topic, and its words off the card."""
    await stage.play(HELD)
    await stage.do("客户", "我有心脏病，电热壶漏水吓到我了")
    await stage.do("林晓回", "我有心脏病 > /sensitive 医疗")
    shown = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    assert not any("心脏病" in (one.text or "") for one in shown if not one.deleted)
    assert any("🔒" in (one.text or "") for one in shown)


async def test_a_picture_that_may_be_a_bill_has_the_button_under_it(stage: Stage) -> None:
    """Where more than the price is asked for, one tap puts a picture away; the line in its place opens for few."""
    await stage.play(HELD)
    await stage.do("客户", "你们要赔偿我三百元")
    await stage.do("客户发图", "单子")
    assert copies(stage) == 1
    await stage.do("林晓点", "敏感")
    assert copies(stage) == 0
    case = await stage.case()
    assert [(one.what, one.why) for one in case.restricted] == [("medical", "林晓")]
    await stage.do("林晓点", "不敏感")
    assert copies(stage) == 1


async def test_papers_for_the_topic_leave_it_out_and_those_for_its_owner_do_not(stage: Stage) -> None:
    """What all of the desk reads has no record in it; the complainant's own copy has all of theirs."""
    await stage.play(HELD)
    await stage.do("客户", "医院诊断为二度烫伤，病历号 88231")
    await stage.do("林晓", "/pack 内部")
    await stage.do("客户", "/pack")
    world = stage.demo.world
    rooms = {
        "desk": world.from_bot(stage.demo.desk.id, thread_id=stage.thread),
        "own": world.from_bot(stage.demo.customer.id),
    }
    texts = {
        name: world.files.find(one.body["document"]["file_id"]).data.decode("utf-8-sig")
        for name, shown in rooms.items()
        for one in shown
        if "document" in one.body and one.body["document"]["file_name"].endswith(".txt")
    }
    assert "88231" not in texts["desk"]
    assert "88231" in texts["own"]


async def test_the_log_of_a_new_topic_leaves_it_out(stage: Stage) -> None:
    """What came while the bot had the case is in no log either."""
    await stage.do("客户", "电热壶不通电")
    await stage.do("客户发图", "这是我的银行卡")
    await stage.do("客户", "转人工")
    assert copies(stage) == 0
    assert "银行卡" not in stage.log()
    assert "🔒 敏感" in stage.log()


def at_desk(stage: Stage) -> str:
    """Everything that stands at the desk now: all groups, all topics and their names."""
    groups = spots.groups(stage.demo)
    said = [one.text or "" for group in groups for one in group_of(stage, group.id)]
    names = [topic.name for group in groups for topic in group.topics.values()]
    return "\n".join((*said, *names))


def group_of(stage: Stage, chat: int) -> list[Message]:
    """What stands in a group now, whoever wrote it."""
    return [one for one in stage.demo.world.history(chat) if not one.deleted]


async def test_nothing_at_the_desk_quotes_a_record(stage: Stage) -> None:
    """Neither the card nor a list, a topic's name, a cue of danger or a wish tells its words; its kind is seen."""
    await stage.do("客户", "医院诊断为二度烫伤，是你们电热壶漏电，要求赔偿八千八百元，不然我就去死")
    await stage.pass_time(timedelta(seconds=20))
    await stage.do("客户", "转人工")
    for word in ("/queue", "/find 电热壶", f"/case {(await stage.case()).no}", "/mine"):
        await stage.do("陈岚在大群", word)
    case = await stage.case()
    assert case.families()
    shown = at_desk(stage)
    for words in ("二度", "烫伤", "诊断", "漏电", "八千", "去死"):
        assert words not in shown, words
    assert "人身安全" in stage.card()


async def test_a_complaint_logged_with_a_record_is_put_away_too(stage: Stage) -> None:
    """What a colleague typed under /log or /heard leaves the group; a line stands for it, opened by few."""
    await stage.do("林晓在大群", "/log 电话 王女士 13812345678 喝了酸奶，医院诊断为急性肠炎，住院号 99123")
    case = await stage.case()
    assert case.restricted
    assert "99123" not in at_desk(stage)
    await stage.do("林晓", "/heard 她说病历上写的是急性肠炎，医保号 77456")
    assert "77456" not in at_desk(stage)
    await stage.do("陈岚点", "查看")
    assert "77456" in stage.notice()
