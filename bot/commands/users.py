"""Who gives a command."""

import getpass
import os


def whoever_asks() -> str:
    """The name of the user; its number where the system knows no name, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
