"""Measures how long something took, without what a busy machine added."""

import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_PROC = Path("/proc")
TICK: Final = 0.05
"""Seconds between two ticks of the pulse."""
STANDSTILL: Final = 0.5
"""Seconds by which a tick comes too late when the machine, or we on it, stood still."""


class Pulse(threading.Thread):
    """Ticks. Seconds in which it could not are seconds in which nobody here could do anything."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="pulse")
        self._lock = threading.Lock()
        self._last = time.monotonic()
        self._lost = 0.0

    def run(self) -> None:
        """Tick until the process ends."""
        never = threading.Event()
        while not never.wait(TICK):
            self.lost()

    def lost(self) -> float:
        """Seconds in which it has stood still so far."""
        with self._lock:
            now = time.monotonic()
            late = now - self._last - TICK
            self._last = now
            self._lost += late if late > STANDSTILL else 0.0
            return self._lost


_pulse = Pulse()


class Stopwatch:
    """Counts from now on, without the seconds in which these processes could not work.

    They were ready and had no processor, or all stood still: the machine, and this program with it.
    """

    def __init__(self, *pids: int) -> None:
        if not _pulse.is_alive():
            _pulse.lost()
            _pulse.start()
        self._pids = pids
        self._begun = time.monotonic()
        self._before = _waits(pids)
        self._lost = _pulse.lost()
        self._waited = 0.0

    def look(self) -> None:
        """Note the waits so far: those of a process that has ended are known to nobody."""
        now, lost = _waits(self._pids), _pulse.lost()
        waited = sum(waited - self._before.get(one, 0.0) for one, waited in now.items())
        # who stands still may be noted as waiting
        self._waited += max(waited, lost - self._lost)
        self._before = {**self._before, **now}
        self._lost = lost

    def seconds(self) -> float:
        """Seconds since the beginning."""
        self.look()
        return self.all_seconds() - self._waited

    def all_seconds(self) -> float:
        """The same by the clock, with everything that a busy machine added."""
        return time.monotonic() - self._begun


def family() -> Mapping[int, int]:
    """Every process with the one that started it."""
    found = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            found[int(entry.name)] = int(told.rpartition(")")[2].split()[1])
    return found


def _waits(pids: tuple[int, ...]) -> dict[int, float]:
    """Seconds that each has waited for a processor in its life; of all that we started where none is named."""
    found = {}
    for pid in pids or _ours():
        try:
            told = (_PROC / str(pid) / "schedstat").read_text(encoding="ascii")
        except OSError:
            continue
        found[pid] = int(told.split()[1]) / 1e9
    return found


def _ours() -> list[int]:
    """This process and all that it started, and they."""
    parents = family()
    found = [os.getpid()]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found
