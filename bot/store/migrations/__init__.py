"""The schema of each kind of database, as numbered migrations and as `latest.sql`, the sum of them."""

import re
from dataclasses import dataclass
from importlib.resources import files

_NUMBERED = re.compile(r"(\d{4})_(\w+)\.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema."""

    version: int
    name: str
    script: str


def migrations(kind: str) -> list[Migration]:
    """All steps for this kind of database, in order."""
    found = []
    for file in (files(__name__) / kind).iterdir():
        if numbered := _NUMBERED.fullmatch(file.name):
            script = file.read_text(encoding="utf-8")
            found.append(Migration(version=int(numbered[1]), name=numbered[2], script=script))
    return sorted(found, key=lambda step: step.version)


def latest(kind: str) -> str:
    """The whole schema, for a new database."""
    return (files(__name__) / kind / "latest.sql").read_text(encoding="utf-8")
