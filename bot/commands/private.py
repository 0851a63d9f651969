"""Files that are made for whoever asked for them, and for no other account of the machine."""

import os
from pathlib import Path

from bot.store.copies import PRIVATE


def private(path: Path) -> None:
    """Make the file, empty and for its user alone; one that is there already keeps its rights.

    Raises:
        OSError: it cannot be made.
    """
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, PRIVATE))
