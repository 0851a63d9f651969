"""`complaint-bot migrate --from … --to …`: the desk in another database, row by row, or nothing of it."""

import signal
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from bot.complaint.records import Round
from bot.store import open_store
from tests.commands.copying import furnish, look, names, told_by
from tests.contract.servers import Server
from tests.contract.store import LASTING, NOW, POSTGRES, a_case, a_talk, at_home, by_hand, opened, until
from tests.processes import PATIENCE, Ended, Running, clean_environment, command


@pytest.fixture(name="server", scope="module")
def _server() -> Iterator[Server]:
    found = Server()
    try:
        found.start()
        yield found
    finally:
        found.remove()


@pytest.fixture(name="homes")
async def _homes(server: Server, tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    """A database of each kind: a desk may be in either."""
    async with server.database() as name:
        yield {"sqlite": f"sqlite:///{tmp_path / 'desk.db'}", POSTGRES: server.far_address(name)}


async def migrate(folder: Path, source: str, target: str) -> Ended:
    """The command."""
    return await command("migrate", "--from", source, "--to", target, cwd=folder, env=clean_environment())


def sum_of(path: Path) -> str:
    """What a file's bytes come to."""
    return sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("start", sorted(LASTING))
async def test_a_desk_moves_to_the_other_kind_and_is_the_same_there(
    tmp_path: Path, homes: dict[str, str], start: str
) -> None:
    """Cases, talks, audit, evidence, letters, timers and inbox; letters that wait are not made doubtful."""
    (goal,) = homes.keys() - {start}
    async with at_home(homes[start]) as store:
        await furnish(store)
    before = await told_by(homes[start])
    ended = await migrate(tmp_path, homes[start], homes[goal])
    assert ended.code == 0, ended.err
    assert b"Moved: 1 cases" in ended.out
    assert "hunter2" not in ended.err + ended.out.decode()
    assert await told_by(homes[goal]) == before
    async with at_home(homes[goal]) as store:
        assert [one.attempted_at for one in await store.waiting()] == [None, None]
        newest = max(one.id for one in await store.waiting())
        await store.state(chats=[], cases=[], threads=[])
        assert store.letter_ids(1)[0] > newest
        await opened(store, a_case("000-0009", 99))
    assert len((await told_by(homes[start]))["cases"]) == 1  # type: ignore[arg-type]


async def test_the_old_file_stays_as_it_was(tmp_path: Path, homes: dict[str, str]) -> None:
    """Not a byte of it is changed, and it can be moved again to somewhere else."""
    async with at_home(homes["sqlite"]) as store:
        await furnish(store)
    before = sum_of(tmp_path / "desk.db")
    for target in (homes[POSTGRES], f"sqlite:///{tmp_path / 'again.db'}"):
        assert (await migrate(tmp_path, homes["sqlite"], target)).code == 0
        assert sum_of(tmp_path / "desk.db") == before
    assert look(tmp_path / "again.db", "SELECT count(*) FROM cases") == [(1,)]


@pytest.mark.parametrize("start", sorted(LASTING))
async def test_a_desk_that_a_bot_uses_is_not_moved(tmp_path: Path, homes: dict[str, str], start: str) -> None:
    """It would go on writing where nobody looks any more."""
    (goal,) = homes.keys() - {start}
    async with at_home(homes[start]) as store:
        await furnish(store)
        await store.pending(1, now=a_case().opened_at)
        ended = await migrate(tmp_path, homes[start], homes[goal])
        assert ended.code == 2
        assert "in use" in ended.lines[-1]
    async with at_home(homes[goal]) as store:
        assert (await store.counts())["open_cases"] == 0


@pytest.mark.parametrize("goal", sorted(LASTING))
async def test_what_is_not_empty_is_left_alone(tmp_path: Path, homes: dict[str, str], goal: str) -> None:
    """Two desks cannot become one."""
    (start,) = homes.keys() - {goal}
    for home in homes.values():
        async with at_home(home) as store:
            await furnish(store)
    ended = await migrate(tmp_path, homes[start], homes[goal])
    assert ended.code == 2
    assert "not empty" in ended.lines[-1]
    assert len((await told_by(homes[goal]))["cases"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("goal", sorted(LASTING))
async def test_a_desk_to_which_somebody_has_only_said_hello_is_not_empty(
    tmp_path: Path, homes: dict[str, str], goal: str
) -> None:
    """What was said there would become a part of the other desk."""
    (start,) = homes.keys() - {goal}
    async with at_home(homes[start]) as store:
        await furnish(store)
    async with at_home(homes[goal]) as store:
        await store.write(Round(at=NOW, conversations=[a_talk()]))
    ended = await migrate(tmp_path, homes[start], homes[goal])
    assert ended.code == 2
    assert "not empty" in ended.lines[-1]
    assert "--force" not in ended.lines[-1]


async def test_a_row_that_cannot_be_written_undoes_all(tmp_path: Path, homes: dict[str, str]) -> None:
    """All or nothing: the new database is as empty as before."""
    async with at_home(homes["sqlite"]) as store:
        await furnish(store)
    await (await open_store(homes[POSTGRES])).close()
    await by_hand(homes[POSTGRES], "ALTER TABLE timers ADD CHECK (length(key) < 1)", "SELECT 1")
    ended = await migrate(tmp_path, homes["sqlite"], homes[POSTGRES])
    assert ended.code == 2
    assert "Traceback" not in ended.err
    async with at_home(homes[POSTGRES]) as store:
        assert [one async for one in store.cases()] == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_move_that_is_broken_off_leaves_nothing_and_is_made_again(
    tmp_path: Path, homes: dict[str, str], how: signal.Signals
) -> None:
    """Not even the copy among the temporary files, which holds all that customers have told."""
    scratch, desk = tmp_path / "scratch", f"sqlite:///{tmp_path / 'desk.db'}"
    scratch.mkdir()
    async with at_home(desk) as store:
        await furnish(store)
    await (await open_store(homes[POSTGRES])).close()
    holder = await asyncpg.connect(homes[POSTGRES])
    try:
        await holder.execute("BEGIN; LOCK TABLE timers IN SHARE MODE")
        moving = await Running.start(
            *("-m", "bot", "migrate", "--from", desk, "--to", homes[POSTGRES]),
            cwd=tmp_path,
            env=clean_environment() | {"TMPDIR": str(scratch)},
        )
        waits = "SELECT true FROM pg_locks WHERE NOT granted"
        assert await until(lambda: holder.fetchval(waits), PATIENCE)
        made = names(scratch)
        moving.process.send_signal(how)
        code = await moving.process.wait()
    finally:
        await holder.close()
    assert (len(made), names(scratch), code) == (1, [], 2)
    assert moving.err[-1] == "complaint-bot: Broken off."
    assert not [line for line in moving.err if "Traceback" in line]
    assert (await migrate(tmp_path, desk, homes[POSTGRES])).code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "sqlite:///none.db", "--to", "sqlite:///new.db"), "no database at"),
        (("--from", "sqlite:///none.db"), "--from needs --to"),
        (("--from", "mysql://x/y", "--to", "sqlite:///new.db"), "no kind of database"),
        (("--from", "sqlite:///one.db", "--to", "one.db"), "no kind of database"),
        (("--from", "sqlite:///one.db", "--to", "sqlite:///./one.db"), "same database"),
        (("--from", "sqlite:///one.db", "--to", "postgresql://u:secret@127.0.0.1:1/x"), "cannot be reached"),
        (("--from", "sqlite:///one.db", "--to", "sqlite:////nowhere/new.db"), "does not exist"),
    ],
)
async def test_what_cannot_be_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    """It says what to do, holds no password, and the exit code is 2."""
    await (await open_store(f"sqlite:///{tmp_path / 'one.db'}")).close()
    ended = await command("migrate", *arguments, cwd=tmp_path, env=clean_environment())
    assert ended.code == 2
    assert words in ended.lines[-1]
    assert "secret" not in ended.err
    assert "Traceback" not in ended.err


async def test_a_desk_moves_to_another_disk_than_that_of_temporary_files(tmp_path: Path) -> None:
    """No file can be renamed from one to the other."""
    async with at_home(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        await furnish(store)
    with TemporaryDirectory(dir=elsewhere(tmp_path)) as folder:
        ended = await migrate(tmp_path, f"sqlite:///{tmp_path / 'desk.db'}", f"sqlite:///{folder}/new.db")
        found = names(Path(folder))

    assert ended.code == 0, ended.err
    assert found == ["new.db"]


def elsewhere(folder: Path) -> Path:
    """Another disk than that of this folder."""
    shared = Path("/dev/shm")  # noqa: S108 - looked at, and a folder of our own made in it
    if not shared.is_dir() or shared.stat().st_dev == folder.stat().st_dev:
        pytest.skip("there is no second disk here")
    return shared
