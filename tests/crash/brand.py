"""The demo brand with a short settle time: answers come while the bot is being killed, not after it."""

import shutil
from pathlib import Path

from bot.config import DEMO_BRAND


def quick_brand(folder: Path, quiet_seconds: float = 0.3) -> Path:
    """Write it into this folder."""
    brand = folder / "brand"
    shutil.copytree(DEMO_BRAND.parent, brand, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    file = brand / DEMO_BRAND.name
    text = file.read_text(encoding="utf-8")
    quick = text.replace("quiet_seconds = 4\n", f"quiet_seconds = {quiet_seconds}\n")
    if quick == text:
        raise AssertionError("the demo brand has no settle time of 4 seconds any more")
    file.write_text(quick, encoding="utf-8")
    return file
