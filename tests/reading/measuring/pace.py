"""How long a message takes, and how long it takes until the first one is read."""

import subprocess
import sys
import time
from statistics import median, quantiles
from typing import Final, NamedTuple

from tests.reading.measuring.answers import Reads

STARTS: Final = {
    "keywords": "from tests.reading.measuring.baseline import by_keywords; by_keywords('退款')",
    "rules": "from tests.reading.measuring.answers import by_cues_alone, reads; reads(by_cues_alone())('退款')",
    "rules + learned": "from bot.reading import Reader; Reader().read('退款')",
}
"""By reader: what a fresh process does until its first message is read."""
_TIMES: Final = 5


class Pace(NamedTuple):
    """Microseconds of the processor for one message: in the middle, and for the slowest of a hundred."""

    middle: float
    slow: float


def pace(read: Reads, texts: list[str]) -> Pace:
    """Each message read once, after all were read once before: patterns are then made ready."""
    for text in texts:
        read(text)
    took = sorted(_microseconds(read, text) for text in texts)
    return Pace(median(took), quantiles(took, n=100)[-1])


def _microseconds(read: Reads, text: str) -> float:
    started = time.thread_time_ns()
    read(text)
    return (time.thread_time_ns() - started) / 1000


def start_ms(reader: str) -> float:
    """Processor milliseconds from the first import to the first message read; the middle of five fresh processes."""
    timed = "import time; s = time.process_time(); {}; print(time.process_time() - s)"
    command = [sys.executable, "-c", timed.format(STARTS[reader])]
    return median(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) * 1000  # noqa: S603 - ours
        for _ in range(_TIMES)
    )
