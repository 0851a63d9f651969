"""Logs say what happened, never what anybody wrote, or who they are."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog

from bot.complaint.errors import SettingsWrong
from bot.logs import KEPT_OUT, configure, discreet_words

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@contextmanager
def logs_in(*, console: bool) -> Iterator[io.StringIO]:
    """Logs go here, and afterwards to where they went before."""
    root, ours = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure(stream=stream, console=console)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**ours)


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    with logs_in(console=False) as stream:
        yield stream


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_is_one_json_object_with_time_and_level(out: io.StringIO) -> None:
    """What was done, to which case, how long it took."""
    structlog.get_logger().info("case opened", case_no="583-2716", chat=-1001234567890, took_ms=3.5)
    [line] = lines(out)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "case opened", "level": "info", "case_no": "583-2716", "chat": -1001234567890, "took_ms": 3.5,
    }  # fmt: skip


@pytest.mark.practice("R16")
@pytest.mark.parametrize("key", sorted(KEPT_OUT))
def test_words_and_names_never_come_through(out: io.StringIO, key: str) -> None:
    """Whoever hands them over, at any depth, under any capitals."""
    structlog.get_logger().info("heard", **{key: "发霉了"}, inner={"kept": 1, key.upper(): "发霉了"})
    assert "发霉了" not in out.getvalue()
    assert lines(out)[0]["inner"] == {"kept": 1}


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"GET https://api.telegram.org/bot{TOKEN}/getMe", TOKEN),
        ("POST http://127.0.0.1:8081/bot1:abc/sendMessage", "1:abc"),
        (f"token {TOKEN} refused", TOKEN),
        ("postgresql://clerk:hunter2@db/complaints", "hunter2"),
        ("call 13812345678 back", "13812345678"),
        ("call +49 170 1234567 back", "1234567"),
        ("call 138 1234 5678", "1234 5678"),
    ],
)
def test_secrets_and_numbers_are_masked_wherever_they_stand(out: io.StringIO, text: str, secret: str) -> None:
    """In our own lines, in lists, in libraries' lines, and in what an exception says."""
    structlog.get_logger().info("ours", where=[text])
    logging.getLogger("some.library").warning("theirs %s", text)
    try:
        int(text)
    except ValueError:
        structlog.get_logger().exception("failed")
    assert len(lines(out)) == 3
    assert secret not in out.getvalue()


@pytest.mark.parametrize(
    "text", ["listening on 127.0.0.1:8080", "due 2026-07-01 09:30:00", "case 583-2716", "took 12:30"]
)
def test_what_is_no_secret_stays_readable(out: io.StringIO, text: str) -> None:
    """Addresses, times and case numbers are what logs are for."""
    structlog.get_logger().info(text)
    assert lines(out)[0]["event"] == text


def test_libraries_speak_in_our_form_and_only_when_it_matters(out: io.StringIO) -> None:
    """Their warnings are lines like ours, with their name; every request's address is not told."""
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("telegram.ext").warning("slow")
    [line] = lines(out)
    assert (line["event"], line["logger"], line["level"]) == ("slow", "telegram.ext", "warning")


def test_people_get_a_readable_line() -> None:
    """On a terminal no JSON, and the same discretion."""
    with logs_in(console=True) as stream:
        structlog.get_logger().info("case opened", case_no="583-2716", text="发霉了")
        logging.getLogger("some.library").warning("slow")
    assert "583-2716" in stream.getvalue()
    assert "slow" in stream.getvalue()
    assert "发霉了" not in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_the_least_level_is_kept(out: io.StringIO) -> None:
    """Debug lines are not written at level info."""
    structlog.get_logger().debug("detail")
    assert out.getvalue() == ""


def test_an_exception_tells_where_and_what_sort_and_quotes_nobody(out: io.StringIO) -> None:
    """Whatever failed at somebody's words may hold them, in a cause or a group as well."""
    try:
        try:
            raise KeyError("发霉了")  # noqa: TRY301 - a cause is wanted
        except KeyError as error:
            raise ExceptionGroup(
                "发霉了", [ValueError("发霉了"), SettingsWrong("COMPLAINT_BOT_DESK")]
            ) from error
    except ExceptionGroup:
        structlog.get_logger().exception("failed")
        logging.getLogger("some.library").exception("failed too")
    ours, theirs = lines(out)
    for one in (ours, theirs):
        assert "KeyError: (not shown)" in one["exception"]
        assert "ValueError: (not shown)" in one["exception"]
        assert "COMPLAINT_BOT_DESK" in one["exception"]
        assert "test_logs.py" in one["exception"]


@pytest.mark.parametrize("console", [True, False])
def test_nobody_forges_a_line_or_steers_a_terminal(*, console: bool) -> None:
    """What comes from outside has neither line ends nor escapes nor turned writing, whoever logs it."""
    bad = "a\x1b[2J\x9b31m\u202eb\r\nfeigned"
    with logs_in(console=console) as out:
        structlog.get_logger().warning("refused", reason=bad, several=[bad], inner={bad: bad})
        logging.getLogger("some.library").warning("got %s", bad)
        told = out.getvalue()
    assert len(told.splitlines()) == 2
    assert not [sign for sign in ("\x1b[2J", "\x9b", "\u202e", "\r") if sign in told]
    assert told.count("feigned") == 5


def test_an_example_of_an_address_stays_readable() -> None:
    """What to write is shown as it is to be written; a real password beside it is not."""
    told = discreet_words("postgresql://u:S3cret@host/x is none: write postgresql://user:password@host/name")
    assert told == "postgresql://***@host/x is none: write postgresql://user:password@host/name"
