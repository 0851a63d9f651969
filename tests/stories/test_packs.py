"""The papers of a case: for the complainant to take along, as PDF and as text, without a word from inside."""

import re
from datetime import timedelta

import pytest

from bot.complaint.reading import Family
from bot.sandbox.messages import Message
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("R50")


def papers(stage: Stage, chat: int, thread: int | None = None) -> dict[str, bytes]:
    """The files that the bot sent there, by the ends of their names."""
    sent = [one for one in stage.demo.world.from_bot(chat, thread_id=thread) if "document" in one.body]
    return {name.rpartition(".")[2]: data for name, data in (_content(stage, one) for one in sent)}


def _content(stage: Stage, message: Message) -> tuple[str, bytes]:
    file = stage.demo.world.files.find(message.body["document"]["file_id"])
    return str(message.body["document"]["file_name"]), file.data


async def test_who_asks_in_plain_words_gets_all_of_it_and_nothing_from_inside(stage: Stage) -> None:
    """Facts, claim, words, offers, times and evidence with its hashes; no note, no severity, no colleague's name."""
    await stage.do("客户", "上周买的电热壶不通电，要求退款，我电话13912345678")
    await stage.do("客户发图", "就是这个壶")
    await stage.do("客户", "转人工")
    await stage.do("林晓", "// 这个顾客上次也闹过")
    await stage.do("林晓", "您好，已经看到照片")
    await stage.do("林晓", "/offer 退款 89")
    await stage.house.archivist.idle()
    await stage.do("客户", "我要去12315，给我一份投诉材料")
    found = papers(stage, stage.demo.customer.id)
    text = found["txt"].decode("utf-8-sig")
    for wanted in ("100-0001", "电热壶", "要求退款", "退款 ¥89", "您好，已经看到照片", "13912345678"):
        assert wanted in text
    assert re.search(r"SHA-256 [0-9a-f]{64}", text)
    for hidden in ("闹过", "林晓", "SEV", "general", "备注："):
        assert hidden not in text
    assert found["pdf"].startswith(b"%PDF-")
    assert Family.REGULATOR in (await stage.case()).families(), "what else was said is not passed over"


async def test_asked_twice_at_once_it_is_written_once(stage: Stage) -> None:
    """Whoever taps again is shown where it is; with new evidence it is written anew."""
    await stage.do("客户", "上周买的电热壶不通电")
    await stage.do("客户", "/pack")
    await stage.do("客户", "/pack")
    count = sum("document" in one.body for one in stage.demo.world.from_bot(stage.demo.customer.id))
    assert count == 2
    await stage.do("客户发图", "再补一张")
    await stage.do("客户", "/pack")
    assert sum("document" in one.body for one in stage.demo.world.from_bot(stage.demo.customer.id)) == 4


async def test_a_colleague_hands_it_over_or_looks_at_it_alone(stage: Stage) -> None:
    """/pack goes to the customer and says so; /pack 内部 stays in the topic."""
    await stage.do("客户", "转人工，电热壶不通电")
    await stage.do("林晓", "/pack 内部")
    assert papers(stage, stage.demo.customer.id) == {}
    assert set(papers(stage, stage.demo.desk.id, stage.thread)) == {"pdf", "txt"}
    await stage.do("林晓", "/pack")
    assert set(papers(stage, stage.demo.customer.id)) == {"pdf", "txt"}


async def test_without_a_complaint_there_are_no_papers(stage: Stage) -> None:
    """The command answers, and opens nothing."""
    await stage.do("客户", "/pack")
    assert papers(stage, stage.demo.customer.id) == {}
    assert await stage.kept() == []


async def test_english_papers_are_english(english_stage: Stage) -> None:
    """Headings and times in the complainant's own language."""
    await english_stage.do("Customer", "The kettle I bought last week is dead, I want a refund")
    await english_stage.pass_time(timedelta(seconds=5))
    await english_stage.do("Customer", "Can I get a summary of my case?")
    text = papers(english_stage, english_stage.demo.customer.id)["txt"].decode("utf-8-sig")
    assert "What I ask for" in text
    assert "I want a refund" in text
