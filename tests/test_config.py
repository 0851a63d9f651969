"""Settings: one line for whatever is wrong, and no secret in it."""

from pathlib import Path

import pytest

from bot.complaint.errors import SettingsWrong
from bot.config import Listen, read_settings

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
RUN = {"COMPLAINT_BOT_TOKEN": TOKEN, "COMPLAINT_BOT_DESK": "-1001234567890"}

MODEL = {"COMPLAINT_BOT_MODEL_URL": "https://llm.example.com/v1/", "COMPLAINT_BOT_MODEL": "reader-7b"}


def test_an_empty_environment_has_every_default() -> None:
    """What the outside contract names as default."""
    found = read_settings({})
    assert (found.api_url, found.database) == ("https://api.telegram.org", "sqlite:///complaints.db")
    assert (found.listen, found.messages_per_second) == (Listen(host="127.0.0.1", port=8080), 30.0)
    assert (found.token, found.desk, found.brand, found.replies, found.webhook_url) == (None,) * 5


def test_everything_can_be_set(tmp_path: Path) -> None:
    """Each variable of the outside contract is read."""
    brand = tmp_path / "brand.toml"
    brand.touch()
    found = read_settings(
        RUN
        | {
            "COMPLAINT_BOT_API_URL": "http://127.0.0.1:8081/",
            "COMPLAINT_BOT_DATABASE": "postgresql://u:p@db/complaints",
            "COMPLAINT_BOT_BRAND": str(brand),
            "COMPLAINT_BOT_REPLIES": str(tmp_path),
            "COMPLAINT_BOT_WEBHOOK_URL": "https://bot.example.com/hook",
            "COMPLAINT_BOT_WEBHOOK_SECRET": "s3cret_-",
            "COMPLAINT_BOT_LISTEN": "[::]:0",
            "COMPLAINT_BOT_MESSAGES_PER_SECOND": "12.5",
        },
        to_run=True,
    )
    assert (found.needed_token, found.needed_desk) == (TOKEN, -1001234567890)
    assert (found.api_url, found.database) == ("http://127.0.0.1:8081", "postgresql://u:p@db/complaints")
    assert (found.brand, found.replies) == (brand, tmp_path)
    assert (found.webhook_url, found.webhook_secret) == ("https://bot.example.com/hook", "s3cret_-")
    assert (found.listen, found.messages_per_second) == (Listen(host="::", port=0), 12.5)


@pytest.mark.parametrize("name", ["TOKEN", "WEBHOOK_SECRET", "DATABASE", "MODEL_KEY"])
def test_a_secret_may_lie_in_a_file(tmp_path: Path, name: str) -> None:
    """The file's content counts, without the line's end; a variable that is set empty is not set."""
    known = {"TOKEN": TOKEN, "WEBHOOK_SECRET": "abc", "DATABASE": "sqlite:////var/complaints.db"}
    value = known.get(name, "sk-1")
    path = tmp_path / "secret"
    path.write_text(f"{value}\n", encoding="utf-8")
    found = read_settings(MODEL | {f"COMPLAINT_BOT_{name}": " ", f"COMPLAINT_BOT_{name}_FILE": str(path)})
    assert getattr(found, name.lower()) == value


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("TOKEN", "hello", "Copy it again from @BotFather"),
        ("TOKEN", "123:abc/../x", "Copy it again from @BotFather"),
        ("API_URL", "api.telegram.org", "Write it like https://"),
        ("API_URL", "http://host:port", "Write it like https://"),
        ("WEBHOOK_URL", "ftp://x", "Write it like https://"),
        ("WEBHOOK_SECRET", "not allowed!", "letters, digits, _ or -"),
        ("DATABASE", "complaints.db", "Write sqlite:///complaints.db"),
        ("DATABASE", "sqlite://complaints.db", "Write sqlite:///complaints.db"),
        ("DATABASE", "mysql://u:hunter2@db/x", "Write sqlite:///complaints.db"),
        ("DESK", "12345", "a group's id begins with a minus"),
        ("DESK", "@mygroup", "a group's id begins with a minus"),
        ("LISTEN", "8080", "Write it like 127.0.0.1:8080"),
        ("LISTEN", "localhost:99999", "Write it like 127.0.0.1:8080"),
        ("MESSAGES_PER_SECOND", "0", "Write messages a second"),
        ("MESSAGES_PER_SECOND", "nan", "Write messages a second"),
        ("BRAND", "/nowhere/brand.toml", "complaint-bot init"),
        ("REPLIES", "/nowhere", "complaint-bot init"),
        ("TOKEN_FILE", "/nowhere/token", "Name a readable text file"),
    ],
)
def test_a_wrong_value_is_one_line_that_says_what_to_do(name: str, value: str, hint: str) -> None:
    """The line names the variable and the remedy."""
    with pytest.raises(SettingsWrong) as wrong:
        read_settings({f"COMPLAINT_BOT_{name}": value})
    assert f"COMPLAINT_BOT_{name}:" in str(wrong.value)
    assert hint in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("missing", ["TOKEN", "DESK"])
