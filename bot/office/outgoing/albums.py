"""Joins copies of one album into one letter."""

from bot.complaint.letters import Letter, LetterKind


def as_albums(letters: list[Letter]) -> list[Letter]:
    """Copies of one album to the same place, joined into one letter."""
    parts: dict[tuple[str, str], list[Letter]] = {}
    for one in letters:
        if one.album is not None and one.kind is LetterKind.COPY and one.reply_to is None:
            parts.setdefault((one.line, one.album), []).append(one)
    albums = {whole[0].id: _album_of(whole) for whole in parts.values() if len(whole) > 1}
    inside = {one.id for whole in parts.values() if len(whole) > 1 for one in whole[1:]}
    return [albums.get(one.id, one) for one in letters if one.id not in inside]


def _album_of(parts: list[Letter]) -> Letter:
    sources = tuple(one.source for one in parts if one.source is not None)
    return parts[0].evolve(kind=LetterKind.ALBUM, source=None, sources=sources)
