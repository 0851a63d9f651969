"""The picture of causes: by number and by cost (Pareto)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.insight.frame import FEWEST, opened_in
from bot.insight.money import remedies
from bot.insight.pareto import Bar, By, pareto
from bot.insight.pictures.asked import Asked, Known
from bot.insight.pictures.drawing import BLUE, LEFT, PALE, Drawing, Row
from bot.insight.pictures.words import share, whole

MOST_CAUSES: Final = 7
MOST_PRODUCTS: Final = 6
FEW: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """What is drawn: by their cause, or while nobody has found one, by what they are about."""

    by: By
    bars: tuple[Bar, ...]
    products: tuple[Bar, ...]
    cost: float
    cases: int


def reckon(asked: Asked) -> Sorted:
    """What is drawn."""
    facts, period = opened_in(asked.facts, asked.period), asked.period
    found = pareto(facts, period, By.CAUSE)
    return Sorted(
        by=By.CAUSE if found else By.CATEGORY,
        bars=found or pareto(facts, period, By.CATEGORY),
        products=() if asked.product else pareto(facts, period, By.PRODUCT),
        cost=Known(remedies(asked.facts, period))["remedy_cost"].exact or 0,
        cases=len(facts),
    )


def numbers(asked: Asked, known: Sorted) -> dict[str, Any]:
    """What the picture shows, for the line under it."""
    top = [asked.words.name(known.by.value, one.name) for one in known.bars[:FEW]]
    total = sum(one.cases for one in known.bars)
    part = sum(one.cases for one in known.bars[:FEW]) / total if total else None
    return {
        "top": top,
        "part": share(part) if part is not None else None,
        "cost": asked.words.money(known.cost) if known.cost else None,
        "causes": known.by is By.CAUSE,
    }


def draw(asked: Asked, known: Sorted) -> Drawing:
    """The picture."""
    words, by, bars = asked.words, known.by, known.bars
    drawing = Drawing(_title(by, bars, asked), asked.above)
    found = sum(one.cases for one in bars)
    note = words.say("found", n=whole(found), all=whole(known.cases))
    drawing.heading(0.155, words.say("by_cause" if by is By.CAUSE else "about"), note)
    rows = _rows(bars, MOST_CAUSES, by, asked)
    drawing.bars(0.185, 0.185 + 0.05 * max(len(rows), 1), rows)
    if known.products:
        top = 0.185 + 0.05 * max(len(rows), 1) + 0.05
        drawing.heading(top, words.say("by_product"))
        more = _rows(known.products, MOST_PRODUCTS, By.PRODUCT, asked)
        drawing.bars(top + 0.03, top + 0.03 + 0.05 * len(more), more)
    elif not bars:
        drawing.write(LEFT, 0.21, words.say("none"))
    if bars:
        drawing.foot(words.say("vital_how"))
    return drawing


def _title(by: By, bars: Sequence[Bar], asked: Asked) -> str:
    """The vital few where they are few; else what comes first."""
    words, found, vital = asked.words, sum(one.cases for one in bars), sum(one.vital for one in bars)
    if not bars:
        return words.say("causes_none")
    if found < FEWEST:
        return words.say("causes_few" if by is By.CAUSE else "about_few")
    if vital * 2 <= len(bars):
        return words.say("vital" if by is By.CAUSE else "vital_about", n=vital)
    return words.say("first", name=words.name(by.value, bars[0].name), n=share(bars[0].cases / found))


def _rows(bars: Sequence[Bar], most: int, by: By, asked: Asked) -> list[Row]:
    total = max(1, sum(one.cases for one in bars))
    rows = []
    for one in bars[:most]:
        cost = f" · {asked.words.money(one.cents)}" if one.cents else ""
        rows.append(
            Row(
                name=asked.words.name(by.value, one.name),
                value=one.cases,
                label=f"{whole(one.cases)} · {share(one.cases / total)}{cost}",
                strong=one.vital,
                colour=BLUE if one.vital else PALE,
            )
        )
    rest = bars[most:]
    if rest:
        count = sum(one.cases for one in rest)
        rows.append(
            Row(
                name=asked.words.say("others"),
                value=count,
                label=f"{whole(count)} · {share(count / total)}",
                colour=PALE,
            )
        )
    return rows
