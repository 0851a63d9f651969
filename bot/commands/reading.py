"""`complaint-bot read`: messages in, readings out, as JSON Lines."""

from typing import BinaryIO

import msgspec

from bot.complaint.errors import SettingsWrong
from bot.complaint.reading import Language
from bot.reading import Reader, as_contract, built_in_cues


class _Line(msgspec.Struct):
    id: str | int
    text: str
    lang: str | None = None


def read_lines(source: BinaryIO, sink: BinaryIO) -> None:
    """Read every line of `source`; an empty line is skipped.

    Raises:
        SettingsWrong: a line is not the JSON that is expected; it is named by its number.
    """
    reader = Reader(built_in_cues())
    for number, raw in enumerate(source, 1):
        if not raw.strip():
            continue
        try:
            line = msgspec.json.decode(raw, type=_Line)
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise SettingsWrong(f'line {number}: write {{"id": …, "text": …}} ({wrong})') from None
        hint = Language.EN if line.lang == "en" else Language.ZH if line.lang else None
        reading = reader.read(line.text, lang_hint=hint)
        sink.write(msgspec.json.encode({**as_contract(str(line.id), reading), "id": line.id}) + b"\n")
    sink.flush()
