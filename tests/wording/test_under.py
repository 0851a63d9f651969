"""The buttons that the writers' page shows, against those that the talk and the desk put under a reply."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.wording.proofs import buttons
from tests.wording.test_said import PACKAGES, names_in

SOURCES = [
    file for package in PACKAGES for file in sorted((Path(bot.__file__).parent / package).rglob("*.py"))
]


def rows_of_names() -> dict[str, frozenset[str]]:
    """Rows of buttons that have a name of their own in the source: `HUMAN`, `EATEN`."""
    named = {}
    for file in SOURCES:
        for node in ast.parse(file.read_text("utf-8")).body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(target, ast.Name) and (found := frozenset(pressed(node, {}))):
                named[target.id] = found
    return named


def pressed(node: ast.AST, named: dict[str, frozenset[str]]) -> Iterator[str]:
    """Every button inside an expression."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "Button":
            yield from names_in(one.args[0])
        elif isinstance(one, ast.Name):
            yield from named.get(one.id, ())


def carried() -> Iterator[tuple[str, str, str]]:
    """Each reply that is said with buttons which the source names there and then."""
    named = rows_of_names()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            how = (
                node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            )
            if isinstance(node, ast.Call) and how in ("say", "tell") and node.args:
                for name in names_in(node.args[0]):
                    for button in {one for rest in node.args[1:] for one in pressed(rest, named)}:
                        yield ("customer" if how == "say" else "desk"), name, button


CARRIED = sorted(set(carried()))


@pytest.mark.parametrize(("part", "name", "button"), CARRIED, ids=lambda one: one)
def test_the_page_shows_a_button_where_it_is_said(part: str, name: str, button: str) -> None:
    """Whatever the source puts under a reply stands under it on the writers' page."""
    ways = {"safety/ask_again": {"eaten_fine", "not_eaten", "unwell"}}
    shown = {one for row in buttons()[part].get(name, ()) for one in row}
    assert button in shown | ways.get(name, set())


def test_the_source_names_many() -> None:
    """The search above finds what it looks for."""
    assert len(CARRIED) > 60
