"""Who opened the Mini App: what Telegram signed is believed, and nothing else."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.launch import AHEAD, FRESH, LONGEST, LaunchExpired, LaunchUnsigned, read_launch

TOKEN = "123456:AAbbCC"
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
USER = {"id": 42, "first_name": "岚", "last_name": "陈", "language_code": "zh-hans"}


def signed(token: str = TOKEN, at: datetime = NOW, **changes: str) -> str:
    """What Telegram hands over, reckoned here as its documentation says."""
    fields = {
        "query_id": "AAHdF6IQAAAAAN0XohDhrOrc",
        "user": json.dumps(USER, ensure_ascii=False),
        "auth_date": str(int(at.timestamp())),
        "signature": "c2lnbmVkIGJ5IFRlbGVncmFt",
        **changes,
    }
    check = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return urlencode({**fields, "hash": hmac.new(key, check.encode(), hashlib.sha256).hexdigest()})


def test_what_telegram_signed_tells_who_came() -> None:
    """A good signature names the person and the moment; fields that we do not know are signed all the same."""
    launch = read_launch(signed(start_param="board", chat_type="supergroup"), TOKEN, NOW)

    assert (launch.user, launch.name, launch.at) == (42, "岚 陈", NOW)


def test_a_signature_made_with_another_bots_token_is_worth_nothing() -> None:
    """Whoever runs a bot of their own can sign for that bot only."""
    with pytest.raises(LaunchUnsigned):
        read_launch(signed("654321:AAbbCC"), TOKEN, NOW)


@given(st.data())
def test_whoever_changes_anything_is_not_believed(data: st.DataObject) -> None:
    """Any field that is changed, added or taken away breaks the signature."""
    fields = dict(parse_qsl(signed()))
    name = data.draw(st.sampled_from(sorted(fields)))
    fields[name] = data.draw(st.text(max_size=70).filter(lambda text: text != fields[name]))
    with pytest.raises(LaunchUnsigned):
        read_launch(urlencode(fields), TOKEN, NOW)
    kept = {key: value for key, value in parse_qsl(signed()) if key != name}
    with pytest.raises(LaunchUnsigned):
        read_launch(urlencode(kept), TOKEN, NOW)
    with pytest.raises(LaunchUnsigned):
        read_launch(signed() + "&more=1", TOKEN, NOW)


@given(st.text(max_size=300))
def test_noise_is_refused_and_breaks_nothing(noise: str) -> None:
    """Whatever comes instead of a signature is turned away the same way."""
    with pytest.raises(LaunchUnsigned):
        read_launch(noise, TOKEN, NOW)


@pytest.mark.parametrize(
    "written",
    [
        signed().replace("&hash=", "&hash=0&hash="),
        signed(user="{}"),
        signed(user="[]"),
        signed(auth_date="-1"),
        signed(auth_date="1e9"),
        signed(auth_date="9" * 40),
        signed(user="x" * LONGEST),
        "hash=",
        "",
    ],
)
def test_what_was_signed_must_make_sense(written: str) -> None:
    """A field that comes twice, a launch without a person or a moment, or one that is far too long is refused."""
    with pytest.raises(LaunchUnsigned):
        read_launch(written, TOKEN, NOW)


@pytest.mark.parametrize(
    "age", [FRESH + timedelta(seconds=1), timedelta(days=400), -AHEAD - timedelta(seconds=1)]
)
def test_an_old_signature_is_worth_nothing(age: timedelta) -> None:
    """An address with a signature in it that somebody finds later opens nothing; nor does one from the future."""
    with pytest.raises(LaunchExpired):
        read_launch(signed(at=NOW - age), TOKEN, NOW)


@pytest.mark.parametrize("age", [FRESH, timedelta(0), -AHEAD])
def test_a_signature_is_good_for_an_hour(age: timedelta) -> None:
    """Up to its last second, and though Telegram's clock is a little before ours."""
    assert read_launch(signed(at=NOW - age), TOKEN, NOW).user == 42
