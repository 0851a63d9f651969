"""Numbers of identity and bank cards, and passwords, reach nobody at the desk, in whatever they come (R26)."""

from pathlib import Path
from typing import Any

import pytest

from bot.complaint.case import Severity
from bot.sandbox.files import Upload
from tests.stories.stage import Stage
from tests.stories.test_forgotten_everywhere import tables

CARD, ID_CARD, PASSWORD = "4111111111111111", "11010519491231002X", "abc12345"
PICTURE = b"\x89PNG\r\n\x1a\n picture"
POINT = {"latitude": 31.23, "longitude": 121.47}
THINGS: dict[str, dict[str, Any]] = {
    "a number that is none": {"contact": {"phone_number": CARD, "first_name": "我的卡"}},
    "a contact's name": {"contact": {"phone_number": "13800001111", "first_name": f"卡{CARD}"}},
    "a contact's lines": {
        "contact": {"phone_number": "13800001111", "first_name": "店长", "vcard": f"NOTE:{ID_CARD}"}
    },
    "a question": {
        "poll": {"id": "1", "question": f"{CARD} 这张卡行吗", "options": [], "total_voter_count": 0}
    },
    "an answer": {
        "poll": {
            "id": "1",
            "question": "行吗",
            "options": [{"text": f"密码：{PASSWORD}", "voter_count": 0}],
            "total_voter_count": 0,
        }
    },
    "a place's name": {"venue": {"location": POINT, "title": CARD, "address": "1号"}, "location": POINT},
    "a place's address": {"venue": {"location": POINT, "title": "家", "address": ID_CARD}, "location": POINT},
    "a sound's singer": {
        "audio": {"file_id": "f", "file_unique_id": "u", "duration": 1, "title": "歌", "performer": CARD}
    },
}
NAMES = (f"身份证{ID_CARD}.pdf", "4111.1111.1111.1111.pdf", f"密码：{PASSWORD}.txt")
CAPTIONS = (f"打到我卡上 {CARD}", "打到 4111\u200b1111\u200b1111\u200b1111", f"登录密码 {PASSWORD}")
SECRETS = (CARD, ID_CARD, PASSWORD, "4111.1111.1111.1111", "4111\u200b1111")
TOLD = """
    客户: 上周买的电热壶不通电
    机器人: …
    -- 4秒
    机器人: …
"""
Given = dict[str, Any] | tuple[str, str]


def known_of(stage: Stage) -> str:
    """All that stands in the desk's group."""
    return repr([one.body for one in stage.demo.world.from_bot(stage.demo.desk.id)])


async def send(stage: Stage, given: Given) -> None:
    """The customer sends a thing, or a file with this name and these words."""
    world, customer = stage.demo.world, stage.demo.customer
    if isinstance(given, dict):
        world.send(customer.id, given)
    else:
        name, words = given
        kind = "photo" if name.endswith("jpg") else "document"
        world.send_file(customer.id, kind, Upload(data=PICTURE, name=name), caption=words)
    await stage.settle()


@pytest.mark.practice("R26")
@pytest.mark.parametrize("with_people", [True, False])
@pytest.mark.parametrize(
    "given",
    [*THINGS.values(), *((name, "在这里") for name in NAMES), *(("a.jpg", words) for words in CAPTIONS)],
    ids=[*THINGS, *(f"file {one!a}" for one in NAMES), *(f"caption {one!a}" for one in CAPTIONS)],
)
async def test_nothing_that_comes_shows_it_at_the_desk(
    stage: Stage, given: Given, *, with_people: bool
) -> None:
    """Whether people have the case already or are called afterwards: not in a copy, not in the log, not on record."""
    await stage.play(TOLD)
    if with_people:
        await stage.do("客户", "转人工")
    await send(stage, given)
    if not with_people:
        await stage.do("客户", "转人工")
    seen, kept = known_of(stage), repr(await stage.kept())
    assert [one for one in SECRETS if one in seen or one in kept] == []
    assert "****" in kept


@pytest.mark.practice("R26", "S32")
async def test_words_put_under_a_picture_later_are_not_in_the_copy_that_comes_after(stage: Stage) -> None:
    """A copy shows a message as it is now: once a number stood under it, it comes without words."""
    await stage.play(TOLD)
    await stage.do("客户发图", "壶底的照片")
    await stage.do("客户改", f"壶底的照片 > 退到我卡上 {CARD}")
    await stage.do("客户", "转人工")
    assert CARD not in known_of(stage)
    assert [one for one in stage.demo.world.from_bot(stage.demo.desk.id) if one.media is not None]


