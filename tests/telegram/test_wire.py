"""The wire over real sockets: what it reads, what it keeps, what it lets go of."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.listening import let_in_the_last
from bot.telegram import wire
from bot.telegram.wire import Answer, Broken, Unconnected, Wire

Serves = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@asynccontextmanager
async def server(serve: Serves, trust: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(one, "127.0.0.1", 0, ssl=trust)
    async with running:
        scheme = "http" if trust is None else "https"
        yield f"{scheme}://localhost:{running.sockets[0].getsockname()[1]}"
        await let_in_the_last(running.sockets)


async def call(reader: asyncio.StreamReader) -> bytes:
    """A whole call, as it came in."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return head + await reader.readexactly(length)


def says(
    *answers: Sequence[bytes], seen: list[bytes] | None = None, lines: list[int] | None = None
) -> Serves:
    """Serves each connection these answers, piece by piece, and then nothing more."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if lines is not None:
            lines.append(1)
        for pieces in answers:
            came = await call(reader)
            if seen is not None:
                seen.append(came)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)

    return serve


async def gone(wires: Wire) -> None:
    """Return when the server's goodbye has come; only the connections themselves know of it."""
    async with asyncio.timeout(60.0):
        while any(one.usable for one in wires._open):  # noqa: ASYNC110 - there is nothing else to wait for
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    "pieces",
    [
        [OK],
        [OK[:9], OK[9:30], OK[30:]],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n", b"1\r\nk\r\n0\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\n\r\no", b"k"],
        [b"HTTP/1.1 100 Continue\r\n\r\n", OK],
        [b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"],
    ],
    ids=["whole", "in pieces", "chunked", "to the end", "after an announcement", "old"],
)
async def test_an_answer_is_read_however_it_is_sent(pieces: list[bytes]) -> None:
    """Its length may be told before, in pieces, or by the end of the connection."""
    wires = Wire(2)
    async with server(says(pieces)) as url:
        assert await wires.post(f"{url}/x?a=1", b"{}", 60.0) == (200, b"ok")
    wires.close()


async def test_a_call_is_plain_http() -> None:
    """The address, the server's name, who calls, and the body's own length in bytes."""
    seen: list[bytes] = []
    wires = Wire(1)
    async with server(says([OK], seen=seen)) as url:
        await wires.post(f"{url}/bot1:x/getMe?a=1", "好".encode(), 60.0)
    host = url.removeprefix("http://").encode()
    assert seen == [
        b"POST /bot1:x/getMe?a=1 HTTP/1.1\r\nHost: " + host + b"\r\n"
        b"Content-Type: application/json\r\nContent-Length: 3\r\n\r\n" + "好".encode()
    ]
    wires.close()


@pytest.mark.parametrize(
    "pieces",
    [
        [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"],
        [b"HTTP/1.1 200"],
        [b"HELLO\r\n\r\n"],
        [],
    ],
    ids=["half", "half in pieces", "half a head", "no http", "nothing"],
)
async def test_half_an_answer_is_none(pieces: list[bytes]) -> None:
    """Whether the call was taken is then not known."""
    wires = Wire(1)
    async with server(says(pieces)) as url:
        with pytest.raises(Broken):
            await wires.post(url, b"{}", 60.0)
    wires.close()


@pytest.mark.parametrize(
    "first",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        OK + b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 2\r\n\r\nno",
        OK + b"HTTP",
    ],
    ids=["closing", "with a goodbye", "with the beginning of one"],
)
async def test_no_answer_is_taken_for_another_calls(first: bytes) -> None:
    """A connection on which more came than was asked for, or nothing more will come, is not used again."""
    lines: list[int] = []
    wires = Wire(1)
    async with server(says([first], [OK], lines=lines)) as url:
        assert await wires.post(url, b"{}", 60.0) == (200, b"ok")
        assert await wires.post(url, b"{}", 60.0) == (200, b"ok")
    assert len(lines) == 2
    wires.close()


async def test_a_connection_that_the_server_closed_while_it_was_idle_is_not_used_again() -> None:
    """The next call goes out on a fresh one and finds its way."""
    lines: list[int] = []
    wires = Wire(1)
    async with server(says([OK], lines=lines)) as url:
        for _ in range(3):
            assert await wires.post(url, b"{}", 60.0) == (200, b"ok")
            await gone(wires)
    assert len(lines) == 3
    wires.close()


async def test_a_late_answer_is_given_up_with_its_connection() -> None:
    """What comes in after its time is nobody's answer."""
    lines: list[int] = []
    asked = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(1)
        await call(reader)
        if len(lines) == 1:
            await asked.wait()
        writer.write(OK)

    wires = Wire(1)
    async with server(serve) as url:
        with pytest.raises(TimeoutError):
            await wires.post(url, b"{}", 0.05)
        asked.set()
        assert await wires.post(url, b"{}", 60.0) == (200, b"ok")
    assert len(lines) == 2
    wires.close()


