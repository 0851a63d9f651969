"""Whatever people type, reading it is safe, quick and repeatable."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.complaint.reading import Reading
from tests.furniture import the_reader

_CUES = (
    "退款",
    "赔我",
    "5万",
    "不然",
    "曝光",
    "拉肚子",
    "没有",
    "“",
    "”",
    "１２３１５",
    " ",
    "\n",
    "发霉",
    "订单",
    "8841",
)
_MORE_CUES = (
    "ｗ",
    "壞",
    "\u200b",
    "¥",
    "refund",
    "I'll sue",
    "burned my arm",
    "!!!",
    "?",
    "双倍",
    "一天200",
    "3天",
    "几百块",
)
_TYPED = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(_CUES + _MORE_CUES), max_size=30).map("".join),
    st.text(alphabet="0123456789零一二三十百千万亿点个wk块毛元$ .,-/%折倍赔", max_size=200),
)
_ASKED = st.sampled_from(
    [None, "order_no", "phone", "eaten", "unharmed", "wish", "agree", "batch_no", "nonsense"]
)


def _spans(reading: Reading) -> list[tuple[int, int, str]]:
    spans = [risk.span for risk in reading.risks] + ([reading.remedy.span] if reading.remedy else [])
    return [(span.start, span.end, span.text) for span in spans]


@given(text=_TYPED, asked=_ASKED)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_the_same_twice_with_true_spans(text: str, asked: str | None) -> None:
    """No text breaks the reader; the same text reads the same; every span quotes the text."""
    reading = the_reader().read(text, asked=asked)
    assert reading == the_reader().read(text, asked=asked)
    for start, end, words in _spans(reading):
        assert text[start:end] == words
    assert all(words in text for words in (*reading.slots.order_no, *reading.slots.phone, *reading.issue))
    the_reader().as_contract("x", reading)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "1 ",
        "买",
        "a",
        "a1",
        "赔我1",
        "退 ",
        "不",
        "“",
        "!",
        "1,000",
        "(",
        "吃了",
        "我要",
        "没",
        "no ",
        "一天1",
    ],
)
def test_a_wall_of_text_is_read_in_time(piece: str) -> None:
    """Nobody can stop the bot with a long message."""
    wall = (piece * 4096)[:4096]
    started = time.thread_time()
    the_reader().read(wall)
    assert time.thread_time() - started < 2