@pytest.mark.practice("R26")
@pytest.mark.parametrize("line", ["/heard 顾客说", "//", "/note", "/heard@demo_brand_bot 说"])
async def test_what_a_colleague_writes_down_of_it_is_masked_on_record(stage: Stage, line: str) -> None:
    """A number that was heard is needed by nobody either; what goes to the customer is the colleague's own."""
    await stage.play(TOLD)
    await stage.do("客户", "转人工")
    await stage.do("林晓", f"{line} 卡号 {CARD}，密码：{PASSWORD}")
    kept = repr(await stage.kept())
    assert [one for one in SECRETS if one in kept] == []
    assert "************1111" in kept
    await stage.do("林晓", f"您的兑换密码：{PASSWORD}")
    assert any(PASSWORD in one for one in stage.said())


@pytest.mark.practice("R26")
async def test_a_logged_complaint_holds_none(stage: Stage) -> None:
    """Entered with the words of a letter or a call: case, history and audit have the end of the number alone."""
    words = f"电热壶不通电，退到卡上 {CARD}，身份证 {ID_CARD}，密码 {PASSWORD}"
    await stage.do("林晓在大群", f"/log 电话 13800138000 王先生\n{words}")
    kept = repr(await stage.kept()) + repr([one async for one in stage.house.store.deeds()])
    assert "不通电" in kept
    assert [one for one in SECRETS if one in kept] == []


@pytest.mark.practice("R26", "S54")
async def test_a_masked_number_still_weighs(stage: Stage) -> None:
    """What was masked is gone from the words, and the case is nevertheless one for people with care for such data."""
    await stage.do("客户", "没别的，就是希望包装好撕一点")
    before = (await stage.case()).severity
    await stage.do("客户", f"退到我卡上 {CARD}")
    assert (before, (await stage.case()).severity) == (Severity.SEV4, Severity.SEV3)


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    "line",
    [
        "/task 其他 明天 10:00 核对",
        "/transfer 质量 请核对",
        "/contact 王先生 13800138000",
        "/sensitive",
        "/hold 要留证",
        "/agreed 电话里说好",
        "/severity 2 因为",
        "/about @wangke",
        "/kard",
        "/find",
        "/reopen 又来问",
        "/cancel t1 不用了",
    ],
)
async def test_no_command_keeps_what_a_colleague_typed_of_it(stage: Stage, tmp_path: Path, line: str) -> None:
    """Tasks, reasons, contacts, what was looked for: in no table stands more than the end of the number."""
    await stage.play(TOLD)
    await stage.do("客户", "转人工")
    await stage.do("林晓", "/claim")
    await stage.do("林晓", f"{line} 卡号 {CARD}，身份证 {ID_CARD}，密码：{PASSWORD}")
    kept = {name: rows for name, rows in tables(tmp_path).items() if name != "inbox"}
    assert {name: one for name, rows in kept.items() for one in SECRETS if one in rows} == {}


@pytest.mark.practice("R26")
@pytest.mark.parametrize("words", [f"/{CARD}", f"/pay_{ID_CARD}", f"/card {CARD}"])
async def test_a_stroke_before_a_number_makes_no_command_of_it(
    stage: Stage, tmp_path: Path, words: str
) -> None:
    """Whatever Telegram takes for a command is masked on record like any words."""
    await stage.play(TOLD)
    await stage.do("客户", words)
    await stage.do("客户", "转人工")
    await stage.do("客户", words)
    kept = {name: rows for name, rows in tables(tmp_path).items() if name != "inbox"}
    assert {name: one for name, rows in kept.items() for one in SECRETS if one.lower() in rows.lower()} == {}


@pytest.mark.practice("R26")
@pytest.mark.parametrize("name", [f"小周 {CARD}", f"ID {ID_CARD}"])
async def test_a_name_shows_no_more_than_the_end_of_a_number(stage: Stage, tmp_path: Path, name: str) -> None:
    """Whoever calls themselves by a card's number is known by the rest of the name."""
    stage.demo.customer.body["first_name"] = name
    await stage.play(TOLD)
    await stage.do("客户", "转人工")
    await stage.do("林晓", "您好")
    kept = {table: rows for table, rows in tables(tmp_path).items() if table != "inbox"}
    assert {table: one for table, rows in kept.items() for one in SECRETS if one in rows} == {}
    assert [one for one in SECRETS if one in known_of(stage)] == []
    assert name.split(maxsplit=1)[0] in known_of(stage)
