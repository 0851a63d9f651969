"""Actions that hand files to one person, or take a message out of the desk's group."""

from collections.abc import Mapping

from msgspec import Struct, field

from bot.complaint.case import Case
from bot.complaint.deskwork import KeptFile, Spoken
from bot.complaint.events import Media
from bot.complaint.ids import MessageRef, UserId
from bot.complaint.papers import Paper


class Enclose(Struct, frozen=True, kw_only=True):
    """Send the complainant a file with all that is kept of these cases; the reply `name` stands under it."""

    name: str
    cases: tuple[Case, ...]
    lines: tuple[Spoken, ...]
    files: tuple[KeptFile, ...]
    fields: Mapping[str, object] = field(default_factory=dict)


class HandOver(Struct, frozen=True, kw_only=True):
    """Hand these papers over, to the complainant or into the case's topic; the reply `name` stands under the first."""

    name: str
    papers: tuple[Paper, ...]
    to_customer: bool = True
    fields: Mapping[str, object] = field(default_factory=dict)


class HandPrivately(Struct, frozen=True, kw_only=True):
    """Show something to one colleague alone, in their own chat with the bot."""

    to: UserId
    name: str
    """The desk's words above it."""
    media: Media | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    """The names by which the words, and then the file, can be recalled."""


class Recall(Struct, frozen=True, kw_only=True):
    """Delete from a colleague's own chat what was handed to them under this name."""

    to: UserId
    place: str


class TakeDown(Struct, frozen=True, kw_only=True):
    """Delete a message of ours from the desk's group."""

    message: MessageRef
