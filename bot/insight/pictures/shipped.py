"""The picture of complaints per units shipped and per active users (S67, S68, S79)."""

from dataclasses import dataclass
from typing import Any, Final

from bot.insight.frame import Figure, opened_in
from bot.insight.pictures.asked import Asked, told
from bot.insight.pictures.drawing import BLUE, LEFT, ORANGE, RIGHT, Drawing, Row, cut, width_of
from bot.insight.pictures.words import few, whole
from bot.insight.ppm import complainants, ppm

MOST_ROWS: Final = 8
NAME_ROOM: Final = 9.5
"""In widths of a Chinese character."""
BATCH: Final = 2
"""A figure of a batch names its product and the batch."""


def _products(figures: tuple[Figure, ...]) -> list[Figure]:
    """Products and batches that something was shipped of, the worst first."""
    known = [one for one in figures if one.of and one.exact is not None]
    products = [one for one in known if len(one.of) < BATCH]
    worst = [one for one in known if len(one.of) == BATCH and one.exact]
    ranked = sorted(products, key=lambda one: -(one.exact or 0))[:MOST_ROWS]
    more = sorted(worst, key=lambda one: -(one.exact or 0))[: max(0, MOST_ROWS - len(ranked))]
    return [*ranked, *more]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What is drawn: against what was shipped, all and those found right, and against who uses it."""

    every: tuple[Figure, ...]
    upheld: Figure
    people: Figure


def reckon(asked: Asked) -> Rates | None:
    """What is drawn; None where nobody told what was shipped or who uses it."""
    period, known = asked.period, asked.around
    if not known.shipped and not known.active:
        return None
    facts = opened_in(asked.facts, period)
    every = ppm(facts, known.shipped, period, upheld=False)
    people = complainants(facts, known.active, period)[0]
    if every[0].exact is None and people.exact is None:
        return None
    upheld = ppm([one for one in facts if one.upheld], known.shipped, period, upheld=True)[0]
    return Rates(every=every, upheld=upheld, people=people)


def numbers(asked: Asked, known: Rates) -> dict[str, Any]:
    """What the picture shows, for the line under it."""
    every, people, limit = known.every[0].value, known.people.value, asked.limit
    over = [one for one in _products(known.every) if asked.is_above(one)]
    return {
        "ppm": few(every) if every is not None else None,
        "users": few(people) if people is not None else None,
        "over": [_name(one, asked) for one in over],
        "limit": few(limit) if limit is not None and not asked.limits else None,
    }


def draw(asked: Asked, known: Rates) -> Drawing:
    """The picture."""
    words, every, people = asked.words, known.every[0], known.people
    main = every if every.exact is not None else people
    title = words.say("ppm" if main is every else "per_users", n=told(main, words))
    drawing = Drawing(title, asked.above)
    tiles = ((every, "ppm_all"), (known.upheld, "ppm_upheld"), (people, "users"))
    wide = (RIGHT - LEFT - 0.04) / 3
    for place, (figure, name) in enumerate(tiles):
        left = LEFT + place * (wide + 0.02)
        note = words.say(f"{name}_of", n=whole(figure.n)) if figure.n else ""
        drawing.tile((left, 0.15, left + wide, 0.31), told(figure, words), words.say(name), note)
    _bars(drawing, _products(known.every), asked)
    return drawing


def _bars(drawing: Drawing, found: list[Figure], asked: Asked) -> None:
    if not found:
        return
    words, limit = asked.words, asked.limit
    note = words.say("limit", n=few(limit)) if limit is not None and not asked.limits else ""
    drawing.heading(0.375, words.say("ppm_by"), note)
    rows = [
        Row(
            name=_name(one, asked),
            value=one.value,
            label=told(one, words) + (f" ▲ {words.say('over')}" if asked.is_above(one) else ""),
            colour=ORANGE if asked.is_above(one) else BLUE,
            strong=asked.is_above(one),
        )
        for one in found
    ]
    most = max([one.value or 0 for one in found] + [limit or 0]) or 1
    top, bottom = 0.405, 0.405 + 0.055 * len(rows)
    drawing.bars(top, bottom, rows, full=most)
    drawing.foot(words.say("ppm_how"))


def _name(one: Figure, asked: Asked) -> str:
    product, *batch = asked.words.name("product", one.of[0]), *one.of[1:]
    # of a long name the batch is what tells it from the others
    return " ".join((cut(product, NAME_ROOM - sum(width_of(name) + 1 for name in batch)), *batch))
