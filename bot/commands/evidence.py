"""Exports evidence files, unchanged, and the lines about them and about the audit."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from bot.commands.private import private
from bot.complaint.case import Case
from bot.complaint.deskwork import KeptFile, SealedDeed
from bot.complaint.errors import ComplaintError, SettingsWrong
from bot.logs import on_one_line
from bot.store.port import Store

Record = dict[str, Any]
ENDINGS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "audio/ogg": "oga",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "text/plain": "txt",
}
"""File endings by MIME type, for files that were sent without a name."""
USUAL: Final = {
    "photo": "jpg",
    "voice": "oga",
    "audio": "mp3",
    "video": "mp4",
    "video_note": "mp4",
    "animation": "mp4",
    "sticker": "webp",
}
"""… and by its kind, where Telegram tells no type."""
_ENDING: Final = re.compile(r"\.([A-Za-z0-9]{1,10})$")


class EvidenceSpoiled(ComplaintError):
    """Evidence in the database is not what was kept."""


def evidence_lines(case: Case, files: Sequence[KeptFile]) -> list[Record]:
    """What the complainant gave, each with what became of its file; then the files of the desk's side."""
    kept = {one.wanted.unique_id: one for one in files}
    lines = [
        {**given, **_state(kept.get(given["unique_id"]))} for given in msgspec.to_builtins(case.evidence)
    ]
    named = {given.unique_id for given in case.evidence}
    for unique_id, one in kept.items():
        if unique_id not in named:
            wanted = one.wanted
            given = {
                "at": wanted.at.isoformat(),
                "kind": wanted.kind,
                "file_id": wanted.file_id,
                "message": None,
                "unique_id": unique_id,
            }
            lines.append({**given, **_state(one)})
    return lines


def _state(file: KeptFile | None) -> Record:
    """State and hash of a file; nothing where there is none to keep (a place, a contact)."""
    if file is None:
        return {"sha256": None, "size": None, "state": None, "name": None, "reason": None, "file": None}
    is_kept = file.state == "kept"
    return {
        "sha256": file.sha256 or None,
        "size": file.size,
        "state": file.state,
        "name": file.wanted.name or None,
        "reason": file.reason or None,
        "file": file_name(file) if is_kept else None,
    }


def file_name(file: KeptFile) -> str:
    """The hash and an ending; of a sender's own name nothing but its ending is used."""
    wanted = file.wanted
    named = _ENDING.search(wanted.name)
    ending = named[1].lower() if named else ENDINGS.get(wanted.mime) or USUAL.get(wanted.kind, "bin")
    return f"{file.sha256}.{ending}"


def audit_line(sealed: SealedDeed) -> Record:
    """One act at the desk: who, when, what, before and after; `refused` says why it was not allowed."""
    deed = sealed.deed
    return {
        "number": sealed.number,
        "at": deed.at.isoformat(),
        "by": deed.by,
        "name": deed.name,
        "act": deed.act,
        "before": dict(deed.before),
        "after": dict(deed.after),
        "why": deed.why,
        "refused": deed.refused or None,
        "seal": sealed.seal,
    }


class EvidenceOut:
    """Writes kept files into a folder, and names on stderr what is not there.

    Args:
        store: where they are.
        folder: where they go.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._spoiled = 0

    async def write(self, case_no: str, evidence: Sequence[Record]) -> None:
        """The files of one case.

        Raises:
            SettingsWrong: the folder or a file in it cannot be written.
        """
        for one in evidence:
            content = await self._store.file_bytes(one["sha256"]) if one["file"] is not None else None
            if content is not None and sha256(content).hexdigest() == one["sha256"]:
                _put(self._folder, one["file"], content)
            elif one["file"] is not None:
                self._spoiled += 1
                what = "is missing" if content is None else "is not as it was kept"
                click.echo(f"case {case_no}: the file {one['file']} {what} in the database.", err=True)
            elif one["state"] is not None:
                click.echo(_missing(case_no, one), err=True)

    def close(self) -> None:
        """That was all.

        Raises:
            EvidenceSpoiled: some files' bytes are gone, or not those of their hash.
        """
        if self._spoiled:
            raise EvidenceSpoiled(f"{self._spoiled} of its files: compare the database with your last copy.")


def _put(folder: Path, name: str, content: bytes) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = folder / name
        private(place)
        place.write_bytes(content)
    except OSError as wrong:
        raise SettingsWrong(
            f"--files: {folder} cannot be written ({wrong.strerror}). Name another folder."
        ) from None


def _missing(case_no: str, line: Record) -> str:
    name = f" {line['name']}" if line["name"] else ""
    why = f": {line['reason']}" if line["reason"] else ""
    return on_one_line(
        f"case {case_no}: {line['kind']}{name} of {line['at']} is not there ({line['state']}{why})."
    )
