"""Draws the README's diagram of the talk from the table of steps.

To keep it readable, ways that exist at any step (to people, safety, withdrawing) are drawn once, and of several
later steps that a row may lead to, only the nearest is drawn.
"""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from bot.complaint.conversation import Step
from bot.dialogue.steps import ANYWHERE, TRANSITIONS, Move

ROAD: Final = (
    Step.OPENING,
    Step.LISTENING,
    Step.CLARIFYING,
    Step.WISH,
    Step.PROPOSING,
    Step.AGREEMENT,
    Step.FULFILLING,
    Step.FULFILMENT_CHECK,
    Step.SURVEY,
    Step.CLOSED,
)
"""The main road, first step to last."""
HEARING: Final = (Step.LISTENING, Step.CALMING, Step.CLARIFYING)
"""Where a story is heard: the ways that lead aside begin here."""
FROM_ANYWHERE: Final = (Step.WITH_PEOPLE, Step.SAFETY, Step.WITHDRAWING, Step.PRESS)
"""Where any step may lead: drawn from any step, and from a step of its own only if it leads nowhere else."""
BY_AGENTS: Final = (
    (Step.WITH_PEOPLE, Step.RESOLVING, "/resolve"),
    (Step.WITH_PEOPLE, Step.RETURNING, "/bot"),
    (Step.WITH_PEOPLE, Step.OFFERED, "/offer"),
)
"""Questions that an agent puts: the desk's side, no rows of this table."""
LINE: Final = 56
"""Characters in a line of a label: more make the picture wider than a page."""


def mermaid() -> str:
    """The diagram in Mermaid's language: steps as states, acts on the ways between them."""
    lines = ["stateDiagram-v2", "    [*] --> opening"]
    lines += [f"    {one} --> {other} : {_broken(label)}" for one, other, label in _ways()]
    lines += [f"    any_step --> {end} : {_broken(label)}" for end, label in _from_anywhere()]
    lines += [f"    {one} --> {other} : {label}" for one, other, label in BY_AGENTS]
    lines += ["    note right of any_step"]
    lines += [f"        {line}" for row in _in_place() for line in wrap(row, LINE)]
    return "\n".join([*lines, "    end note"])


def _ways() -> Iterator[tuple[Step, Step, str]]:
    """The rows of a step; rows with the same targets share an arrow."""
    labels: dict[tuple[Step, Step], list[str]] = {}
    for (step, _), move in TRANSITIONS.items():
        if step is not ANYWHERE:
            for end in _drawn(step, move):
                labels.setdefault((step, end), []).append(move.act)
    for (one, other), acts in sorted(labels.items(), key=lambda way: _place(*way[0])):
        yield one, other, _said(acts)


def _place(*steps: Step) -> list[int]:
    order = (*ROAD, *(step for step in Step if step not in ROAD))
    return [order.index(step) for step in steps]


def _drawn(step: Step, move: Move) -> Iterable[Step]:
    """The targets that are drawn: the nearest ahead, or else behind."""
    ends = [end for end in move.to if end is not step]
    if len(ends) > 1:
        ends = [end for end in ends if end not in FROM_ANYWHERE]
    here = ROAD.index(step) if step in ROAD else -1
    ahead = [end for end in ROAD[here + 1 :] if end in ends]
    behind = [end for end in ROAD[: max(here, 0)] if end in ends]
    aside = [end for end in ends if end not in ROAD]
    road = ahead[:1] or behind[-1:]
    return [*road, *(aside if step in HEARING or not road else ())]


def _from_anywhere() -> Iterator[tuple[Step, str]]:
    """The rows that hold at any step and lead to people, to safety, or to withdrawing."""
    labels: dict[Step, list[str]] = {}
    for ends, act in _held_anywhere(drawn=True):
        labels.setdefault(ends[0], []).append(act)
    for step, acts in labels.items():
        yield step, _said(acts)


def _in_place() -> Iterator[str]:
    """The other rows that hold at any step: what they do, and where they lead if anywhere."""
    labels: dict[tuple[Step, ...], list[str]] = {}
    for ends, act in _held_anywhere(drawn=False):
        labels.setdefault(ends, []).append(act)
    for ends, acts in labels.items():
        yield f"{_said(acts)}{' → ' + ' or '.join(ends) if ends else ''}"


def _held_anywhere(*, drawn: bool) -> Iterator[tuple[tuple[Step, ...], str]]:
    for (step, _), move in TRANSITIONS.items():
        if step is ANYWHERE and (bool(move.to) and move.to[0] in FROM_ANYWHERE) is drawn:
            yield move.to, move.act


def _said(acts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(act.replace("_", " ") for act in acts))


def _broken(label: str) -> str:
    return "<br/>".join(wrap(label, LINE))
