"""Times as colleagues write them on a phone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.times import read_when

NOW = datetime(2026, 7, 1, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday, ten in the morning."""


@pytest.mark.parametrize(
    ("text", "begins", "ends", "rest"),
    [
        ("明天10-11 谈方案", "07-02 10:00", "07-02 11:00", "谈方案"),
        ("7月3日14:00-16:00 南京路1号", "07-03 14:00", "07-03 16:00", "南京路1号"),
        ("明天18：00 寄报告", "", "07-02 18:00", "寄报告"),
        ("周五下午3点 打给她", "", "07-03 15:00", "打给她"),
        ("下周一9:30", "", "07-06 09:30", ""),
        ("今天下午3-4点", "07-01 15:00", "07-01 16:00", ""),
        ("下午三点到四点半 看", "07-01 15:00", "07-01 16:30", "看"),
        ("晚上八点半", "", "07-01 20:30", ""),
        ("半小时后 回电", "", "07-01 10:30", "回电"),
        ("周五前 给书面答复", "", "07-03 18:00", "给书面答复"),
        ("2026-07-03 18:00前 给结果", "", "07-03 18:00", "给结果"),
        ("给您答复 8月20日18:00", "", "08-20 18:00", "给您答复"),
        ("in 2 hours call her", "", "07-01 12:00", "call her"),
        ("tomorrow 10-11am call", "07-02 10:00", "07-02 11:00", "call"),
        ("July 3 14:00-16:00 look at it", "07-03 14:00", "07-03 16:00", "look at it"),
        ("report Friday 3pm-4pm", "07-03 15:00", "07-03 16:00", "report"),
    ],
)
def test_a_time_is_read_as_it_is_written(text: str, begins: str, ends: str, rest: str) -> None:
    """Days, times, spans and whiles in both languages, in any width; what is left over stays as it was."""
    when = read_when(text, NOW)
    assert when is not None
    assert (when.begins.strftime("%m-%d %H:%M") if when.begins else "") == begins
    assert (when.ends.strftime("%m-%d %H:%M"), when.rest) == (ends, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天18:00",
        "yesterday at 6pm",
        "明天 2箱",
        "9:00 答复",
        "给她寄2件",
        "买了10-11个",
        "换一个时间",
        "7月99日",
        "25:00",
    ],
)
def test_what_is_no_time_ahead_is_not_guessed(text: str) -> None:
    """Counts, times gone by and impossible ones are asked about, never taken for a time."""
    assert read_when(text, NOW) is None


@given(st.text(alphabet="今明后天周一二三五下上午点半到至-:：0123456789月日号 apmtorw前小时内", max_size=24))
def test_whatever_is_written_the_time_lies_ahead(text: str) -> None:
    """No text makes a time that has gone by, or a span that ends before it begins."""
    when = read_when(text, NOW)
    if when is not None:
        assert when.ends > NOW
        assert when.begins is None or when.begins < when.ends
        assert when.ends - NOW < timedelta(days=40_000)
