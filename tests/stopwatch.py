"""Measures how long something took, without what a busy machine added."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

_PROC = Path("/proc")


class Stopwatch:
    """Counts from now on; seconds in which these processes were ready to work and had no processor are left out."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._begun = time.monotonic()
        self._before = _waits(pids)
        self._waited = 0.0

    def look(self) -> None:
        """Note the waits so far: those of a process that has ended are known to nobody."""
        now = _waits(self._pids)
        self._waited += sum(waited - self._before.get(one, 0.0) for one, waited in now.items())
        self._before = {**self._before, **now}

    def seconds(self) -> float:
        """Seconds since the beginning."""
        self.look()
        return time.monotonic() - self._begun - self._waited


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
