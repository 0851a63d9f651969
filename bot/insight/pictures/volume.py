"""The picture of complaints received, closed, and by category."""

from collections import Counter
from datetime import date
from typing import Any, Final

from matplotlib.axes import Axes

from bot.insight.frame import closed_in, opened_in
from bot.insight.pictures.asked import Asked, width_in_days
from bot.insight.pictures.drawing import BLUE, GREY, INK, LEFT, PALE, RIGHT, SMALL, Drawing, Row, put
from bot.insight.pictures.words import PERCENT, share, whole

MOST_ROWS: Final = 6
MOST_MARKS: Final = 6
"""Days named under the columns."""


def change(now: int, before: int) -> int | None:
    """How many percent more there are; None where there is nothing to measure by."""
    return round((now - before) * PERCENT / before) if before else None


def reckon(asked: Asked) -> dict[str, Any]:
    """What is drawn."""
    came = len(opened_in(asked.facts, asked.period))
    before = len(opened_in(asked.facts, asked.earlier)) if asked.compared else 0
    return {
        "came": came,
        "closed": len(closed_in(asked.facts, asked.period)),
        "change": change(came, before) if asked.compared else None,
    }


def numbers(_asked: Asked, known: dict[str, Any]) -> dict[str, Any]:
    """What the picture shows, for the line under it."""
    return known


def draw(asked: Asked, known: dict[str, Any]) -> Drawing:
    """The picture."""
    words = asked.words
    drawing = Drawing(_title(known, asked), asked.above)
    came = asked.counted(one.opened_at for one in asked.facts)
    gone = asked.counted(one.first_closed_at for one in asked.facts if one.first_closed_at)
    drawing.write(LEFT, 0.155, f"■ {words.say('came')}", colour=BLUE, strong=True)
    drawing.write(LEFT + 0.19, 0.155, f"● {words.say('closed', n=whole(known['closed']))}", colour=GREY)
    step = "month" if width_in_days(asked.steps) > 7 else "week" if width_in_days(asked.steps) > 1 else "day"  # noqa: PLR2004 - days of a week
    drawing.write(RIGHT, 0.155, words.say(f"by_{step}"), size=SMALL, colour=GREY, align="right")
    _columns(drawing.axes(0.185, 0.505), came, gone, [_mark(one, step, asked) for one in asked.steps[:-1]])
    _categories(drawing, asked)
    return drawing


def _title(known: dict[str, Any], asked: Asked) -> str:
    words, more = asked.words, known["change"]
    title = words.say("volume", n=whole(known["came"]))
    if more is None:
        return title
    if more == 0:
        return title + words.say("same")
    return title + words.say("more" if more > 0 else "fewer", n=abs(more))


def _mark(day: date, step: str, asked: Asked) -> str:
    if step == "month":
        return asked.words.name("month_short", day.month)
    return f"{day.month}/{day.day}"


def _columns(field: Axes, came: list[int], gone: list[int], marks: list[str]) -> None:
    """A column for what came, a dotted line for what was closed; the highest and the last are told."""
    places = range(len(came))
    top = max(*came, *gone, 1)
    field.bar(places, came, width=0.72, color=BLUE)
    field.plot(places, gone, color=GREY, linewidth=1.8, marker="o", markersize=4, zorder=3)
    field.axhline(0, color=PALE, linewidth=1)
    highest = came.index(max(came))
    last = len(came) - 1
    # two numbers side by side would run into each other
    for place in {highest, last if last - highest > len(came) / 12 else highest}:
        if not came[place]:
            continue
        high = max(came[place], gone[place])
        put(
            field, place, high + top * 0.03, whole(came[place]), colour=BLUE, align="center", upright="bottom"
        )
    every = -(-len(marks) // MOST_MARKS)
    for place in range(0, len(marks), every):
        put(field, place, -top * 0.04, marks[place], colour=GREY, align="center", upright="top")
    field.set_ylim(-top * 0.15, top * 1.15)
    field.set_xlim(-0.6, len(came) - 0.4)


def _categories(drawing: Drawing, asked: Asked) -> None:
    opened = opened_in(asked.facts, asked.period)
    counts = Counter(one.category.value for one in opened)
    none = counts.pop("none", 0)
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    rows = [(asked.words.name("category", name), count, BLUE) for name, count in ranked[:MOST_ROWS]]
    rest = sum(count for _, count in ranked[MOST_ROWS:]) + none
    if rest:
        rows.append((asked.words.say("others"), rest, PALE))
    total = max(1, len(opened))
    drawing.heading(0.565, asked.words.say("about"))
    bars = [
        Row(name=name, value=count, label=f"{whole(count)} · {share(count / total)}", colour=colour)
        for name, count, colour in rows
    ]
    drawing.bars(0.595, 0.595 + 0.05 * max(1, len(bars)), bars)
    if not bars:
        drawing.write(LEFT, 0.62, asked.words.say("none"), colour=INK)
