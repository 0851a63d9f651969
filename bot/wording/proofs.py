"""The writers' page: every reply in all languages side by side, with its findings."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.complaint.errors import ReplyWrong
from bot.complaint.reading import Language
from bot.wording.bubble import bubble
from bot.wording.catalogue import Catalogue, Page
from bot.wording.finding import WRITTEN, Finding
from bot.wording.rules import rulebook
from bot.wording.space import plain

_FOLDER = Path(__file__).with_name("page")
_TEMPLATE = "page.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A reply in one language for one sample; empty if nothing is said."""

    language: Language
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One sample in every language, and how it differs from the first."""

    given: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A reply in one language: the note at its head, its buttons, and what was found."""

    language: Language
    page: Page | None
    buttons: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A reply in all its languages."""

    name: str
    desk: bool
    step: str
    sides: tuple[Side, ...]
    cases: tuple[Case, ...]

    @property
    def page(self) -> Page:
        """The note at its head, by the first language that has one."""
        return next(side.page for side in self.sides if side.page is not None)

    @property
    def level(self) -> int | None:
        """Its level of apology, 0 for none; None for replies where none is expected."""
        if self.desk or self.page.front.kind in {"part", "notice"}:
            return None
        said = (plain(str(cell.html)) for case in self.cases for cell in case.cells)
        sorry = [rulebook().words[f"apology_{one}"] for one in ("zh", "en")]
        return self.page.front.level if any(one.search(text) for text in said for one in sorry) else 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found in it."""
        return tuple(one for side in self.sides for one in side.findings)


def proofs(catalogue: Catalogue, found: Sequence[Finding]) -> list[Proof]:
    """Every reply of a catalogue, the customers' first, in the order of their steps."""
    every = [
        _proof(catalogue, name, found, desk=desk)
        for desk in (False, True)
        for name in catalogue.names(desk=desk)
    ]
    order = [*words()["steps"].values(), *words()["desk"].values()]
    return sorted(every, key=lambda one: (one.desk, order.index(one.step), one.name))


def proof_page(catalogue: Catalogue, found: Sequence[Finding], others: Iterable[str] = ()) -> str:
    """One HTML page of all replies that needs nothing beside it; `others` are findings of no reply, as lines."""
    shown = proofs(catalogue, found)
    placed = {one for proof in shown for one in proof.findings}
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(
        parts=[
            (desk, [(step, list(of)) for step, of in _by_step(shown, desk=desk)]) for desk in (False, True)
        ],
        strays=[*others, *(str(one) for one in found if one not in placed)],
        languages=_languages(catalogue),
        rules=sorted({one.rule for one in placed}),
        brand=catalogue.voice.words(Language.ZH)["brand"],
        count=len(shown),
        words=words(),
        style=Markup((_FOLDER / "page.css").read_text("utf-8")),  # noqa: S704 - our own file
        script=Markup((_FOLDER / "page.js").read_text("utf-8")),  # noqa: S704 - our own file
    )


@cache
def words() -> Mapping[str, Any]:
    """The page's own labels."""
    return tomllib.loads((_FOLDER / "words.toml").read_text("utf-8"))


@cache
def buttons() -> Mapping[str, Any]:
    """Which buttons may stand under which reply."""
    return tomllib.loads((_FOLDER / "buttons.toml").read_text("utf-8"))


def _by_step(shown: Sequence[Proof], *, desk: bool) -> Iterator[tuple[str, Iterator[Proof]]]:
    return groupby((one for one in shown if one.desk is desk), key=lambda one: one.step)


def _languages(catalogue: Catalogue) -> tuple[Language, ...]:
    """Both that must be there, and Traditional where a brand writes it."""
    own = any(catalogue.shelf(Language.ZH_HANT, desk=desk).pages for desk in (False, True))
    return (*WRITTEN, Language.ZH_HANT) if own else WRITTEN


def _proof(catalogue: Catalogue, name: str, found: Sequence[Finding], *, desk: bool) -> Proof:
    sides = tuple(_side(catalogue, name, one, found, desk=desk) for one in _languages(catalogue))
    return Proof(
        name=name, desk=desk, step=_step(name, desk=desk), sides=sides, cases=_cases(catalogue, sides)
    )


