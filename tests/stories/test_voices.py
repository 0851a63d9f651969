"""Voice messages as chat logs: welcome, heard by a person by a time that is told, written down where a machine can."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bot.commands.export_lines import export_line
from bot.complaint.axes import PromiseStatus
from bot.complaint.case import Severity
from bot.complaint.deskwork import TaskKind
from bot.complaint.errors import SettingsWrong
from bot.complaint.evolving import replace
from bot.config import load_rules
from bot.office.evidence.transcribing import plug_in
from bot.policy.rules import Rules
from bot.policy.voices import VoiceRules
from bot.sandbox.messages import Message
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

HEARD: dict[str, str] = {}
"""What the little machine of these tests hears, whatever is said."""


class LittleMachine:
    """A plug-in as a brand would write one."""

    async def transcribe(self, sound: bytes, mime: str) -> str:
        """What it was told to hear; it has to be given a recording."""
        if not sound or not mime:
            raise ValueError("no recording")
        if HEARD["says"] == "breaks":
            raise RuntimeError("out of order")
        return HEARD["says"]


@pytest.fixture
def machine() -> Iterator[Rules]:
    """Rules that name the little machine, where Python finds it."""
    module = ModuleType("little_machine")
    module.LittleMachine = LittleMachine  # type: ignore[attr-defined]
    sys.modules["little_machine"] = module
    yield replace(load_rules(), voice=VoiceRules(transcriber="little_machine:LittleMachine"))
    del sys.modules["little_machine"]


@pytest.mark.practice("R15")
async def test_a_voice_message_is_heard_by_a_person(stage: Stage) -> None:
    """Whoever speaks need not type: a person listens by a time that is told, and has it as a task and in the topic."""
    await stage.play("""
        客户发语音:
        机器人: …
        -- 4秒
        机器人: 语音收到了，说话就好，不用打字。同事会从头听一遍，今天14:30前答复您。
        卡片: …听语音
        客户发语音:
        机器人: …
    """)
    case = await stage.case()
    listen = [one for one in case.open_tasks if one.kind is TaskKind.LISTEN]
    assert [one.due_at for one in listen] == [case.open_promises[0].due_at]


@pytest.mark.practice("R15")
async def test_in_the_middle_of_questions_too(stage: Stage) -> None:
    """An answer that is spoken is no answer that was not understood: the same holds while something is asked."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号是多少…
        客户发语音:
        -- 4秒
        机器人: 语音收到了…
    """)


@pytest.mark.practice("R15")
async def test_who_has_listened_still_owes_the_answer(stage: Stage) -> None:
    """The task ends with what was heard; the promise ends when words go out."""
    await stage.play("""
        客户发语音:
        机器人: …
        -- 4秒
        机器人: …同事会从头听一遍，今天14:30前答复您。
        林晓: /done 她说壶底漏水
    """)
    heard = await stage.case()
    assert (heard.open_tasks, len(heard.open_promises)) == ((), 1)
    assert heard.open_escalation is not None
    await stage.do("林晓", "听到了，壶底漏水，我这就给您换")
    assert (await stage.case()).open_escalation is None
    assert [one.status for one in (await stage.case()).promises] == [PromiseStatus.KEPT]


@pytest.mark.practice("R15")
async def test_a_machine_helps_and_is_named_as_one(machine: Rules, tmp_path: Path) -> None:
    """What the machine heard stands in the topic under its name; to the customer it is nothing they have said."""
    HEARD["says"] = "这个壶烧不开水，我要退款五百"
    async with raise_stage(tmp_path, rules=machine) as stage:
        await stage.play("""
            客户发语音:
            机器人: …
            -- 4秒
            机器人: 语音收到了…
        """)
        case, lines = (await stage.kept())[-1]
        assert (case.facts.product, case.wishes, case.story) == (None, (), ())
        heard = [line.entry for line in lines if "烧不开水" in line.entry.text]
        assert [one.who for one in heard] == ["system"]
        assert not any("烧不开水" in one for one in stage.said())


@pytest.mark.practice("R27")
async def test_danger_that_was_spoken_is_danger(machine: Rules, tmp_path: Path) -> None:
    """A machine heard that somebody is hurt: help is offered at once and the safety queue is called."""
    HEARD["says"] = "漏电了，我妈被电到手，人在医院"
    async with raise_stage(tmp_path, rules=machine) as stage:
        await stage.do("客户发语音")
        await stage.do("客户", "在吗")
        case = await stage.case()
        assert case.severity is Severity.SEV1
        assert case.queue.value == "safety"


@pytest.mark.practice("R52")
async def test_a_record_that_is_told_aloud_is_heard_by_few(machine: Rules, tmp_path: Path) -> None:
    """What the machine wrote down of it stands in no topic and no plain export; who may see it opens it."""
    HEARD["says"] = "医院诊断为急性肠炎，是喝了你们的酸奶，我妈在急诊"
    async with raise_stage(tmp_path, rules=machine) as stage:
        await stage.do("客户", "转人工")
        await stage.do("客户发语音")
        desk = stage.demo.world.from_bot(stage.demo.desk.id)
        assert not any(words in (one.text or "") for one in desk for words in ("肠炎", "急诊"))
        await stage.do("陈岚点", "查看")
        await stage.do("陈岚私聊", "/help")
        await stage.do("陈岚点", "查看")
        person = next(one for one in stage.demo.agents if one.name == "陈岚")
        assert any("急性肠炎" in (one.text or "") for one in stage.demo.world.from_bot(person.id))
        case, rows = (await stage.kept())[-1]
        assert case.severity is Severity.SEV1
        assert "肠炎" not in str(export_line(case, rows))
        assert "肠炎" in str(export_line(case, rows, restricted=True))


@pytest.mark.practice("R52")
async def test_what_was_written_down_goes_when_the_recording_is_put_away(
    machine: Rules, tmp_path: Path
) -> None:
    """A colleague hears that it is sensitive after all: the recording leaves the topic, and so do its words."""
    HEARD["says"] = "这个壶烧不开水，要退款五百"
    async with raise_stage(tmp_path, rules=machine) as stage:
        await stage.do("客户", "转人工")
        await stage.do("客户发语音", "您听")

        def topic() -> list[Message]:
            shown = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
            return [one for one in shown if not one.deleted]

        (written,) = [one for one in topic() if "烧不开水" in (one.text or "")]
        await stage.do("林晓回", "您听 > /sensitive 医疗")
        assert not any("烧不开水" in (one.text or "") or "voice" in one.body for one in topic())
        (line,) = [one for one in topic() if one.id == written.id]
        assert line.text.startswith("🔒")


async def test_a_machine_that_breaks_keeps_nothing_back(machine: Rules, tmp_path: Path) -> None:
    """Out of order: the recording is kept as evidence all the same, and a person listens."""
    HEARD["says"] = "breaks"
    async with raise_stage(tmp_path, rules=machine) as stage:
        await stage.play("""
            客户发语音:
            机器人: …
            -- 4秒
            机器人: 语音收到了…
        """)
        case = await stage.case()
        files = await stage.house.store.files_of([case.no])
        assert [one.state for one in files[case.no]] == ["kept"]


@pytest.mark.parametrize("place", ["no_such_module:Machine", "json:Nothing", "json:loads"])
def test_a_plug_in_that_is_none_is_told_at_the_start(place: str) -> None:
    """What is not there, or no transcriber, is named before anybody speaks."""
    with pytest.raises(SettingsWrong, match=place):
        plug_in(VoiceRules(transcriber=place))
