"""The demo brand with a short settle time, so that bursts end soon."""

import shutil
from pathlib import Path

from bot.config import DEMO_BRAND


def quick_brand(folder: Path, quiet_seconds: float = 0.3) -> Path:
    """Write it into this folder."""
    brand = folder / "brand"
    shutil.copytree(DEMO_BRAND.parent, brand, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    file = brand / DEMO_BRAND.name
    text = file.read_text(encoding="utf-8")
    at_most = max(15.0, quiet_seconds)
    quick = text.replace(
        "quiet_seconds = 4\nat_most_seconds = 15\n",
        f"quiet_seconds = {quiet_seconds}\nat_most_seconds = {at_most}\n",
    )
    if quick == text:
        raise AssertionError("the demo brand has no settle time of 4 seconds any more")
    file.write_text(quick, encoding="utf-8")
    return file
