"""What the talk and the desk say, found in their source, against what is written."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import bot
from bot.complaint.reading import Language
from bot.wording import Catalogue

PACKAGES = ("dialogue", "desk")
NOT_FIELDS = frozenset({"lane", "ask", "key", "general", "buttons", "alert", "calls"})
SPREAD = "**"


@dataclass(frozen=True, slots=True)
class Said:
    """One place in the source that says a reply."""

    place: str
    package: str
    name: str
    fields: frozenset[str]

    @property
    def desk(self) -> bool:
        """Whether agents read it."""
        return not self.name.startswith(("press_notice/",)) and "/" not in self.name


def sayings() -> Iterator[Said]:
    for package in PACKAGES:
        for file in sorted((Path(bot.__file__).parent / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield from said_by(node, package, f"{file.name}:{node.lineno}")


def said_by(call: ast.Call, package: str, place: str) -> Iterator[Said]:
    how = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if how not in ("say", "tell", "notice") or not call.args:
        return
    fields = {word.arg or SPREAD for word in call.keywords} - NOT_FIELDS
    for name in names_in(call.args[0]):
        yield Said(place, package, name, frozenset(fields))


def names_in(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*names_in(node.body), *names_in(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


SAYINGS = [one for one in sayings() if one.name]


@pytest.mark.parametrize("said", SAYINGS, ids=lambda said: f"{said.package}/{said.place}")
def test_what_is_said_is_written_with_the_fields_it_gets(said: Said, ours: Catalogue) -> None:
    """Every reply that the talk or the desk names exists, and can be said with the fields that it gets there."""
    for language in (Language.ZH, Language.EN):
        page = ours.page(said.name, language, desk=said.desk)
        always = ours.shelf(language, desk=said.desk).lexicon.always()
        given = said.fields | set(always)
        assert SPREAD in said.fields or set(page.front.fields) - page.front.optional <= given, page.file
        assert said.fields - {SPREAD} <= set(page.front.fields) | set(always), page.file
        if SPREAD not in said.fields:
            sample = {name: one for name, one in {**always, **page.front.fields}.items() if name in given}
            assert (ours.desk if said.desk else ours.render)(said.name, language, sample)


def test_every_button_that_is_shown_has_a_label(ours: Catalogue) -> None:
    """The names of buttons in the source are keys of the tables, in both languages."""
    for package in PACKAGES:
        for file in sorted((Path(bot.__file__).parent / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "Button"
                ):
                    for name in names_in(node.args[0]):
                        for language in (Language.ZH, Language.EN):
                            shelves = [ours.shelf(language, desk=desk) for desk in (False, True)]
                            labels = {one for shelf in shelves for one in shelf.lexicon.buttons}
                            assert name in labels, f"{file.name}: {name}"
