"""The picture of outcomes and of satisfaction (S105)."""

from typing import Any, Final

from bot.insight import cohorts, outcomes, times
from bot.insight.frame import Figure
from bot.insight.pictures.asked import Asked, Known, told
from bot.insight.pictures.drawing import BLUE, LEFT, ORANGE, RIGHT, Drawing, Row
from bot.insight.pictures.words import PERCENT, share, whole
from bot.insight.scorecards import sampled

TILES: Final = (
    ("csat_handling", "csat_outcome", "upheld"),
    ("first_contact_resolution", "reopened", "escalation"),
    ("nps", "ces", "sample_score"),
)
GAP: Final = 0.02


def reckon(asked: Asked) -> Known:
    """What is drawn."""
    facts, period = asked.facts, asked.period
    return Known(
        cohorts.satisfaction(facts, period),
        cohorts.loyalty(facts, period, asked.around.target),
        cohorts.cohort_sizes(facts, period, asked.around.target),
        outcomes.upheld(facts, period),
        [outcomes.reopened(facts, period)],
        outcomes.ways_out(facts, period),
        [times.first_contact(facts, period), sampled(asked.around.marks, period)],
    )


def numbers(_asked: Asked, known: Known) -> dict[str, Any]:
    """What the picture shows, for the line under it."""
    content, again = known["csat_outcome"], known["reopened"]
    return {
        "content": share(content.value / PERCENT) if content.value is not None else None,
        "answers": content.n,
        "reopened": share(again.value) if again.value is not None else None,
    }


def draw(asked: Asked, known: Known) -> Drawing:
    """The picture."""
    words = asked.words
    content = known["csat_outcome"]
    title = (
        words.say("content", n=share(content.value / PERCENT))
        if content.value is not None
        else words.say("content_few", n=whole(content.n))
    )
    drawing = Drawing(title, asked.above)
    for line, names in enumerate(TILES):
        for place, name in enumerate(names):
            _tile(drawing, known[name], line, place, asked)
    drawing.heading(0.665, words.say("again"), words.say("again_how"))
    drawing.bars(0.695, 0.93, _cohorts(known, asked), full=1.0)
    drawing.foot(words.say("small"))
    return drawing


def _tile(drawing: Drawing, figure: Figure, line: int, place: int, asked: Asked) -> None:
    wide = (RIGHT - LEFT - 2 * GAP) / 3
    left, top = LEFT + place * (wide + GAP), 0.145 + line * 0.165
    note = asked.words.say("of", n=whole(figure.n)) if figure.n else ""
    number = told(figure, asked.words)
    drawing.tile((left, top, left + wide, top + 0.148), number, asked.words.say(figure.name), note)


def _cohorts(known: Known, asked: Asked) -> list[Row]:
    rows = []
    for group in reversed(cohorts.Cohort):
        again, size = known.of("buys_again", group.value), known.of("cohort", group.value)
        cases = whole(size.exact or 0) if size is not None else "0"
        label = f"{told(again, asked.words)} · {asked.words.say('cases', n=cases)}"
        unhappy = group is cohorts.Cohort.UNSOLVED
        value = again.value if again is not None else None
        rows.append(
            Row(
                name=asked.words.say(f"cohort_{group.value}"),
                value=value,
                label=label,
                colour=ORANGE if unhappy else BLUE,
            )
        )
    return rows
