"""`python -m tests.practices`: which tests hold which practice of the trade, and which have none.

S1 to S124 are practices of handling complaints, R1 to R59 rules of standards and law. A test that holds one says so
with `@pytest.mark.practice("S18")`.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parent
WAITING: Final = {
    "figures and scorecards": "S102 S109 S114 S121 S122 S123",
    "the regulator's flag": "S66 S111",
    "looking into a case, easy returns, fraud, our own slips": "S107 S113 S119 R7 R14",
    "marketing and law that nothing touches yet": "R37 R38",
}
"""Practices that no test holds yet, by what they wait for."""
EVERY: Final = tuple([f"S{n}" for n in range(1, 125)] + [f"R{n}" for n in range(1, 60)])


def held() -> Mapping[str, list[str]]:
    """The tests that hold each practice, as `file::test`."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        for test, codes in _marks(ast.parse(file.read_text(encoding="utf-8"))):
            for code in codes:
                found[code].append(f"{file.relative_to(TESTS.parent)}::{test}")
    return found


def _marks(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    everywhere = [code for node in tree.body if isinstance(node, ast.Assign) for code in _codes(node.value)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            codes = [code for mark in node.decorator_list for code in _codes(mark)]
            if node.name.startswith("test_") or isinstance(node, ast.ClassDef):
                yield node.name, [*codes, *everywhere]


def _codes(node: ast.expr) -> list[str]:
    """The codes of every `pytest.mark.practice(...)` inside an expression."""
    return [
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "practice"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def main() -> None:
    """Print the table."""
    found = held()
    for code in EVERY:
        tests = found.get(code, [])
        sys.stdout.write(f"{code:5} {', '.join(tests) if tests else '(waits)'}\n")
    waiting = [code for code in EVERY if code not in found]
    sys.stdout.write(f"\n{len(EVERY) - len(waiting)} held, {len(waiting)} wait: {' '.join(waiting)}\n")


if __name__ == "__main__":
    main()
