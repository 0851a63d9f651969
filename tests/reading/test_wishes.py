"""What people wish for in their own, mostly indirect words: labelled messages, read as any other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.complaint.reading import Reading
from bot.reading.contract import outward
from bot.reading.learning.__main__ import HERE
from bot.reading.learning.examples import Example, ExampleWrong, read_wishes


@pytest.fixture(scope="module")
def wishes() -> list[Example]:
    """Messages with the kinds that are asked for in them."""
    return read_wishes(HERE / "wishes")


def _kinds(reading: Reading) -> frozenset[str]:
    return frozenset(outward(reading.remedy.kinds)) if reading.remedy is not None else frozenset()


@pytest.mark.practice("S22", "S96")
def test_most_indirect_wishes_are_read_exactly(read: Callable[..., Reading], wishes: list[Example]) -> None:
    """All kinds of a wish, and no other, in messages chosen for not saying it plainly."""
    asking = [one for one in wishes if one.wishes]
    assert len(asking) > 1000
    assert sum(_kinds(read(one.text)) == one.wishes for one in asking) / len(asking) > 0.69


@pytest.mark.practice("S22")
def test_whoever_only_tells_seldom_seems_to_ask(read: Callable[..., Reading], wishes: list[Example]) -> None:
    """Offers quoted, refunds had and questions about rules are taken for a wish in few of the hard cases."""
    telling = [one for one in wishes if not one.wishes]
    assert sum(bool(_kinds(read(one.text))) for one in telling) / len(telling) < 0.15


@pytest.mark.parametrize(("line", "hint"), [("refund", "tab"), ("money\t退钱", "kind"), ("-\t", "tab")])
def test_a_wrong_line_of_wishes_is_named(tmp_path: Path, line: str, hint: str) -> None:
    """Whoever adds wishes is told which line is wrong, and what to write."""
    (tmp_path / "some.tsv").write_text(f"# some\n{line}\n", "utf-8")
    with pytest.raises(ExampleWrong, match=f"line 2.*{hint}"):
        read_wishes(tmp_path)
