"""The stopwatch of the tests: what a busy machine adds is nobody's time."""

import signal
from pathlib import Path

from tests.processes import Running, clean_environment

LOST = 1.0
MEASURES = """
import signal
from tests.stopwatch import Stopwatch
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
watch = Stopwatch()
print("begun")
signal.sigwait({signal.SIGUSR1})
print(watch.seconds(), watch.all_seconds())
"""


async def test_seconds_in_which_everything_stood_still_are_left_out(tmp_path: Path) -> None:
    """Whoever measures may be held up itself: the clock on the wall has gone on, and nothing was done meanwhile."""
    running = await Running.start("-c", MEASURES, cwd=tmp_path, env=clean_environment())
    await running.until(lambda: running.out)
    running.process.send_signal(signal.SIGSTOP)
    assert await running.works_for(LOST)
    running.process.send_signal(signal.SIGCONT)
    running.process.send_signal(signal.SIGUSR1)
    ended = await running.ended()
    seconds, by_the_clock = map(float, ended.out.decode().splitlines()[-1].split())
    assert by_the_clock >= LOST
    assert by_the_clock - seconds > LOST / 2
