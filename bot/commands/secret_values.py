"""Collects this process's secret values, so that logs and messages can mask them."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from bot.config import PREFIX, SECRETS


def secrets_in(environ: Mapping[str, str]) -> Iterator[str]:
    """Tokens, keys, and the passwords of addresses; of a token also the half that makes it one."""
    for name in SECRETS:
        for value in (
            environ.get(f"{PREFIX}{name}", "").strip(),
            _filed(environ.get(f"{PREFIX}{name}_FILE")),
        ):
            if "://" in value:
                yield from _in_address(value)
            else:
                yield from (value, value.partition(":")[2])
    for name, value in environ.items():
        if name.startswith(PREFIX) and "://" in value:
            yield from _in_address(value)


def _in_address(address: str) -> Iterator[str]:
    """The password of an address, as it is written there and as it is meant."""
    password = address.partition("://")[2].rpartition("@")[0].partition(":")[2]
    yield from (password, unquote(password))
    with suppress(ValueError):
        yield from (
            one
            for name, found in parse_qs(urlsplit(address).query).items()
            if "pass" in name
            for one in found
        )


def _filed(path: str | None) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return Path(path).read_text("utf-8").strip() if path else ""
    return ""