async def test_a_call_that_is_called_off_frees_its_place() -> None:
    """The next caller gets a connection of their own."""
    begun = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if b"first" in await call(reader):
            begun.set()
            await reader.read()
        writer.write(OK)

    wires = Wire(1)
    async with server(serve) as url:
        first = asyncio.create_task(wires.post(url, b'"first"', 60.0))
        await begun.wait()
        first.cancel()
        assert await wires.post(url, b"{}", 60.0) == (200, b"ok")
        with pytest.raises(asyncio.CancelledError):
            await first
    wires.close()


async def test_a_call_is_handed_over_only_where_a_connection_is_free() -> None:
    """Where none is, nothing is sent, and its caller has to wait like any other."""
    seen: list[bytes] = []
    wires = Wire(2)
    async with server(says([OK], [OK], seen=seen)) as url:
        landed: asyncio.Queue[Answer] = asyncio.Queue()
        assert not wires.hand(url, b"1", 60.0, landed.put_nowait)
        await wires.post(url, b"2", 60.0)
        assert wires.hand(url, b"3", 60.0, landed.put_nowait)
        assert not wires.hand(url, b"4", 60.0, landed.put_nowait)
        assert await landed.get() == (200, b"ok")
    assert [call[-1:] for call in seen] == [b"2", b"3"]
    wires.close()


async def test_who_waits_goes_when_a_handed_call_has_landed() -> None:
    """All calls share the same connections."""
    wires = Wire(1)
    async with server(says([OK], [OK], [OK])) as url:
        await wires.post(url, b"1", 60.0)
        landed: list[Answer] = []
        assert wires.hand(url, b"2", 60.0, landed.append)
        assert await wires.post(url, b"3", 60.0) == (200, b"ok")
        assert landed == [(200, b"ok")]
    wires.close()


async def test_each_handed_call_ends_in_its_own_time() -> None:
    """A call without an answer ends when its own patience does, and at closing time at the latest."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while b"silence" not in await call(reader):
            writer.write(OK)
        await reader.read()

    wires = Wire(2)
    async with server(serve) as url:
        await asyncio.gather(wires.post(url, b"1", 60.0), wires.post(url, b"2", 60.0))
        patient, hasty = asyncio.Queue[Answer](), asyncio.Queue[Answer]()
        assert wires.hand(url, b"silence", 60.0, patient.put_nowait)
        assert wires.hand(url, b"silence", 0.05, hasty.put_nowait)
        assert isinstance(await hasty.get(), TimeoutError)
        assert patient.empty()
        wires.close()
        assert isinstance(await patient.get(), Broken)


async def test_each_server_has_connections_of_its_own() -> None:
    """What is meant for one is never told to another."""
    heard: tuple[list[bytes], list[bytes]] = [], []
    wires = Wire(1)
    async with server(says([OK], seen=heard[0])) as one, server(says([OK], seen=heard[1])) as other:
        await wires.post(one, b"1", 60.0)
        await wires.post(other, b"2", 60.0)
    assert [[call[-1:] for call in calls] for calls in heard] == [[b"1"], [b"2"]]
    wires.close()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "nowhere", "ftp://x/", "http://x:y/", "http://", "http://ü/"]
)
async def test_what_is_no_address_is_not_reached(url: str) -> None:
    """Nothing was sent, so trying again is harmless."""
    with pytest.raises(Unconnected):
        await Wire(1).post(url, b"{}", 60.0)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """One for localhost, signed by itself, with its key."""
    made = tmp_path / "localhost.pem"
    other = tmp_path / "other.pem"
    asked = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(  # noqa: S603 - arguments of our own
        [*asked.split(), "-keyout", str(made), "-out", str(other)],
        check=True,
        capture_output=True,
    )
    made.write_text(made.read_text() + other.read_text())
    return made


async def test_a_server_that_nobody_vouches_for_is_told_nothing(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token travels to whom the system trusts; and to them it does travel."""
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(certificate)
    seen: list[bytes] = []
    async with server(says([OK], [OK], seen=seen), trust) as url:
        wires = Wire(1)
        with pytest.raises(Unconnected):
            await wires.post(url, b"{}", 60.0)
        assert seen == []
        known = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(wire, "_trusted", lambda: known)
        assert await wires.post(url, b"{}", 60.0) == (200, b"ok")
        assert await wires.post(url, b"{}", 60.0) == (200, b"ok")
        wires.close()
