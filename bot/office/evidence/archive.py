"""The archivist: fetches the files of every case in the background and keeps them with their hash.

A file to fetch is a row, written together with its message, so a crash costs a second download at most. Neither
clerk nor courier waits for it.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import structlog

from bot.complaint.deskwork import FileWanted, KeptFile
from bot.complaint.events import Event, Wrote
from bot.complaint.ids import CaseNo
from bot.complaint.squares import WroteInPublic
from bot.office.clock import Clock
from bot.office.evidence.transcribing import Scribe
from bot.store.port import Store
from bot.telegram.account import LARGEST_FILE
from bot.telegram.delivery import Telegram
from bot.telegram.troubles import Refused, TooBig, Unreachable

FILES: Final = frozenset(
    {"photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker"}
)
"""Kinds of media that are files; a place or a contact has its words in the timeline."""
TOGETHER: Final = 3
"""Files fetched at once, each at most 20 MB in memory."""
TRIES: Final = 5
"""How often Telegram may refuse a file before it counts as lost."""
FIRST_PAUSE: Final = timedelta(seconds=30)
"""The pause after the first refusal; each further one is four times as long, the last about 40 minutes."""
OUTAGE_PAUSE: Final = timedelta(minutes=1)
"""The pause while Telegram cannot be asked."""
SHORTEST_REST: Final = timedelta(seconds=2)
LONGEST_REST: Final = timedelta(minutes=1)

_log = structlog.get_logger(__name__)


def wanted_of(event: Event, case_no: CaseNo) -> list[FileWanted]:
    """The file of a message, in every version of it (S32); None if it has none."""
    if not isinstance(event, Wrote):
        return []
    shown = [one.media for one in event.files] if isinstance(event, WroteInPublic) else [event.media]
    return [
        FileWanted(
            unique_id=media.unique_id,
            file_id=media.file_id,
            case_no=case_no,
            kind=media.kind,
            size=media.size,
            name=media.name,
            mime=media.mime,
            at=event.at,
        )
        for media in shown
        if media is not None and media.kind in FILES and media.unique_id and media.file_id
    ]


class Archivist:
    """Fetches files until cancelled.

    Args:
        store: knows which files are wanted, and keeps them.
        telegram: gives them.
        clock: tells the time and waits for it.
        most: bytes that a file may have; what is larger is not asked for.
        scribe: writes down what was said aloud, if there is one.
        on_arrival: called when something came into the inbox by that.
    """

    def __init__(
        self,
        store: Store,
        telegram: Telegram,
        clock: Clock,
        *,
        most: int = LARGEST_FILE,
        scribe: Scribe | None = None,
        on_arrival: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._scribe = scribe
        self._on_arrival = on_arrival
        self._telegram = telegram
        self._clock = clock
        self._most = most
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._flights: set[tuple[CaseNo, str]] = set()
        self._landed: set[tuple[CaseNo, str]] = set()
        self._rest = timedelta(0)
        self._rests_until: datetime | None = None

    def wake(self) -> None:
        """A new file is wanted."""
        self._idle.clear()
        self._wake.set()

    async def idle(self) -> None:
        """Return when every file that may be asked for at this moment is fetched."""
        await self._idle.wait()

    async def run(self) -> None:
        """Fetch until cancelled; a file that is being fetched then is fetched again at the next start.

        Raises:
            StoreUnusable: the database fails.
            SettingsWrong: Telegram does not know the token.
        """
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                next_at = await self._begin(group)
                if not self._flights and not self._wake.is_set():
                    self._idle.set()
                await self._clock.wait(next_at, self._wake)

    async def _begin(self, group: asyncio.TaskGroup) -> datetime | None:
        """Start as many downloads as allowed; when to look again."""
        now = self._clock.now()
        if self._rests_until is None or now >= self._rests_until:
            # those under way still wait in the store, so as many again are enough to find new ones;
            # what lands while the store is being read may still be on the list, and is not wanted again
            self._landed.clear()
            for one in await self._store.wanted_files(TOGETHER, now):
                name = (one.wanted.case_no, one.wanted.unique_id)
                if name not in self._flights | self._landed and len(self._flights) < TOGETHER:
                    self._flights.add(name)
                    group.create_task(self._fly(one, name))
        return None if self._flights else await self._next()

    async def _fly(self, file: KeptFile, name: tuple[CaseNo, str]) -> None:
        try:
            await self._fetch(file)
        finally:
            self._flights.discard(name)
            self._landed.add(name)
            self.wake()

    async def _next(self) -> datetime | None:
        due = await self._store.next_file()
        if due is None or self._rests_until is None:
            return due
        return max(due, self._rests_until)

    async def _fetch(self, file: KeptFile) -> None:
        wanted = file.wanted
        if wanted.size > self._most:
            await self._give_up(wanted, "too_big", f"{wanted.size} bytes, and {self._most} may be fetched")
            return
        try:
            content = await self._telegram.download(wanted.file_id, self._most)
        except TooBig as error:
            await self._give_up(wanted, "too_big", error.detail)
        except Refused as error:
            self._served()
            await self._refused(file, error.detail)
        except Unreachable as error:
            await self._not_served(wanted, error)
        else:
            self._served()
            # written down first: kept, a file is not fetched again
            if self._scribe is not None and await self._scribe.write_down(file, content):
                self._on_arrival()
            digest = await asyncio.to_thread(lambda: sha256(content).hexdigest())
            await self._store.keep_file(wanted, digest, content, self._clock.now())

    async def _refused(self, file: KeptFile, reason: str) -> None:
        """Telegram refused: try again later, since the file may become available."""
        if file.attempts + 1 >= TRIES:
            await self._give_up(file.wanted, "lost", reason)
            return
        until = self._clock.now() + FIRST_PAUSE * 4**file.attempts
        await self._store.put_off_file(file.wanted, until, reason, counted=True)

    async def _not_served(self, wanted: FileWanted, error: Unreachable) -> None:
        """Telegram does not answer: try again without counting an attempt."""
        now = self._clock.now()
        self._rest = min(LONGEST_REST, max(SHORTEST_REST, self._rest * 2))
        self._rests_until = now + max(self._rest, error.wait)
        until = now + max(OUTAGE_PAUSE, error.wait)
        await self._store.put_off_file(wanted, until, error.detail, counted=False)

    def _served(self) -> None:
        self._rest, self._rests_until = timedelta(0), None

    async def _give_up(self, wanted: FileWanted, state: str, reason: str) -> None:
        _log.warning("file_not_kept", case=wanted.case_no, kind=wanted.kind, size=wanted.size, state=state)
        await self._store.give_up_file(wanted, state, reason)