def test_run_wants_token_and_desk(missing: str) -> None:
    """Other commands do without; `run` names what is missing."""
    environ = {key: value for key, value in RUN.items() if not key.endswith(missing)}
    read_settings(environ)
    with pytest.raises(SettingsWrong, match=f"COMPLAINT_BOT_{missing}: it is not set"):
        read_settings(environ, to_run=True)


def test_a_secret_set_twice_is_refused(tmp_path: Path) -> None:
    """Which of the two would count is not to be guessed."""
    path = tmp_path / "token"
    path.write_text(TOKEN)
    with pytest.raises(SettingsWrong, match="it is set twice"):
        read_settings({"COMPLAINT_BOT_TOKEN": TOKEN, "COMPLAINT_BOT_TOKEN_FILE": str(path)})


def test_an_empty_secret_file_is_named(tmp_path: Path) -> None:
    """A file that was never filled is no token."""
    path = tmp_path / "token"
    path.touch()
    with pytest.raises(SettingsWrong, match=r"COMPLAINT_BOT_TOKEN_FILE: .* is empty"):
        read_settings({"COMPLAINT_BOT_TOKEN_FILE": str(path)})


@pytest.mark.practice("R16")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "110201543 AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
        ("WEBHOOK_SECRET", "hunter two"),
        ("DATABASE", "mysql://u:hunter2@db/x"),
    ],
)
def test_no_message_shows_a_secret(name: str, value: str) -> None:
    """Not even a wrong one."""
    with pytest.raises(SettingsWrong) as wrong:
        read_settings({f"COMPLAINT_BOT_{name}": value})
    assert not any(part in str(wrong.value) for part in ("AAHdq", "hunter"))


def test_settings_show_no_secret() -> None:
    """Printed whole, they hold neither token nor passwords."""
    secrets = RUN | {
        "COMPLAINT_BOT_DATABASE": "postgresql://u:hunter2@db/x",
        "COMPLAINT_BOT_WEBHOOK_SECRET": "open-sesame",
    }
    shown = repr(read_settings(secrets))
    assert not any(one in shown for one in (TOKEN, "hunter2", "open-sesame"))


def test_a_webhook_never_stands_without_a_secret() -> None:
    """Unset, it is derived from the token: the same after a restart, and known to nobody else."""
    environ = RUN | {"COMPLAINT_BOT_WEBHOOK_URL": "https://bot.example.com"}
    first, second = read_settings(environ).webhook_secret, read_settings(environ).webhook_secret
    assert first is not None
    assert first == second
    assert TOKEN.partition(":")[2] not in first
    assert len(first) == 64


def test_nothing_listens_unless_it_was_asked_for() -> None:
    """A bot that fetches its updates opens no port by itself."""
    assert not read_settings({}).listens
    assert read_settings({"COMPLAINT_BOT_LISTEN": "127.0.0.1:8080"}).listens
    assert read_settings({"COMPLAINT_BOT_WEBHOOK_URL": "https://bot.example.com"}).listens
