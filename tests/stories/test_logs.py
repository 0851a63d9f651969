"""What the log tells of a whole story: which row and case, and not one word of anybody's."""

import asyncio
import io
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from bot.complaint.reading import Language, Reading
from bot.reading.reader import Question
from tests.furniture import the_reader
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

SAID = (
    "我要投诉",
    "上周买的电热壶把我烫伤了",
    "我叫王小明",
    "13812345678",
    "别再推脱",
    "您好，我是客服",
    "内部备注",
)


class Stumbles:
    """Reads, and fails at certain words, quoting them."""

    def __init__(self) -> None:
        self._reader = the_reader()

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """As the built-in reader does, or not at all."""
        if "别再推脱" in text:
            raise ValueError(f"cannot read {text!r}")
        return self._reader.read(text, lang_hint=lang_hint, asked=asked)

    def read_ahead(self, questions: Iterable[Question]) -> None:
        """One after the other."""
        for text, language, asked in questions:
            self.read(text, lang_hint=language, asked=asked)


async def _until_set_aside(stage: Stage, log: io.StringIO) -> None:
    """Let the tries pass that a row gets."""
    while "row_set_aside" not in log.getvalue():
        if "row_failed" in log.getvalue():
            stage.clock.move(timedelta(seconds=2))
        await asyncio.sleep(0)


async def test_no_word_of_a_story_is_in_the_log_and_a_fault_names_row_and_case(
    tmp_path: Path, log: io.StringIO
) -> None:
    """Customers, agents and notes; even where a part fails at the very words and quotes them."""
    async with raise_stage(tmp_path, reader=Stumbles()) as stage:
        for words in SAID[:4]:
            await stage.do("客户", words)
        await stage.do("客户", "转人工")
        await stage.do("林晓点", "我来接")
        await stage.do("林晓", "您好，我是客服")
        await stage.do("林晓", "/note 内部备注")
        await asyncio.gather(stage.do("客户", "别再推脱"), _until_set_aside(stage, log))
        number = await stage.case_no()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    failed = [line for line in lines if line["event"] == "row_failed"]

    assert [word for word in SAID if word in log.getvalue()] == []
    assert {line["case"] for line in failed} == {number}
    assert all(line["update_id"].isdecimal() and line["row"] > 0 for line in failed)
    assert "ValueError: (not shown)" in failed[0]["exception"]
