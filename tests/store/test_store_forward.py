"""Every schema that was ever released goes forward, with all that is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.complaint.colleagues import Colleague
from bot.complaint.ids import ThreadId, UserId
from bot.complaint.incidents import Alarm, Incident, IncidentNo, Linked, Matter, Sighting
from bot.complaint.lessons import Lesson, LessonNo, Mark
from bot.complaint.letters import LetterKind
from bot.complaint.records import Done, Round
from bot.store import Store, open_store
from bot.store.keeping import FactsRow
from bot.store.migrations import migrations
from tests.contract.store import (
    CHAT,
    DESK,
    NO,
    NOW,
    a_case,
    a_deed,
    a_file,
    a_letter,
    a_line,
    a_talk,
    a_timer,
    an_account,
    arrival,
    at_home,
    case_of,
    ref,
    sent,
)
from tests.store.test_store_ledger import full_case

Rows = dict[str, list[dict[str, object]]]
LESSON = Lesson(no=LessonNo(1), cause="c", what="w", owner="o", made_at=NOW, by="b", due_at=NOW, case_no=NO)
INCIDENT = Incident(no=IncidentNo(1), matter=Matter(product="toast"), alarm=Alarm.BY_HAND, opened_at=NOW)


async def _live(store: Store) -> None:
    """A day at the desk, which leaves something in every table."""
    await store.keep([arrival("1"), arrival("2", chat=8), arrival("3", chat=9)])
    rows = await store.pending(9, now=NOW)
    letters = [
        a_letter(1, DESK, kind=LetterKind.OPEN_TOPIC, topic=NO, html="王小明"),
        a_letter(2, DESK, topic=NO, source=ref(CHAT, 10), place="card"),
        a_letter(3, case_no=NO),
    ]
    account = an_account(await store.door_for(UserId(4)))
    await store.write(
        Round(
            at=NOW,
            accounts=[account],
            cases=[full_case(), a_case("000-0002", chat=2, closed_at=NOW)],
            conversations=[a_talk(case_no=NO)],
            done=[Done(row=rows[0].id), Done(row=rows[1].id, outcome="set_aside", reason="odd")],
            entries=[a_line(), a_line(who="bot", letter=3)],
            letters=letters,
            timers=[a_timer()],
            deeds=[a_deed(), a_deed()],
            colleagues=[Colleague(id=UserId(5))],
            files=[a_file("u1"), a_file("u2")],
            sightings=[Sighting(case_no=NO, at=NOW, product="toast")],
            incidents=[INCIDENT],
            linked=[Linked(incident=INCIDENT.no, case_no=NO, at=NOW)],
            lessons=[LESSON],
            marks=[Mark(case_no=NO, week="2026-W27", agent=None, by="b", at=NOW)],
        )
    )
    await store.settle([sent(1, thread=ThreadId(44)), sent(2, 20)])
    await store.keep_file(a_file("u1"), "ab" * 32, b"picture", NOW)
    await store.facts_key()
    one, _ = await store.unbooked(NOW, 9)
    await store.book([FactsRow(no=one.no, mark=one.mark, opened_at=NOW, last_at=NOW, form="f", body="{}")])


def _rows(file: Path) -> Rows:
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = [row[0] for row in connection.execute(names) if row[0] != "schema_version"]
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]  # noqa: S608 - names of our own
            for table in tables
        }


def _as_it_was(file: Path, version: int, rows: Rows) -> Rows:
    """A file of that version with what of these rows it could hold; and those."""
    held: Rows = {}
    with closing(sqlite3.connect(file)) as old, old:
        for step in migrations("sqlite")[:version]:
            old.executescript(step.script)
            old.execute("INSERT INTO schema_version VALUES (?, ?, 'then')", (step.version, step.name))
        for table, found in rows.items():
            columns = {name for (name,) in old.execute("SELECT name FROM pragma_table_info(?)", (table,))}
            for row in found if columns else ():
                kept = {name: value for name, value in row.items() if name in columns}
                names = ", ".join(f'"{name}"' for name in kept)
                places = ", ".join("?" * len(kept))
                old.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(kept.values()))  # noqa: S608 - as above
                held.setdefault(table, []).append(kept)
    return held


@pytest.mark.parametrize("version", [step.version for step in migrations("sqlite")])
async def test_a_desk_of_every_released_schema_goes_forward_with_its_data(
    tmp_path: Path, version: int
) -> None:
    """Row by row: what an older program wrote is there under the newest one, and can be worked with."""
    async with at_home(f"sqlite:///{tmp_path / 'now.db'}") as store:
        await _live(store)
    rows = _rows(tmp_path / "now.db")
    assert [table for table, found in rows.items() if not found] == []
    held = _as_it_was(tmp_path / "then.db", version, rows)
    assert len(held) >= 14
    async with at_home(f"sqlite:///{tmp_path / 'then.db'}") as store:
        assert await store.broken_seal() is None
        case = await case_of(store)
        assert case is not None
        await store.write(Round(at=NOW, cases=[case.evolve(finding="x")], letters=[a_letter(9)]))
        assert (await store.counts())["letters_waiting"] == 2
    grown = _rows(tmp_path / "then.db")
    for table, found in held.items():
        if table not in {"cases", "outbox", "unbooked"}:
            assert [{name: row[name] for name in found[0]} for row in grown[table]] == found, table
    assert [row["case_no"] for row in grown["cases"]] == [row["case_no"] for row in held["cases"]]
    assert grown.keys() == rows.keys()


async def test_a_desk_that_grew_up_opens_again(tmp_path: Path) -> None:
    """The steps are taken once."""
    _as_it_was(tmp_path / "then.db", 1, {})
    for _ in range(2):
        store = await open_store(f"sqlite:///{tmp_path / 'then.db'}")
        await store.close()
