"""The settings of the second reader: none of them is needed, and a wrong one is one line."""

import pytest

from bot.complaint.errors import SettingsWrong
from bot.config import read_settings

MODEL = {"COMPLAINT_BOT_MODEL_URL": "https://llm.example.com/v1/", "COMPLAINT_BOT_MODEL": "reader-7b"}


def test_without_a_model_there_is_none() -> None:
    """Absent: nothing is asked of anybody."""
    found = read_settings({})
    assert (found.model_url, found.model, found.model_key) == (None, None, None)


def test_an_address_and_a_name_are_enough() -> None:
    """Three seconds and a thousand calls a day are the defaults."""
    found = read_settings(MODEL)
    assert (found.model_url, found.model) == ("https://llm.example.com/v1", "reader-7b")
    assert (found.model_seconds, found.model_daily) == (3.0, 1000)


def test_everything_can_be_set_and_the_key_is_not_shown() -> None:
    """Key, patience and budget."""
    more = {
        "COMPLAINT_BOT_MODEL_KEY": "sk-very-secret",
        "COMPLAINT_BOT_MODEL_SECONDS": "1.5",
        "COMPLAINT_BOT_MODEL_DAILY": "20",
    }
    found = read_settings(MODEL | more)
    assert (found.model_key, found.model_seconds, found.model_daily) == ("sk-very-secret", 1.5, 20)
    assert "very-secret" not in repr(found)


@pytest.mark.parametrize(
    ("given", "name", "hint"),
    [
        ({"MODEL_URL": "https://llm.example.com"}, "MODEL", "Name the model"),
        ({"MODEL": "reader-7b"}, "MODEL_URL", "Write the endpoint's address"),
        ({"MODEL_KEY": "sk-hidden"}, "MODEL_URL", "Write the endpoint's address"),
        ({"MODEL_URL": "llm.example.com"}, "MODEL_URL", "Write it like https://"),
        ({"MODEL": "a\x00b"}, "MODEL", "as your endpoint lists it"),
        ({"MODEL_KEY": "sk-hidden\nsk-other"}, "MODEL_KEY", "Copy it again"),
        ({"MODEL_SECONDS": "0"}, "MODEL_SECONDS", "Write seconds from 0.1 to 30"),
        ({"MODEL_SECONDS": "nan"}, "MODEL_SECONDS", "Write seconds from 0.1 to 30"),
        ({"MODEL_SECONDS": "soon"}, "MODEL_SECONDS", "Write seconds from 0.1 to 30"),
        ({"MODEL_DAILY": "0"}, "MODEL_DAILY", "Write calls a day"),
        ({"MODEL_DAILY": "1e9"}, "MODEL_DAILY", "Write calls a day"),
        ({"MODEL_KEY_FILE": "/nowhere/key"}, "MODEL_KEY_FILE", "Name a readable text file"),
    ],
)
def test_a_wrong_value_is_one_line(given: dict[str, str], name: str, hint: str) -> None:
    """It names the variable, says what to do, and shows no key."""
    with pytest.raises(SettingsWrong) as caught:
        read_settings({f"COMPLAINT_BOT_{key}": value for key, value in given.items()})
    assert caught.value.detail.startswith(f"COMPLAINT_BOT_{name}:")
    assert hint in caught.value.detail
    assert "sk-hidden" not in caught.value.detail
