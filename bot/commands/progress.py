"""A progress bar on standard error."""

import sys
from typing import Any

import click


class Progress:
    """Shown to whoever sits before a screen; nothing is written where nobody sees it.

    Args:
        label: what is being worked on.
        mixed: results go to the same screen, so that a bar would stand in their midst.
    """

    def __init__(self, label: str, *, mixed: bool = False) -> None:
        self._label = label
        self._shown = sys.stderr.isatty() and not (mixed and sys.stdout.isatty())
        self._bar: Any = None

    def told(self, made: int, total: int) -> None:
        """So many are done, of so many."""
        if not self._shown:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr)
            self._bar.render_progress()
        self._bar.length = total
        self._bar.update(made - self._bar.pos)

    def done(self) -> None:
        """No more of them."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
