"""What is left of a customer, once their cases are deleted."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.complaint.axes import PromiseStatus, Severity
from bot.complaint.deskwork import Deed
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, UserId
from bot.complaint.records import Round
from bot.desk.cards.logs import opening_log
from bot.office.watching.retiring import PASSING
from bot.office.watching.watch import KEPT_FOR
from tests.stories.stage import Stage
from tests.stories.test_privacy import closed, content

PHONE, SPACED, HANDLE = "13912345678", "139 1234 5678", "zhoumin_0815"


def tables(folder: Path) -> dict[str, str]:
    """All that stands in the database, by table."""
    with closing(sqlite3.connect(folder / "desk.db")) as base:
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: repr(base.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}  # noqa: S608


@pytest.mark.practice("R53", "R17")
async def test_what_a_colleague_looked_up_in_general_goes_too(stage: Stage, tmp_path: Path) -> None:
    """A profile, a card and a list with their name and number stand in General: not in the database for ever."""
    await stage.play(f"""
        客户: 上周买的电热壶不通电，我电话{PHONE}，微信 {HANDLE}
        机器人: …
        -- 4秒
        机器人: …
        客户: 转人工
        机器人: …
    """)
    no = await stage.case_no()
    name = stage.demo.customer.name
    for words in (f"/customer {no}", f"/find {PHONE}", f"/case {no}", "/find 电热壶", "/queue"):
        await stage.do("林晓在大群", words)
    for words in ("/task 打电话 明天 10:00", f"// {name} {PHONE}", "/card", f"/customer {no}"):
        await stage.do("林晓", words)
    assert SPACED in tables(tmp_path)["outbox"]
    case = await stage.case()
    kept = tuple(replace(one, status=PromiseStatus.KEPT) for one in case.promises)
    await closed(
        stage, promises=kept, escalations=tuple(replace(one, open=False) for one in case.escalations)
    )
    await stage.play("""
        客户: /delete
        机器人: …要删吗？
        客户点: 删除
        机器人: …
    """)
    await stage.house.store.purge(stage.clock.now() + KEPT_FOR)
    await stage.house.store.shred(stage.clock.now() + PASSING)
    left = tables(tmp_path)
    traces = (PHONE, SPACED, HANDLE, name, "不通电")
    assert {(table, one) for table, rows in left.items() for one in traces if one in rows} == set()


@pytest.mark.practice("R53", "R16")
async def test_the_audit_that_stays_for_ever_names_no_customer(stage: Stage) -> None:
    """Of what was looked for only its beginning is kept, of a number its end; a case's own number stands whole."""
    await stage.play(f"""
        客户: 上周买的电热壶不通电，我电话{PHONE}
        机器人: …
        -- 4秒
        机器人: …
    """)
    no, name = await stage.case_no(), stage.demo.customer.name
    for words in (f"/find {name}", f"/customer {name}", f"/find {PHONE}", "/find 电热壶", f"/case {no}"):
        await stage.do("林晓在大群", words)
    asked = [one.deed.after.get("asked") async for one in stage.house.store.deeds()]
    assert asked == ["/find 周*", "/customer 周*", "/find ********678", "/find 电**", f"/case {no}"]
    assert name not in repr([one async for one in stage.house.store.deeds()])


@pytest.mark.practice("R16")
async def test_who_took_all_cases_out_is_told_of_each_of_them(stage: Stage) -> None:
    """An export of everything has no case of its own in the audit; a manager who asks about one case reads of it."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: …
        -- 4秒
        机器人: …
    """)
    before, after = stage.clock.now() - timedelta(days=1), stage.clock.now()
    lines = [
        Deed(at=at, by=UserId(0), name=name, act="export", chat=ChatId(0), after={"asked": "export csv"})
        for at, name in ((before, "old-root"), (after, "root"))
    ]
    await stage.house.store.write(Round(at=after, deeds=lines))
    await stage.do("赵铭在大群", f"/access {await stage.case_no()}")
    told = stage.demo.world.from_bot(stage.demo.desk.id)[-1].text
    assert "root 导出了 export csv" in told
    assert "old-root" not in told


@pytest.mark.practice("R53", "R16")
async def test_papers_for_the_topic_name_nobody_who_asked_to_be_forgotten(stage: Stage) -> None:
    """What is kept for its reason alone shows no way to them in the pack either; and who had one made is told."""
    await stage.play(f"""
        客户: 上周买的电热壶不通电，我电话{PHONE}，转人工
        机器人: …
        林晓: 您好，我来看看
        机器人: …
        机器人: 您好，我来看看
    """)
    case = await stage.case()
    kept = tuple(replace(one, status=PromiseStatus.KEPT) for one in case.promises)
    over = tuple(replace(one, open=False) for one in case.escalations)
    await closed(stage, promises=kept, escalations=over, severity=Severity.SEV2)
    await stage.do("客户", "/delete")
    await stage.do("客户点", "删除")
    assert (await stage.case()).is_private
    await stage.do("陈岚", "/pack here")
    files = [one for one in stage.demo.world.from_bot(stage.demo.desk.id) if "document" in one.body]
    text = next(content(stage, one) for one in files if one.body["document"]["file_name"].endswith(".txt"))
    assert "不通电" in text
    assert [one for one in (PHONE, SPACED, stage.demo.customer.name) if one in text] == []
    await stage.do("赵铭在大群", f"/access {case.no}")
    assert "陈岚 要了材料" in stage.demo.world.from_bot(stage.demo.desk.id)[-1].text


@pytest.mark.practice("R53")
async def test_a_topic_that_is_made_anew_names_nobody_who_asked_to_be_forgotten(stage: Stage) -> None:
    """Its old topic was deleted by hand: the talk under the new card has neither name nor number."""
    await stage.play(f"""
        客户: 上周买的电热壶不通电，我电话{PHONE}，转人工
        机器人: …
    """)
    case = await stage.case()
    entries = [row.entry for row in (await stage.kept())[0][1]]
    assert PHONE in repr(opening_log(case, entries))
    private = case.evolve(closed_at=stage.clock.now(), erase_asked=stage.clock.now())
    log = repr(opening_log(private, entries))
    assert "不通电" in log
    assert [one for one in (PHONE, stage.demo.customer.name) if one in log] == []
