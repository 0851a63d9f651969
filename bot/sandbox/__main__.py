"""The sandbox as a process of its own: `python -m bot.sandbox --port 8081 --token 1:abc`.

Prints its address as one line on stdout and then serves until SIGTERM or SIGINT.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable

from bot.sandbox.demo import demo_world
from bot.sandbox.pacing import TELEGRAM_LIMITS, Limits
from bot.sandbox.server import SandboxServer
from bot.sandbox.state import DEFAULT_TOKEN


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bot.sandbox", description="A local Telegram Bot API server.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--lang", default="zh", choices=("zh", "en"))
    parser.add_argument("--limits", action="store_true", help="hold Telegram's limits of speed")
    return parser.parse_args()


async def _serve(arguments: argparse.Namespace) -> None:
    limits = TELEGRAM_LIMITS if arguments.limits else Limits()
    demo = demo_world(arguments.lang, token=arguments.token, limits=limits)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with SandboxServer(demo.world, host=arguments.host, port=arguments.port) as server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        await stop.wait()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    return uvloop.new_event_loop


def main() -> None:
    """Run it, on uvloop where there is one."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(_arguments()))


if __name__ == "__main__":
    main()
