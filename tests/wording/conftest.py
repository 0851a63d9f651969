"""A replies folder of the test's own, and the one that comes with the program."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.wording import Catalogue, Finding, Voice, findings, our_replies

Shelve = Callable[[str, str], Path]
Held = Callable[[str, str, str], list[Finding]]


@pytest.fixture(name="shelve")
def _shelve(tmp_path: Path) -> Shelve:
    """Write a file of a replies folder; gives the folder."""

    def write(path: str, text: str) -> Path:
        file = tmp_path / "replies" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return tmp_path / "replies"

    return write


@pytest.fixture(name="ours", scope="session")
def _ours() -> Catalogue:
    """Our own replies in the voice of a brand."""
    brand = {"zh": "禾满", "en": "Heman"}
    return Catalogue.load([our_replies()], Voice(brand=brand, hotline="400-820-1234", hours="9:00–21:00"))


@pytest.fixture(name="held")
def _held(shelve: Shelve) -> Held:
    """What is found in one reply: its language, the rest of the note at its head, its words."""

    def check(language: str, text: str, head: str = "") -> list[Finding]:
        folder = shelve(f"{language}/a.html.j2", f'{{#\nwhen = "a test"\n{head}\n#}}\n{text}')
        file = str(folder / language / "a.html.j2")
        return [one for one in findings(Catalogue.load([folder])) if one.file == file]

    return check
