"""Settings from the environment. A wrong value is one line that names the variable and says what to do."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bot.brand_files import DEMO_BRAND as DEMO_BRAND  # noqa: PLC0414 - asked for here
from bot.brand_files import load_rules as load_rules  # noqa: PLC0414 - asked for here
from bot.complaint.errors import SettingsWrong
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId

PREFIX: Final = "COMPLAINT_BOT_"
SECRETS: Final = ("TOKEN", "WEBHOOK_SECRET", "DATABASE", "MODEL_KEY")
"""What may come from a file as well: COMPLAINT_BOT_TOKEN_FILE and so on. An address may hold a password."""

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Where the front listens: for the webhook, and for the operator's views."""

    host: str = "127.0.0.1"
    port: int = 8080


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator decides. Secrets are left out of its `repr`."""

    token: str | None = field(default=None, repr=False)
    api_url: str = field(default="https://api.telegram.org", repr=False)
    database: str = field(default="sqlite:///complaints.db", repr=False)
    desk: ChatId | None = None
    brand: Path | None = None
    replies: Path | None = None
    webhook_url: str | None = field(default=None, repr=False)
    webhook_secret: str | None = field(default=None, repr=False)
    listen: Listen = Listen()
    listens: bool = False
    """Whether anything listens there: for the webhook, or because the operator named an address."""
    messages_per_second: float = 30.0
    model_url: str | None = field(default=None, repr=False)
    model: str | None = None
    model_key: str | None = field(default=None, repr=False)
    model_seconds: float = 3.0
    model_daily: int = 1000

    @property
    def needed_token(self) -> str:
        """The token, where nothing goes on without it.

        Raises:
            SettingsWrong: there is none.
        """
        if self.token is None:
            raise SettingsWrong(
                f"{PREFIX}TOKEN: it is not set. Write the token that @BotFather gave you, "
                f"or the path of a file with it in {PREFIX}TOKEN_FILE."
            )
        return self.token

    @property
    def needed_desk(self) -> ChatId:
        """The agents' group, where nothing goes on without it.

        Raises:
            SettingsWrong: there is none.
        """
        if self.desk is None:
            raise SettingsWrong(
                f"{PREFIX}DESK: it is not set. "
                "Write the chat id of the agents' forum group, such as -1001234567890."
            )
        return self.desk


def read_settings(environ: Mapping[str, str], *, to_run: bool = False) -> Settings:
    """Read the settings; `to_run` also wants what `run` cannot do without.

    Raises:
        SettingsWrong: a value is missing or wrong; the message names the variable and never shows a secret.
    """
    found = {name: _value(environ, name) for name in _READERS}
    settings = Settings(
        **{name.lower(): _READERS[name](name, value) for name, value in found.items() if value is not None}
    )
    settings = replace(settings, listens=bool(found["LISTEN"] or settings.webhook_url))
    _mind_the_model(settings)
    if to_run:
        _ = settings.needed_token, settings.needed_desk
    if settings.webhook_url and settings.webhook_secret is None and settings.token:
        # without a secret anybody could post updates; one that only the token's holder can know does as well
        derived = hashlib.sha256(f"webhook secret of {settings.token}".encode()).hexdigest()
        return replace(settings, webhook_secret=derived)
    return settings


def _mind_the_model(settings: Settings) -> None:
    """Address and name come together, or not at all."""
    if settings.model_url and not settings.model:
        raise SettingsWrong(
            f"{PREFIX}MODEL: it is not set. Name the model to ask, or unset {PREFIX}MODEL_URL."
        )
    if settings.model_url is None and (settings.model or settings.model_key):
        raise SettingsWrong(
            f"{PREFIX}MODEL_URL: it is not set. Write the endpoint's address, like https://api.openai.com/v1, "
            f"or unset everything that begins with {PREFIX}MODEL."
        )


def _value(environ: Mapping[str, str], name: str) -> str | None:
    here = environ.get(f"{PREFIX}{name}", "").strip()
    in_file = environ.get(f"{PREFIX}{name}_FILE", "").strip() if name in SECRETS else ""
    if here and in_file:
        raise SettingsWrong(f"{PREFIX}{name}: it is set twice. Keep it or {PREFIX}{name}_FILE, not both.")
    if not in_file:
        return here or None
    try:
        text = Path(in_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        raise SettingsWrong(
            f"{PREFIX}{name}_FILE: {in_file} cannot be read. Name a readable text file."
        ) from wrong
    if not text:
        raise SettingsWrong(f"{PREFIX}{name}_FILE: {in_file} is empty. Write the value into it.")
    return text


def _token(name: str, value: str) -> str:
    if _TOKEN.fullmatch(value) is None:
        raise SettingsWrong(
            f"{PREFIX}{name}: this is no bot token. Copy it again from @BotFather, like 123456:ABC-DEF."
        )
    return value


def _secret(name: str, value: str) -> str:
    if _WEBHOOK_SECRET.fullmatch(value) is None:
        raise SettingsWrong(
            f"{PREFIX}{name}: write 1 to 256 letters, digits, _ or -; Telegram takes nothing else."
        )
    return value


def _web_address(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise SettingsWrong(
            f'{PREFIX}{name}: "{value}" is no address. Write it like https://bot.example.com.'
        )
    return value.rstrip("/")


def _database(name: str, value: str) -> str:
    kind, _, rest = value.partition("://")
    if kind == "sqlite" and rest.startswith("/") and rest != "/":
        return value
    if kind in ("postgresql", "postgres") and rest:
        return f"postgresql://{rest}"
    raise SettingsWrong(
        f"{PREFIX}{name}: this is no database we know. Write sqlite:///complaints.db "
        "(four slashes for an absolute path) or postgresql://user:password@host/name."
    )


def _group(name: str, value: str) -> ChatId:
    if re.fullmatch(r"-\d{1,19}", value) is None:
        raise SettingsWrong(
            f'{PREFIX}{name}: "{value}" is no group\'s chat id. '
            "Write a negative number such as -1001234567890; a group's id begins with a minus."
        )
    return ChatId(int(value))


def _listen(name: str, value: str) -> Listen:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:  # noqa: PLR2004 - the highest port there is
        raise SettingsWrong(f'{PREFIX}{name}: "{value}" is no host:port. Write it like 127.0.0.1:8080.')
    return Listen(host=host.removeprefix("[").removesuffix("]"), port=int(port))


def _file(name: str, value: str) -> Path:
    path = Path(value)
    if not path.is_file():
        raise SettingsWrong(
            f"{PREFIX}{name}: {value} is no file. `complaint-bot init DIR` writes a brand file."
        )
    return path


def _folder(name: str, value: str) -> Path:
    path = Path(value)
    if not path.is_dir():
        raise SettingsWrong(f"{PREFIX}{name}: {value} is no folder. `complaint-bot init DIR` writes one.")
    return path


def _pace(name: str, value: str) -> float:
    try:
        pace = float(value)
    except ValueError:
        pace = 0.0
    if not 0 < pace <= 10_000:  # noqa: PLR2004 - also refuses inf and nan
        raise SettingsWrong(f'{PREFIX}{name}: "{value}" is no pace. Write messages a second, such as 30.')
    return pace


def _model(name: str, value: str) -> str:
    if not value.isprintable() or len(value) > 200:  # noqa: PLR2004 - longer than any model's name
        raise SettingsWrong(f"{PREFIX}{name}: this is no model's name. Write it as your endpoint lists it.")
    return value


def _key(name: str, value: str) -> str:
    if not value.isascii() or not value.isprintable():
        raise SettingsWrong(
            f"{PREFIX}{name}: this is no key. Copy it again; it is one line of plain letters."
        )
    return value


def _patience(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 30:  # noqa: PLR2004 - also refuses inf and nan
        raise SettingsWrong(
            f'{PREFIX}{name}: "{value}" is no patience. Write seconds from 0.1 to 30, such as 3.'
        )
    return seconds


def _calls(name: str, value: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", value) is None or int(value) == 0:
        raise SettingsWrong(f'{PREFIX}{name}: "{value}" is no budget. Write calls a day, such as 1000.')
    return int(value)


_READERS: Final[Mapping[str, Callable[[str, str], Any]]] = {
    "TOKEN": _token,
    "API_URL": _web_address,
    "DATABASE": _database,
    "DESK": _group,
    "BRAND": _file,
    "REPLIES": _folder,
    "WEBHOOK_URL": _web_address,
    "WEBHOOK_SECRET": _secret,
    "LISTEN": _listen,
    "MESSAGES_PER_SECOND": _pace,
    "MODEL_URL": _web_address,
    "MODEL": _model,
    "MODEL_KEY": _key,
    "MODEL_SECONDS": _patience,
    "MODEL_DAILY": _calls,
}
