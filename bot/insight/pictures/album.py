"""All pictures of a period, each with the numbers of its caption."""

from collections.abc import Collection
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from bot.complaint.ids import UserId
from bot.insight.facts import Duty
from bot.insight.pictures import causes, ends, keeping, shipped, volume
from bot.insight.pictures.asked import Asked, Known, told
from bot.insight.pictures.drawing import LEFT, RIGHT, Drawing, Row
from bot.insight.pictures.words import whole
from bot.insight.scorecards import scorecards

PAGES: Final[dict[str, ModuleType]] = {
    "volume": volume,
    "keeping": keeping,
    "ends": ends,
    "causes": causes,
    "shipped": shipped,
}
"""In the order in which they are shown."""
TILES: Final = ("agent_cases", "agent_promise_kept", "agent_reopened", "agent_sample")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, and the numbers for the line under it."""

    name: str
    png: bytes
    numbers: dict[str, Any]


def album(asked: Asked, only: Collection[str] = tuple(PAGES)) -> list[Picture]:
    """The pictures of a period; empty ones are left out."""
    found = []
    for name, page in PAGES.items():
        known = page.reckon(asked) if name in only else None
        if known is not None:
            png = page.draw(asked, known).png()
            found.append(Picture(name=name, png=png, numbers=page.numbers(asked, known)))
    return found


def colleague_card(asked: Asked, agent: UserId) -> Picture:
    """One colleague's own scorecard (S1): what the record tells of their cases, and nobody else's."""
    words = asked.words
    mine = [one for one in asked.facts if one.agent == agent]
    cards = scorecards(mine, asked.period, asked.around.marks)
    known = Known(cards[0].figures if cards else ())
    cases = known.of("agent_cases")
    count = round(cases.exact or 0) if cases is not None else 0
    drawing = Drawing(words.say("agent", n=whole(count)), asked.above)
    wide = (RIGHT - LEFT - 0.02 * (len(TILES) - 1)) / len(TILES)
    for place, name in enumerate(TILES):
        figure, left = known.of(name), LEFT + place * (wide + 0.02)
        number = told(figure, words) if figure is not None else words.say("none")
        note = words.say("of", n=whole(figure.n)) if figure is not None and figure.n else ""
        drawing.tile((left, 0.15, left + wide, 0.31), number, words.say(name), note if place else "")
    drawing.heading(0.375, words.say("steps"), words.say("steps_how"))
    drawing.bars(0.405, 0.83, [_step(duty, known, asked) for duty in Duty], full=1.0)
    drawing.foot(words.say("small"))
    return Picture(name="agent", png=drawing.png(), numbers={"cases": count})


def _step(duty: Duty, known: Known, asked: Asked) -> Row:
    """How often a step was done: one's own few cases are told as they are, and drawn when they are enough."""
    figure = known.of("agent_step", duty.value)
    name = asked.words.say(f"duty_{duty.value}")
    if figure is None or figure.exact is None:
        return Row(name=name, value=None, label=asked.words.say("none"))
    done = round(figure.exact * figure.n)
    return Row(name=name, value=figure.exact, label=f"{whole(done)}/{whole(figure.n)}")
