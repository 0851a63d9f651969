"""The shape of the house: small files, small functions, words in their place, and nothing lying about."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BOT = sorted((ROOT / "bot").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TOP = {"bot", "replies", "tests", "pyproject.toml", "README.md", "LICENSE"}
NAMES = re.compile(r"(^|_)(handlers?|utils?|helpers?|managers?|misc|common)($|_)")


def _functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_long() -> None:
    """A file is read in one sitting."""
    long = {str(file): len(file.read_text("utf-8").splitlines()) for file in (*BOT, *TESTS)}

    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    """What a function does is seen at once."""
    long = [
        f"{file}:{one.lineno} {one.name}"
        for file in BOT
        for one in _functions(file)
        if one.end_lineno is not None and one.end_lineno - one.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_customers_words_live_in_replies() -> None:
    """No word that a customer reads stands in Python; only the reader and the sandbox's names know Chinese."""
    allowed = (ROOT / "bot" / "reading", ROOT / "bot" / "sandbox")
    speaking = [
        str(file)
        for file in BOT
        if not any(file.is_relative_to(one) for one in allowed) and _has_chinese_string(file)
    ]

    assert speaking == []


def _has_chinese_string(file: Path) -> bool:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {id(_docstring(node)) for node in ast.walk(tree)}
    return any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
        for node in ast.walk(tree)
        if id(node) not in docs
    )


def _docstring(node: ast.AST) -> ast.AST | None:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else node
    return first.value if isinstance(first, ast.Expr) else None


def test_tests_do_not_sleep() -> None:
    """A test waits for what it waits for, never for the clock; what makes load and trouble may let time pass."""
    sleepers = [
        f"{file}:{number}"
        for file in TESTS
        if "benchmarks" not in file.parts
        and not ("endurance" in file.parts and not file.name.startswith("test_"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if re.search(r"\b(time|asyncio)\.sleep\([^0)]", line)
    ]

    assert sleepers == []


def test_names_say_what_a_thing_is() -> None:
    """There is no room for odds and ends."""
    assert [str(file) for file in BOT if NAMES.search(file.stem)] == []


def test_the_top_level_is_bare() -> None:
    """Beside the five parts of the project lies only what tools insist on."""
    listed = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    made = {
        "uv.lock",
        "build",
        "dist",
        "mutants",
        "htmlcov",
        "complaints.db",
        "complaints.db-wal",
        "complaints.db-shm",
    }
    made |= {name for name in listed if name.endswith(".egg-info")}

    assert set() == listed - TOP - made


def test_every_test_states_its_truth() -> None:
    """A test's docstring is one true sentence about the product."""
    silent = [
        f"{file}:{one.lineno} {one.name}"
        for file in TESTS
        for one in _functions(file)
        if one.name.startswith("test_") and not ast.get_docstring(one)
    ]

    assert silent == []
