"""The tools agree with the code: types, lint, format, and the walls between the rooms."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = {
    "ruff": ["-m", "ruff", "check", "bot", "tests"],
    "format": ["-m", "ruff", "format", "--check", "bot", "tests"],
    "types": ["-m", "mypy"],
    "walls": ["-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("tool", TOOLS)
def test_it_has_nothing_to_say(tool: str) -> None:
    """The same tools run here, on a developer's machine and in CI, with one command."""
    run = subprocess.run(  # noqa: S603 - our own tools
        [sys.executable, *TOOLS[tool]], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr
