"""The plug-in interface for transcribing voice messages. None comes with the bot."""

import asyncio
from importlib import import_module
from typing import Final, Protocol, runtime_checkable

import structlog

from bot.complaint.deskwork import KeptFile
from bot.complaint.errors import SettingsWrong
from bot.complaint.events import Transcribed
from bot.complaint.records import Arrival
from bot.office.clock import Clock
from bot.office.incoming.post import encode_event
from bot.policy.voices import VoiceRules
from bot.store.port import Store

ALOUD: Final = frozenset({"voice", "video_note", "audio"})
"""Kinds of media that are transcribed."""
SOURCE: Final = "transcriber"
LONGEST: Final = 4000
"""A longer text is no transcript of half an hour of speech."""

_log = structlog.get_logger(__name__)


@runtime_checkable
class Transcriber(Protocol):
    """The interface of a plug-in."""

    async def transcribe(self, sound: bytes, mime: str) -> str:
        """The words of a recording as Telegram stores it (voice: Opus in OGG); empty where there are none.

        Whatever it raises is told in the log by its class, and the message is left to people.
        """
        ...


class Scribe:
    """Has recordings transcribed, and puts the result into the inbox.

    Args:
        plug_in: writes them down.
        rules: how long it may take.
        store: keeps what comes of it, once for each recording.
        clock: tells the time.
    """

    def __init__(self, plug_in: Transcriber, rules: VoiceRules, store: Store, clock: Clock) -> None:
        self._plug_in = plug_in
        self._rules = rules
        self._store = store
        self._clock = clock

    async def write_down(self, file: KeptFile, content: bytes) -> bool:
        """Transcribe a recording; whether anything came of it. A repetition is stored once."""
        wanted = file.wanted
        if wanted.kind not in ALOUD:
            return False
        text = await self._heard(content, wanted.mime)
        if not text:
            return False
        known = await self._store.state(chats=(), cases=(wanted.case_no,), threads=())
        case = known.cases.get(wanted.case_no)
        if case is None or case.retired_at is not None:
            # forgotten while its recording was on the way
            return False
        now = self._clock.now()
        event = Transcribed(
            at=now, chat=case.chat, case_no=case.no, kind="transcript", key=wanted.unique_id, text=text
        )
        key = f"{case.no}:{wanted.unique_id}"
        await self._store.keep(
            [Arrival(source=SOURCE, key=key, chat=case.chat, body=encode_event(event), at=now)]
        )
        return True

    async def _heard(self, content: bytes, mime: str) -> str:
        try:
            async with asyncio.timeout(self._rules.seconds):
                text = await self._plug_in.transcribe(content, mime)
        except Exception as error:  # noqa: BLE001 - a plug-in is not ours: whatever it does, evidence is kept
            _log.warning("not_transcribed", reason=type(error).__name__)
            return ""
        return str(text).strip()[:LONGEST]


def plug_in(rules: VoiceRules) -> Transcriber | None:
    """The brand's plug-in: the object of that name, or what a class of that name makes; None if none is named.

    Raises:
        SettingsWrong: there is no such thing, or it is no transcriber.
    """
    if not rules.transcriber:
        return None
    module, _, name = rules.transcriber.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError):
        raise SettingsWrong(
            f"COMPLAINT_BOT_BRAND: voice.transcriber: there is no {rules.transcriber}. Install it where the bot "
            "runs, or leave it out."
        ) from None
    made = found() if isinstance(found, type) else found
    if not isinstance(made, Transcriber):
        raise SettingsWrong(
            f"COMPLAINT_BOT_BRAND: voice.transcriber: {rules.transcriber} has no method transcribe(sound, mime)."
        )
    return made


def scribe_of(rules: VoiceRules, store: Store, clock: Clock) -> Scribe | None:
    """The scribe with the brand's plug-in; None if it has none.

    Raises:
        SettingsWrong: as `plug_in`.
    """
    found = plug_in(rules)
    return Scribe(found, rules, store, clock) if found is not None else None
