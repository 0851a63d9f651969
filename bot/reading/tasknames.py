"""The kind of a task by its first word: "call", "回电", "上门", "取样"."""

from functools import cache

from bot.complaint.deskwork import TaskKind
from bot.reading.grammar import listed


@cache
def _kinds() -> dict[str, TaskKind]:
    return {word: TaskKind(kind) for kind, words in listed("task_kind").items() for word in words}


def task_kind(text: str) -> tuple[TaskKind | None, str]:
    """The kind named by the first word, and the rest; None and everything if it names none."""
    first, _, rest = text.strip().partition(" ")
    kind = _kinds().get(first.strip(":：,，").lower())
    return (kind, rest.strip()) if kind is not None else (None, text.strip())
