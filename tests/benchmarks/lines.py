"""What one sendMessage costs on different HTTP clients: microseconds of CPU, and replies a second.

Run `python -m tests.benchmarks.lines [--calls 2000] [--rounds 5]`. The sandbox is a process of its own, pinned
to the last core, this one to the first; each figure is the median over the rounds. `pyreqwest` is measured
where it is installed. "bare protocol" is no client at all: one connection per worker, a fixed request head, and
the answer's length read from its header; it shows what Python itself costs.
"""

import argparse
import asyncio
import importlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import aiohttp
import msgspec
import uvloop
from telegram._utils.types import JSONDict
from telegram.request import HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.sandbox import DEFAULT_TOKEN
from bot.telegram.http_client import HttpClient

Send: TypeAlias = Callable[[JSONDict], Awaitable[object]]
Client: TypeAlias = Callable[[str, int], AbstractAsyncContextManager[Send]]

TEXT = "您好，您的投诉我们已经收到，编号 583-2716。专员会在今天 18:00 之前联系您。" * 2


def _data(body: JSONDict) -> RequestData:
    return RequestData([RequestParameter(name, value, None) for name, value in body.items()])


@asynccontextmanager
async def httpx_line(url: str, flights: int) -> AsyncIterator[Send]:
    """The library's own."""
    async with HTTPXRequest(connection_pool_size=flights) as line:
        yield lambda body: line.post(url, _data(body))


@asynccontextmanager
async def line_as_library(url: str, flights: int) -> AsyncIterator[Send]:
    """Our line, used as the library uses it."""
    async with HttpClient(connections=flights) as line:
        yield lambda body: line.post(url, _data(body))


@asynccontextmanager
async def our_line(url: str, flights: int) -> AsyncIterator[Send]:
    """Our line as the courier uses it."""
    async with HttpClient(connections=flights) as line:
        yield lambda body: line.ask(url, msgspec.json.encode(body))


@asynccontextmanager
async def pyreqwest_line(url: str, flights: int) -> AsyncIterator[Send]:
    """Rust's reqwest."""
    pyreqwest: Any = importlib.import_module("pyreqwest.client")
    async with pyreqwest.ClientBuilder().max_connections(flights).build() as client:

        async def send(body: JSONDict) -> bytes:
            request = client.post(url).header("Content-Type", "application/json")
            response = await request.body_bytes(msgspec.json.encode(body)).build().send()
            return bytes(await response.bytes())

        yield send


class _Wire(asyncio.Protocol):
    """One connection, one call at a time."""

    def __init__(self) -> None:
        self.got = b""
        self.answer: asyncio.Future[bytes] | None = None

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, found, rest = self.got.partition(b"\r\n\r\n")
        if not found or self.answer is None:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(rest) >= length:
            self.got = b""
            self.answer.set_result(rest)


@asynccontextmanager
async def bare_protocol(url: str, flights: int) -> AsyncIterator[Send]:
    """The floor."""
    place = urlsplit(url)
    loop = asyncio.get_running_loop()
    free: asyncio.Queue[tuple[asyncio.Transport, _Wire]] = asyncio.Queue()
    made: list[asyncio.Transport] = []
    for _ in range(flights):
        transport, wire = await loop.create_connection(_Wire, place.hostname or "", place.port or 80)
        made.append(transport)
        free.put_nowait((transport, wire))
    head = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"

    async def send(body: JSONDict) -> bytes:
        transport, wire = await free.get()
        raw = msgspec.json.encode(body)
        wire.answer = loop.create_future()
        transport.write(f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw)
        answer = await wire.answer
        free.put_nowait((transport, wire))
        return answer

    yield send
    for transport in made:
        transport.close()


CLIENTS: dict[str, Client] = {
    "HTTPXRequest (the library's)": httpx_line,
    "our line, library's post()": line_as_library,
    "our line, ask()": our_line,
    "pyreqwest": pyreqwest_line,
    "bare protocol": bare_protocol,
}


async def measured(
    client: Client, url: str, people: list[int], calls: int, flights: int
) -> tuple[float, float]:
    """CPU microseconds a call, and calls a second."""
    async with client(url, flights) as send:
        left = iter(range(calls))

        async def worker(chat: int) -> None:
            for _ in left:
                await send({"chat_id": chat, "text": TEXT, "parse_mode": "HTML"})

        await send({"chat_id": people[0], "text": TEXT})
        cpu, wall = time.process_time(), time.perf_counter()
        await asyncio.gather(*(worker(person) for person in people[:flights]))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return cpu / calls * 1e6, calls / wall


async def crowd(base: str) -> list[int]:
    """A hundred people who have begun a chat with the bot."""
    async with aiohttp.ClientSession() as session:
        body = {"customers": 100, "texts": ["/start"]}
        async with session.post(f"{base}/sandbox/crowd", json=body) as answer:
            found: dict[str, Any] = await answer.json()
    people: list[int] = found["result"]
    return people


def table(base: str, calls: int, rounds: int) -> None:
    """Measure everything and print it."""
    url = f"{base}/bot{DEFAULT_TOKEN}/sendMessage"
    people = asyncio.run(crowd(base))
    for name, client in CLIENTS.items():
        for loop in (asyncio.new_event_loop, uvloop.new_event_loop):
            cells = []
            for flights in (1, 20, 100):
                runs = []
                for _ in range(rounds):
                    with asyncio.Runner(loop_factory=loop) as runner:
                        try:
                            runs.append(runner.run(measured(client, url, people, calls, flights)))
                        except ModuleNotFoundError:
                            break
                cpu, rate = (
                    (statistics.median(column) for column in zip(*runs, strict=True)) if runs else (0, 0)
                )
                cells.append(f"{cpu:5.0f} µs {rate:5.0f}/s")
            loop_name = "uvloop" if loop is uvloop.new_event_loop else "asyncio"
            sys.stdout.write(f"{name:30} {loop_name:8} {' | '.join(cells)}\n")
            sys.stdout.flush()


def main() -> None:
    """Start the sandbox on the last core and measure from the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[0]})
    command = ["taskset", "-c", str(cores[-1]), sys.executable, "-m", "bot.sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sandbox:  # noqa: S603 - our own
        try:
            base = sandbox.stdout.readline().strip() if sandbox.stdout else ""
            sys.stdout.write(f"{'client':30} {'loop':8} 1, 20 and 100 in flight\n")
            table(base, arguments.calls, arguments.rounds)
        finally:
            sandbox.terminate()


if __name__ == "__main__":
    main()
