"""What Telegram's sentences mean, from the bytes of a refusal to the verdict."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, TimedOut

from bot.telegram.failures import SENTENCES, Fate, verdict
from bot.telegram.refusals import NotReached, refusal


def refused(code: int, description: str, **parameters: int) -> bytes:
    body = {"ok": False, "error_code": code, "description": description}
    return msgspec.json.encode({**body, "parameters": parameters} if parameters else body)


def fate(code: int, description: str) -> Fate:
    return verdict(refusal(code, refused(code, description))).fate


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", Fate.BLOCKED),
        (403, "Forbidden: user is deactivated", Fate.GONE),
        (403, "Forbidden: bot can't initiate conversation with a user", Fate.BLOCKED),
        (403, "Forbidden: bot was kicked from the supergroup chat", Fate.BLOCKED),
        (400, "Bad Request: chat not found", Fate.GONE),
        (400, "Bad Request: message thread not found", Fate.TOPIC_GONE),
        (400, "Bad Request: TOPIC_ID_INVALID", Fate.TOPIC_GONE),
        (400, "Bad Request: TOPIC_CLOSED", Fate.TOPIC_CLOSED),
        (400, "Bad Request: TOPIC_NOT_MODIFIED", Fate.DONE_ALREADY),
        (400, "Bad Request: message is not modified: specified new message content", Fate.DONE_ALREADY),
        (400, "Bad Request: message to delete not found", Fate.DONE_ALREADY),
        (400, "Bad Request: message to edit not found", Fate.TARGET_GONE),
        (400, "Bad Request: query is too old and response timeout expired", Fate.QUERY_TOO_OLD),
        (400, "Bad Request: can't parse entities: Unsupported start tag", Fate.REFUSED),
        (400, "Bad Request: message is too long", Fate.REFUSED),
        (400, "Bad Request: BOT_ACCESS_FORBIDDEN", Fate.SHUT),
        (400, "Bad Request: business connection not found", Fate.SHUT),
        (400, "Bad Request: there are no messages to forward", Fate.TARGET_GONE),
        (400, "Bad Request: message has protected content and can't be forwarded", Fate.REFUSED),
        (400, "Bad Request: BUTTON_DATA_INVALID", Fate.REFUSED),
        (400, "Bad Request: not enough rights to create a topic", Fate.NO_RIGHTS),
        (400, "Bad Request: have no rights to send a message", Fate.NO_RIGHTS),
        (400, "Bad Request: the moon is in the seventh house", Fate.PUZZLING),
        (403, "Forbidden: for reasons of state", Fate.PUZZLING),
        (401, "Unauthorized", Fate.TOKEN_WRONG),
        (404, "Not Found", Fate.TOKEN_WRONG),
        (500, "Internal Server Error", Fate.LATER),
        (503, "Service Unavailable", Fate.LATER),
    ],
)
def test_a_sentence_has_one_meaning(code: int, description: str, expected: Fate) -> None:
    """Permanent refusals are a table; what is not in it is puzzling and tried again."""
    assert fate(code, description) is expected


def test_no_entry_of_the_table_hides_behind_an_earlier_one() -> None:
    """Every sentence gets the fate that stands beside it."""
    assert {words: fate(400, f"Bad Request: {words}") for words, _ in SENTENCES} == dict(SENTENCES)


def test_telegrams_own_wish_is_obeyed() -> None:
    """The pause stands in the parameters, or inside the sentence when an album broke off half-way."""
    asked = verdict(refusal(429, refused(429, "Too Many Requests: retry after 237", retry_after=237)))
    assert (asked.fate, asked.wait.total_seconds()) == (Fate.FLOOD, 237)
    inside = (
        'Bad Request: failed to send message #1 with the error message "Too Many Requests: retry after 8"'
    )
    half = verdict(refusal(400, refused(400, inside)))
    assert (half.fate, half.wait.total_seconds()) == (Fate.FLOOD, 8)


def test_a_migration_names_the_new_chat() -> None:
    """The letter follows the group."""
    sentence = "Bad Request: group chat was upgraded to a supergroup chat"
    found = verdict(refusal(400, refused(400, sentence, migrate_to_chat_id=-1009)))
    assert (found.fate, found.new_chat) == (Fate.MIGRATED, -1009)


@pytest.mark.parametrize("code", [404, 500, 502, 503])
def test_a_page_of_a_gateway_says_only_that_it_was_not_served(code: int) -> None:
    """HTML from a proxy is no refusal of Telegram's, and is never quoted."""
    found = verdict(refusal(code, b"<html>secret words</html>"))
    assert found.fate is Fate.LATER
    assert "secret" not in found.reason


def test_a_gateway_that_gave_up_waiting_knows_nothing() -> None:
    """After a 504 the call may have had its effect."""
    assert verdict(refusal(504, b"<html></html>")).fate is Fate.UNKNOWN


def test_a_broken_line_is_unknown_and_an_unreached_server_is_not() -> None:
    """Only what surely had no effect is tried again without a mark."""
    assert verdict(NetworkError("reset")).fate is Fate.UNKNOWN
    assert verdict(TimedOut("late")).fate is Fate.UNKNOWN
    assert verdict(NotReached("refused")).fate is Fate.LATER


@given(st.integers(300, 599), st.binary(max_size=80))
def test_any_answer_has_a_verdict(code: int, body: bytes) -> None:
    """Whatever a server answers, the letter's fate is one of ours."""
    assert verdict(refusal(code, body)).fate is not Fate.DONE
