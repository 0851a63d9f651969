"""A consent to medical or bank data is taken back, as chat logs: one tap, the files go, nobody looks any more (R52)."""

from datetime import timedelta

import pytest

from tests.stories.script import buttons_of
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("R52")

LEAVING = """
    客户: 电热壶不通电，转人工
    机器人: …
    林晓点: 我来接
    机器人: …
    林晓: /sensitive 医疗
    机器人: …您同意吗？…
    客户: 同意
    机器人: 好，记下了…
    按钮: 收回同意
"""


async def stored(stage: Stage) -> list[str]:
    """Which files of the newest case the database knows."""
    case = await stage.case()
    return [one.state for one in (await stage.house.store.files_of([case.no])).get(case.no, [])]


async def test_a_consent_is_taken_back_with_one_tap(stage: Stage) -> None:
    """PIPL 15: as easily as it was given. The file is deleted, the desk told, and nobody opens it any more."""
    await stage.play(LEAVING)
    await stage.do("客户发图", "")
    assert await stored(stage) == ["kept"]
    await stage.do("客户点", "收回同意")
    assert stage.said()[-1] == "好，收回了。1 个文件已经从我们这里删掉。事情照样办，您不用补。"
    assert await stored(stage) == []
    case, rows = (await stage.kept())[-1]
    assert [one.given for one in case.leaves] == [False]
    assert not any(one.file_id for one in case.evidence)
    assert not any("file_id" in (row.entry.media or {}) for row in rows)
    assert "收回了同意" in topic(stage)[-1]
    await stage.do("陈岚点", "查看")
    assert "收回了同意" in stage.notice()
    await stage.do("客户点", "收回同意")
    assert len([one for one in stage.said() if one.startswith("好，收回了")]) == 1


async def test_of_several_files_one_may_be_taken_back(stage: Stage) -> None:
    """They choose which; the others stay as agreed."""
    await stage.play(LEAVING)
    await stage.do("客户发图", "")
    await stage.pass_time(timedelta(minutes=3))
    await stage.do("客户发图", "")
    await stage.do("客户点", "收回同意")
    assert stage.said()[-1] == "您给的病历、医疗票据留着 2 个文件。收回哪一个？"
    await stage.do("客户点", "7月1日(周三)10:03发的")
    assert "1 个文件已经从我们这里删掉。其余的照旧。" in stage.said()[-1]
    assert await stored(stage) == ["kept"]
    assert (await stage.case()).leaves[0].given is True
    await stage.do("客户点", "收回同意")
    assert await stored(stage) == []


async def test_locked_evidence_is_sealed_until_it_is_unlocked(stage: Stage) -> None:
    """R16: nothing of a held case is deleted, but nobody looks at it any more; it goes with the lock."""
    await stage.play(LEAVING)
    await stage.do("客户发图", "")
    await stage.do("陈岚", "/hold 等检测")
    await stage.do("客户点", "收回同意")
    assert "锁着" in stage.said()[-1]
    assert await stored(stage) == ["kept"]
    await stage.do("陈岚点", "查看")
    assert "收回了同意" in stage.notice()
    await stage.do("陈岚", "/unhold 检测完了")
    assert await stored(stage) == []


async def test_what_is_kept_by_consent_is_told_with_the_way_to_take_it_back(stage: Stage) -> None:
    """/mydata has a button for every consent that stands, also when the matter is closed."""
    await stage.play(LEAVING)
    await stage.do("客户发图", "")
    await stage.do("客户", "/mydata")
    no = (await stage.case()).no
    await stage.do("客户点", f"收回：看病历、票据 {no}")
    assert await stored(stage) == []
    await stage.do("客户", "/mydata")
    assert buttons_of(stage.demo.world.from_bot(stage.demo.customer.id)[-1]) == []


def topic(stage: Stage) -> list[str]:
    """What the bot wrote in the case's topic."""
    return [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