def _step(name: str, *, desk: bool) -> str:
    """The step a reply belongs to, by its folder; the desk's part, by how its name begins."""
    folder, steps = name.partition("/")[0], words()["steps"]
    if name.startswith("_"):
        return str(steps["parts"])
    if not desk:
        return str(steps.get(folder, steps["other"]))
    begun = (part for starts, part in words()["desk"].items() if name.startswith(tuple(starts.split())))
    return str(next(begun, steps["other"]))


def _side(
    catalogue: Catalogue, name: str, language: Language, found: Sequence[Finding], *, desk: bool
) -> Side:
    page = catalogue.shelf(language, desk=desk).pages.get(name)
    if page is None:
        mine = tuple(one for one in found if one.file == name and one.words == language)
    else:
        mine = tuple(one for one in found if one.file == str(page.file))
    return Side(language=language, page=page, buttons=_labels(catalogue, name, language, page), findings=mine)


def _labels(
    catalogue: Catalogue, name: str, language: Language, page: Page | None
) -> tuple[tuple[str, ...], ...]:
    if page is None:
        return ()
    rows = buttons()["desk" if page.desk else "customer"].get(name, ())
    return tuple(tuple(_label(catalogue, one, language, page) for one in row) for row in rows)


def _label(catalogue: Catalogue, button: str, language: Language, page: Page) -> str:
    sample = buttons()["fields"]
    given = {key: value for key, value in sample.items() if not isinstance(value, dict)}
    own = sample["en" if language is Language.EN else "zh"]
    always = catalogue.shelf(language, desk=page.desk).lexicon.always()
    begins, ends = sample["times"]
    try:
        return catalogue.label(
            button, language, {**always, **given, **own, "begins": begins, "ends": ends}, desk=page.desk
        )
    except ReplyWrong:
        return button


def _cases(catalogue: Catalogue, sides: Sequence[Side]) -> tuple[Case, ...]:
    """What is said in each case that the check tries, as far as it differs in any language."""
    samples = [list(catalogue.samples(side.page)) if side.page else [] for side in sides]
    seen: list[set[str]] = [set() for _ in sides]
    cases = []
    for number in range(max(map(len, samples))):
        said = [
            _said(catalogue, side, own[number]) if number < len(own) else ""
            for side, own in zip(sides, samples, strict=True)
        ]
        new = [html for html, before in zip(said, seen, strict=True) if html and html not in before]
        for html, before in zip(said, seen, strict=True):
            before.add(html)
        if new:
            given = next(_given(own[0], own[number]) for own in samples if number < len(own))
            cells = (_cell(side, html) for side, html in zip(sides, said, strict=True))
            cases.append(Case(given=given, cells=tuple(cells)))
    return tuple(cases)


def _cell(side: Side, html: str) -> Cell:
    """What is said, with the words marked that were found; a finding about the whole marks none of them."""
    whole = plain(html)
    wrong = tuple(one.words for one in side.findings if one.words.strip() and one.words != whole)
    return Cell(language=side.language, html=bubble(html, wrong))


def _said(catalogue: Catalogue, side: Side, sample: Mapping[str, object]) -> str:
    if side.page is None:
        return ""
    render = catalogue.desk if side.page.desk else catalogue.render
    try:
        html = render(side.page.name, side.language, sample)
    except ReplyWrong:
        # the finding beside it says why
        return ""
    return html if plain(html).strip() else ""


def _given(first: Mapping[str, object], sample: Mapping[str, object]) -> str:
    """In what a case differs from the first one."""
    names = [name for name in {**first, **sample} if first.get(name) != sample.get(name)]
    return " · ".join(_fact(name, sample.get(name)) for name in names)


def _fact(name: str, value: object) -> str:
    if value is None or value == [] or value is False:
        return f"{name} ✕"
    if value is True:
        return f"{name} ✓"
    listed = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{name}: {listed}" if len(listed) <= 40 else f"{name} …"  # noqa: PLR2004 - one line of a heading
