"""The picture of kept deadlines and of waiting times."""

from collections import defaultdict
from math import log10
from typing import Any, Final

from matplotlib.axes import Axes

from bot.insight import times
from bot.insight.frame import Unit, ratio
from bot.insight.pictures.asked import Asked, Known, told
from bot.insight.pictures.drawing import BLUE, BODY, GREY, ORANGE, PALE, SMALL, Drawing, Row, put
from bot.insight.pictures.words import share, whole

WAITS: Final = (
    "first_reply_bot",
    "first_reply_human",
    "hand_off_wait",
    "resolution_told",
    "resolution_fulfilled",
)
FATES: Final = (("late", ORANGE), ("broken", ORANGE), ("renegotiated", GREY))
NAMES: Final = 0.33
NEAREST: Final = 0.5
FARTHEST: Final = 0.86
"""Where ten seconds lie, and where thirty days."""


def reckon(asked: Asked) -> Known:
    """What is drawn."""
    facts, period = asked.facts, asked.period
    return Known(
        times.promises(facts, period),
        times.first_reply(facts, period),
        times.hand_off(facts, period),
        times.resolution(facts, period),
        times.attainment(facts, period),
    )


def numbers(asked: Asked, known: Known) -> dict[str, Any]:
    """What the picture shows, for the line under it."""
    kept = known["promise_kept"]
    wait = known["first_reply_human_median"].value
    return {
        "kept": share(kept.value) if kept.value is not None else None,
        "due": kept.n,
        "broken": round(known["promises_broken"].exact or 0),
        "reply": asked.words.span(wait) if wait is not None else None,
    }


def draw(asked: Asked, known: Known) -> Drawing:
    """The picture."""
    words = asked.words
    kept = known["promise_kept"]
    title = words.say("kept", n=share(kept.value)) if kept.value is not None else words.say("kept_few")
    drawing = Drawing(title, asked.above)
    drawing.heading(0.155, words.say("promises"), words.say("due", n=whole(kept.n)))
    drawing.bars(0.18, 0.365, _fates(known, asked), full=max(kept.n, 1))
    drawing.heading(0.425, words.say("waits"), words.say("waits_how"))
    _waits(drawing.axes(0.455, 0.735), known, asked)
    rows = _milestones(known, asked)
    if rows:
        drawing.heading(0.785, words.say("in_time"))
        drawing.bars(0.81, 0.81 + 0.036 * len(rows), rows, full=1.0)
    return drawing


def _fates(known: Known, asked: Asked) -> list[Row]:
    kept = known["promise_kept"]
    count = round((kept.exact or 0) * kept.n)
    rows = [Row(name=asked.words.say("fate_kept"), value=count, label=whole(count))]
    for name, colour in FATES:
        number = round(known[f"promises_{name}"].exact or 0)
        rows.append(
            Row(name=asked.words.say(f"fate_{name}"), value=number, label=whole(number), colour=colour)
        )
    return rows


def _waits(field: Axes, known: Known, asked: Asked) -> None:
    """For each wait a line from half of the people to nine in ten of them, on a scale of seconds to weeks."""
    field.set_xlim(0, 1)
    field.set_ylim(-len(WAITS) + 0.5, 0.5)
    for place, name in enumerate(WAITS):
        half, late = known[f"{name}_median"], known[f"{name}_p90"]
        y = -float(place)
        put(field, 0, y, asked.words.say(name), size=BODY)
        if half.value is None or late.value is None:
            put(field, NAMES, y, told(half, asked.words), size=SMALL + 1, colour=GREY)
            continue
        first, last = _place(half.value), _place(late.value)
        field.plot([first, last], [y, y], color=PALE, linewidth=5, solid_capstyle="round", zorder=1)
        field.plot([first], [y], "o", color=BLUE, markersize=10, zorder=3)
        field.plot([last], [y], "o", color=GREY, markersize=10, markerfacecolor="white", zorder=2)
        _at_the_ends(field, y, (first, last), (asked.words.span(half.value), asked.words.span(late.value)))


def _at_the_ends(field: Axes, y: float, ends: tuple[float, float], labels: tuple[str, str]) -> None:
    """Both lengths, each beside its point and outside the line."""
    put(field, ends[0] - 0.025, y, labels[0], size=SMALL + 1, colour=BLUE, align="right", strong=True)
    put(field, ends[1] + 0.025, y, labels[1], size=SMALL + 1, colour=GREY)


def _place(seconds: float) -> float:
    """Where a length lies between ten seconds and thirty days, each ten times as long as far again."""
    room = FARTHEST - NEAREST
    return NEAREST + room * min(1.0, max(0.0, log10(max(seconds, 10.0) / 10)) / log10(3 * 86_400))


def _milestones(known: Known, asked: Asked) -> list[Row]:
    """How many were in time, of every sort of deadline, whatever the severity."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in (figure for figure in known.figures.values() if figure.name == "sla"):
        cell = sums[one.of[1]]
        cell[0] += (one.exact or 0) * one.n
        cell[1] += one.n
    rows = []
    for name, (met, n) in sums.items():
        figure = ratio(name, met, round(n), Unit.SHARE)
        label = f"{told(figure, asked.words)} · {asked.words.say('of', n=whole(n))}"
        rows.append(Row(name=asked.words.say(f"milestone_{name}"), value=figure.value, label=label))
    return rows[:4]
