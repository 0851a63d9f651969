"""The sandbox: a local Telegram Bot API server for tests and demos, and its web page.

A test holds a `World`, serves it with `SandboxServer`, lets people act (`world.say(...)`) and waits for
what the bot does (`await world.wait_for(...)`). `python -m bot.sandbox` is the same as a process.
"""

from bot.sandbox.demo import Demo, demo_world
from bot.sandbox.errors import ApiError, ImpossibleError
from bot.sandbox.files import Upload
from bot.sandbox.messages import Message
from bot.sandbox.pacing import TELEGRAM_LIMITS, Limits
from bot.sandbox.people import ADMIN_RIGHTS, Chat, Person, Topic
from bot.sandbox.server import SandboxServer
from bot.sandbox.state import DEFAULT_TOKEN, Call, Query
from bot.sandbox.world import World

__all__ = [
    "ADMIN_RIGHTS",
    "DEFAULT_TOKEN",
    "TELEGRAM_LIMITS",
    "ApiError",
    "Call",
    "Chat",
    "Demo",
    "ImpossibleError",
    "Limits",
    "Message",
    "Person",
    "Query",
    "SandboxServer",
    "Topic",
    "Upload",
    "World",
    "demo_world",
]
