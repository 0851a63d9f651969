"""`python -m tests.reading.growth`: how the time for one message grows with its length, on texts made to be slow.

For each kind of text the exponent between 1,024 and 8,192 characters (1 is in step, 2 is the square) and the
time for 4,096. A fault is an exponent over 1.3 or more than 20 ms; the command then ends with 1.
"""

import sys
import time
from collections.abc import Callable, Iterator
from math import log
from typing import Final

from bot.reading import Reader
from bot.reading.cuebook import built_in_cues
from bot.reading.pattern import parse
from tests.reading.fuzz.texts import cue_words

LENGTHS: Final = (512, 1024, 2048, 4096, 8192)
STEEPEST: Final = 1.3
LONGEST_MS: Final = 20.0
_NOISE_MS: Final = 4.0
"""Below this at the greatest length the exponent is chance."""
_PIECES: Final = (
    "不", "不不不没", "“", "“”", "”", '"', "'", "（", "退", "退 款 ", "a", "a ", "A!", "1", "一", "十",
    "百千万", "1 ", "1,", "1,000", "1.",
    "12-", "1391234", "139 1234 ", "13912345678", "+1 ", "(123) ", "2026-01-", "6月3日", "上周三", "三天前",
    "前天", "周三买", "买", "6月3日买",
    "march 3 ", "bought ", "order ", "order no. ", "order number is ", "订单号", "订单号：", "a1-", "ab-1",
    "批号 ", "lot ", "call ", "电话", "电话1",
    "¥", "¥1", "$50 ", "5万", "五万", "几百", "几百块", "3到", "3000到5000", "1k", "块", "元5", "赔", "赔我",
    "赔我1", "赔我100元", "给我5万", "花了300",
    "一天1", "一天200", "一天200三天", "倍", "三倍", "退一赔", "退一赔三", "30%", "五折", "八成", "一半",
    "不退就", "要么", "要么退", "或者",
    "如果", "听说", "吗", "吗？", "？", "?", "!", "!a", "！你", "，", "。", "\n", " ", "\u200b", "是是",
    "吃了", "吃了没", "没有吃了", "我要", "没", "no ",
    "not ", "never ", "is it ", "is ", "refund ", "refund me ", "i want ", "unless ", "you ", "the ",
    "one star ", "don't ", "曝光", "不然曝光", "打钱",
    "死", "不想活", "转人工", "😡", "👨‍👩‍👧", "e\u0301", "مرحبا", "ﷺ", "賠", "Ａ１", "㎏",
)  # fmt: skip


def kinds() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Every kind of slow text: its name, and how to make so many characters of it."""
    for piece in _PIECES:
        yield repr(piece), _repeated(piece)
    for signs in ("“（", "\"'", "([{", "「『"):
        yield f"nested {signs}", _nested(signs)
    yield "a word, then blanks", lambda n: "退款" + " " * (n - 2)
    yield "all cues one after another", _stream
    for wall in ("（", "!", " ", "a", "1", "31", "。", "\uffff"):
        for tail in ("123 ", "几百块", "¥1,299.00", "退一赔三", "买的", "“退款”"):
            yield f"a wall of {wall!r}, then {tail}", _walled(wall, tail)
    anchors = {
        one for label in built_in_cues().labels.values() for cue in label.strong for one in _anchors(cue)
    }
    for anchor in sorted(anchors):
        yield f"cue {anchor!r}", _repeated(anchor)


def _anchors(cue: str) -> list[str]:
    """Of each cue the words that wake its pattern; those of plain cues need none."""
    pattern = parse(cue)
    return sorted(pattern.anchors)[:1] if pattern.regex is not None else []


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda n: (piece * (n // len(piece) + 1))[:n]


def _nested(signs: str) -> Callable[[int], str]:
    return lambda n: (signs * n)[: n // 2] + "赔" + (signs[::-1] * n)[: n // 2]


def _walled(wall: str, tail: str) -> Callable[[int], str]:
    return lambda n: (wall * n)[: n - n // 8] + (tail * n)[: n // 8]


def _stream(n: int) -> str:
    words = "".join(cue_words())
    return (words * (n // len(words) + 1))[:n]


def spent(reader: Reader, text: str, times: int) -> float:
    """Milliseconds of the processor for one reading: the best of so many."""
    best = float("inf")
    for _ in range(times):
        started = time.thread_time()
        reader.read(text)
        best = min(best, time.thread_time() - started)
    return best * 1000


def exponent(reader: Reader, make: Callable[[int], str]) -> tuple[float, dict[int, float]]:
    """How steeply the time grows from 1,024 characters on, and the milliseconds for each length."""
    reader.read(make(LENGTHS[0]))  # patterns are made ready when first due
    took = {length: spent(reader, make(length), 3) for length in LENGTHS}
    first, last = took[LENGTHS[1]], took[LENGTHS[-1]]
    steep = log(last / first) / log(LENGTHS[-1] / LENGTHS[1]) if last > _NOISE_MS and first > 0 else 0.0
    return steep, took


def main() -> int:
    """Print the steepest and the slowest, and every fault."""
    reader = Reader(remembered=0)
    rows = [(*exponent(reader, make), name) for name, make in kinds()]
    faults = [row for row in rows if row[0] > STEEPEST or row[1][4096] > LONGEST_MS]
    steepest = sorted(rows, key=lambda row: -row[0])[:10]
    slowest = sorted(rows, key=lambda row: -row[1][4096])[:10]
    out = sys.stdout.write
    out(
        f"{len(rows)} kinds of text\n{'':32}exponent"
        + "".join(f"{length:>9}" for length in LENGTHS)
        + "  ms\n"
    )
    for title, some in (("steepest", steepest), ("slowest", slowest), ("faults", faults)):
        out(f"{title}: {len(faults) if some is faults else ''}\n")
        for steep, took, name in some:
            out(f"  {name[:28]:30}{steep:8.2f}" + "".join(f"{one:9.2f}" for one in took.values()) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
