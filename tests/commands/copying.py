"""A database with something in every table, and a listing of a folder."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from bot.complaint.ids import LetterId
from bot.complaint.records import Round
from bot.store import Store
from tests.contract.store import (
    CHAT,
    NO,
    NOW,
    a_case,
    a_deed,
    a_file,
    a_letter,
    a_line,
    a_talk,
    a_timer,
    arrival,
    at_home,
    sent,
)
from tests.processes import Ended, clean_environment, command

PICTURE = b"\x89PNG" + b"\0\xff" * 200_000


async def run(folder: Path, address: str, *arguments: str) -> Ended:
    """The command, on this database."""
    return await command(*arguments, cwd=folder, env=clean_environment(database=address))


async def furnish(store: Store) -> None:
    """A desk with something in every corner."""
    await store.keep([arrival("1", body=b'{"update_id":1,"text":"\\u0000 \xe7\xa0\xb4"}'), arrival("2")])
    wanted = a_file(size=len(PICTURE))
    await store.write(
        Round(
            at=NOW,
            cases=[a_case()],
            conversations=[a_talk(case_no=NO)],
            entries=[a_line(text="电热壶 \0 坏了 🙂")],
            timers=[a_timer()],
            letters=[a_letter(1), a_letter(2), a_letter(3, chat=CHAT + 1)],
            deeds=[a_deed(), a_deed(act="note")],
            files=[wanted],
        )
    )
    await store.attempting([LetterId(1)], NOW)
    await store.settle([sent(1, 11)])
    await store.keep_file(wanted, sha256(PICTURE).hexdigest(), PICTURE, NOW)


async def told_by(address: str) -> dict[str, object]:
    """What a desk holds, asked as the bot asks."""
    async with at_home(address) as store:
        (_, lines), *_ = [one async for one in store.cases()]
        cases = [case async for case, _ in store.cases()]
        return {
            "cases": cases,
            "lines": [one.entry.text.replace("\0", "\N{SYMBOL FOR NULL}") for one in lines],
            "deeds": [one async for one in store.deeds()],
            "broken": await store.broken_seal(),
            "counts": await store.counts(),
            "picture": await store.file_bytes(sha256(PICTURE).hexdigest()),
            "letters": [one.id for one in await store.waiting()],
            "inbox": [(row.id, row.arrival) for row in await store.pending(10, now=NOW)],
        }


def names(folder: Path) -> list[str]:
    """What lies there."""
    return sorted(one.name for one in folder.iterdir())


def content(path: Path) -> bytes:
    """What stands in it."""
    return path.read_bytes()


def rights(path: Path) -> int:
    """Who may do what with it."""
    return path.stat().st_mode


def look(path: Path, query: str) -> list[tuple[object, ...]]:
    """What a copy answers."""
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute(query).fetchall()


def fill(path: Path, what: bytes) -> None:
    """Let this stand in it."""
    path.write_bytes(what)


def spoil(path: Path, statement: str) -> None:
    """Change something in a copy by hand."""
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute(statement)
