"""Opens a database: checks it, and migrates its schema, one replica at a time."""

from datetime import UTC, datetime
from typing import Final

from bot.complaint.errors import StoreUnusable
from bot.store.migrations import Migration, latest, migrations
from bot.store.postgres.connecting import Connection
from bot.store.postgres.numbers import BLOCK
from bot.store.rows import stamp

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/schema', 0))"

ENCODING = "SELECT current_setting('server_encoding'), current_schema()"

OUR_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = current_schema() AND table_name IN ('schema_version', 'inbox', 'cases', 'outbox', 'timeline')
"""

OUR_COLUMNS = """
SELECT count(*) FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = 'schema_version'
    AND column_name IN ('version', 'name', 'applied_at')
"""

COLUMNS: Final = 3

VERSION = "SELECT coalesce(max(version), 0) FROM schema_version"

RECORD = "INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)"

# Above every number that was ever written, also by another kind of database.
BLOCK_TAKEN = f"""
WITH taken AS MATERIALIZED (SELECT nextval('letter_blocks') AS block),
    written AS MATERIALIZED (SELECT coalesce(max(id), 0) / {BLOCK} + 1 AS above FROM outbox)
SELECT CASE WHEN above > block THEN setval('letter_blocks', above) ELSE block END FROM taken, written
"""  # noqa: S608 - a number of our own


async def prepare(connection: Connection, *, create: bool) -> int:
    """Check the database, migrate its schema, and take a first block of letter numbers.

    Raises:
        StoreUnusable: it cannot be used; the sentence says what to do.
    """
    encoding, schema = await connection.fetchrow(ENCODING)
    if encoding != "UTF8":
        raise StoreUnusable(f"Its encoding is {encoding}: make one with `createdb --encoding=UTF8`.")
    if schema is None:
        raise StoreUnusable("This user has no schema to make tables in: check its search_path and rights.")
    async with connection.transaction():
        await connection.fetch(LOCK)
        await _bring_up_to_date(connection, migrate=create)
        return int(await connection.fetchval(BLOCK_TAKEN))


async def _bring_up_to_date(connection: Connection, *, migrate: bool) -> None:
    """Apply the missing migrations, in the present transaction."""
    known = migrations("postgres")
    now = await _schema_version(connection)
    if now > known[-1].version:
        raise StoreUnusable(
            f"Its schema ({now}) is newer than this program's ({known[-1].version}): run a newer program."
        )
    missing = [step for step in known if step.version > now]
    if missing and not migrate:
        raise StoreUnusable(f"Its schema ({now}) is older than this program's: run `complaint-bot migrate`.")
    scripts = [latest("postgres")] if now == 0 else [step.script for step in missing]
    for script in scripts if missing else ():
        await connection.execute(script)
    await connection.executemany(RECORD, [_record(step) for step in missing])


def _record(step: Migration) -> tuple[int, str, str]:
    return (step.version, step.name, stamp(datetime.now(UTC)))


async def _schema_version(connection: Connection) -> int:
    tables = {name for (name,) in await connection.fetch(OUR_TABLES)}
    if not tables:
        return 0
    if "schema_version" not in tables or await connection.fetchval(OUR_COLUMNS) != COLUMNS:
        raise StoreUnusable("The database belongs to another program: name another database.")
    return int(await connection.fetchval(VERSION))
