"""Which files are wanted as evidence."""

from typing import Any

import pytest

from bot.complaint.case import Person
from bot.complaint.deskwork import FileWanted
from bot.complaint.events import AgentWrote, CustomerEdited, CustomerWrote, Media
from bot.complaint.ids import ChatId, MessageId, UserId
from bot.office.evidence.archive import wanted_of
from tests.handclock import START
from tests.office.cellar import CASE

MEDIA = Media(kind="voice", file_id="f", unique_id="u", mime="audio/ogg", name="n", size=7)
WHO = Person(id=UserId(7), name="Alice")


def _wrote(media: Media | None, kind: type[CustomerWrote | CustomerEdited | AgentWrote]) -> Any:  # noqa: ANN401 - any of them
    return kind(at=START, chat=ChatId(7), sender=WHO, message=MessageId(1), media=media)


@pytest.mark.practice("S32")
@pytest.mark.parametrize("kind", [CustomerWrote, CustomerEdited, AgentWrote])
def test_whoever_sends_or_changes_a_file_it_is_wanted(
    kind: type[CustomerWrote | CustomerEdited | AgentWrote],
) -> None:
    """Both sides, and every version."""
    (wanted,) = wanted_of(_wrote(MEDIA, kind), CASE)
    assert wanted == FileWanted(
        unique_id="u",
        file_id="f",
        case_no=CASE,
        kind="voice",
        size=7,
        name="n",
        mime="audio/ogg",
        at=START,
    )


@pytest.mark.parametrize(
    "media",
    [
        None,
        Media(kind="contact", unique_id="77", detail="+86"),
        Media(kind="location", detail="1, 2"),
        Media(kind="photo", file_id="f"),
        Media(kind="photo", unique_id="u"),
    ],
)
def test_what_is_no_file_is_not_wanted(media: Media | None) -> None:
    """A contact's own number is no name of a file, and a file without a name cannot be told from others."""
    assert wanted_of(_wrote(media, CustomerWrote), CASE) == []
