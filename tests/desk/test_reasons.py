"""Why a case came to people: every reason that the talk and the triage can give has its words at the desk."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.complaint.reading import Family, Language
from bot.desk.rights import Right
from bot.policy.triage import TABLE
from bot.wording import Catalogue, our_replies

TOLD = frozenset({"hand_over", "alarm", "_alarm", "escalate", "ring", "raise_severity", "reopen"})
"""What takes a reason, as its first word or, after the draft, as its second."""


def _strings(node: ast.expr) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.strip():
            yield one.value


def _reasons_of(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in TOLD:
        for argument in call.args[:2]:
            yield from _strings(argument)
    for word in call.keywords:
        if word.arg in ("severity_why", "reason"):
            yield from _strings(word.value)


def _reasons() -> set[str]:
    """Reasons written in the source of talk and desk, those of the triage, and every family of signs."""
    found = (
        {row.reason for row in TABLE} | {family.value for family in Family} | {"severity", "foreign_object"}
    )
    for room in ("dialogue", "desk"):
        for file in (Path(bot.__file__).parent / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    found |= set(_reasons_of(node))
    return found


@pytest.mark.practice("R31", "S83")
@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_every_reason_has_its_words(language: Language) -> None:
    """No alarm and no card shows a key of ours instead of a reason."""
    words = Catalogue.load([our_replies()]).shelf(language, desk=True).lexicon
    reasons = _reasons()
    assert {"swallowed", "unclear_harm", "withdrawn_safety", "not_arrived", "more_trouble"} <= reasons
    unworded = {one for one in reasons if not words.has("why", one) and not words.has("family", one)}
    assert unworded == set()


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_every_right_has_its_words(language: Language) -> None:
    """A refusal names what only somebody else may do; no key of ours stands there instead."""
    lexicon = Catalogue.load([our_replies()]).shelf(language, desk=True).lexicon
    assert [one for one in Right if not lexicon.has("act", one.value)] == []
