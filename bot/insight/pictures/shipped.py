"""Complaints against what was shipped, and against who uses it (S67, S68, S79)."""

from typing import Any, Final

from bot.insight.frame import Figure
from bot.insight.pictures.asked import Asked, Known, told
from bot.insight.pictures.sheet import BLUE, LEFT, ORANGE, RIGHT, Row, Sheet, cut, width_of
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


def numbers(asked: Asked) -> dict[str, Any] | None:
    """What the picture shows, for the line under it; None where nobody told what was shipped or who uses it."""
    figures = ppm(asked.facts, asked.around.shipped, asked.period, upheld=False)
    users = complainants(asked.facts, asked.around.active, asked.period)[0]
    if figures[0].exact is None and users.exact is None:
        return None
    limit = asked.limit
    over = [one for one in _products(figures) if limit is not None and (one.value or 0) > limit]
    return {
        "ppm": few(figures[0].value) if figures[0].value is not None else None,
        "users": few(users.value) if users.value is not None else None,
        "over": [_name(one, asked) for one in over],
        "limit": few(limit) if limit is not None else None,
    }


def draw(asked: Asked) -> Sheet:
    """The picture."""
    words = asked.words
    figures = ppm(asked.facts, asked.around.shipped, asked.period, upheld=False)
    upheld = ppm(asked.facts, asked.around.shipped, asked.period, upheld=True)
    users = Known(complainants(asked.facts, asked.around.active, asked.period))
    every, people = figures[0], users["complainants_per_ten_thousand"]
    main = every if every.exact is not None else people
    title = words.say("ppm" if main is every else "per_users", n=told(main, words))
    sheet = Sheet(title, asked.above)
    tiles = ((every, "ppm_all"), (upheld[0], "ppm_upheld"), (people, "users"))
    wide = (RIGHT - LEFT - 0.04) / 3
    for place, (figure, name) in enumerate(tiles):
        left = LEFT + place * (wide + 0.02)
        note = words.say(f"{name}_of", n=whole(figure.n)) if figure.n else ""
        sheet.tile((left, 0.15, left + wide, 0.31), told(figure, words), words.say(name), note)
    _bars(sheet, _products(figures), asked)
    return sheet


def _bars(sheet: Sheet, found: list[Figure], asked: Asked) -> None:
    if not found:
        return
    words, limit = asked.words, asked.limit
    note = words.say("limit", n=few(limit)) if limit is not None else ""
    sheet.heading(0.375, words.say("ppm_by"), note)
    rows = [
        Row(
            name=_name(one, asked),
            value=one.value,
            label=told(one, words) + (f" ▲ {words.say('over')}" if _over(one, limit) else ""),
            colour=ORANGE if _over(one, limit) else BLUE,
            strong=_over(one, limit),
        )
        for one in found
    ]
    most = max([one.value or 0 for one in found] + [limit or 0]) or 1
    top, bottom = 0.405, 0.405 + 0.055 * len(rows)
    sheet.bars(top, bottom, rows, full=most)
    sheet.foot(words.say("ppm_how"))


def _over(one: Figure, limit: float | None) -> bool:
    return limit is not None and one.value is not None and one.value > limit


def _name(one: Figure, asked: Asked) -> str:
    product, *batch = asked.words.name("product", one.of[0]), *one.of[1:]
    # of a long name the batch is what tells it from the others
    return " ".join((cut(product, NAME_ROOM - sum(width_of(name) + 1 for name in batch)), *batch))
