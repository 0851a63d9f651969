"""Parses Telegram's HTML as Telegram does: text plus entities, or an error with a byte offset.

Offsets and lengths of entities are counted in UTF-16 code units; offsets in error messages in UTF-8 bytes.
"""

import re
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, Json, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_TOKEN = re.compile(r"[^<&]+|&(?:#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);|[<&]")
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>/"']+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[a-zA-Z0-9.\-]+))?""",
)
_REFERENCE = re.compile(r"&(?:#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"'，。；！？、）】》]+)"
    r"|(?<![\w@.])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})\b"
    r"|(?<![\w/.])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)",
)


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int


def units(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Read Telegram HTML; 400 "can't parse entities" with Telegram's own reason when it is malformed."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.offset = 0
        self.parts: list[str] = []
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        """Read all of it."""
        while (token := _TOKEN.match(self.source, self.at)) is not None:
            piece = token.group()
            if piece == "<":
                self._tag()
                continue
            self.at = token.end()
            self._add(_character(piece) if len(piece) > 1 and piece[0] == "&" else piece)
        if self.open:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        # The outer of two entities of the same place closed later and goes first.
        self.entities.reverse()
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def _add(self, piece: str) -> None:
        self.parts.append(piece)
        self.offset += units(piece)

    def _byte(self) -> int:
        return len(self.source[: self.at].encode())

    def _tag(self) -> None:
        end = self.source.find(">", self.at)
        closing = self.source.startswith("/", self.at + 1)
        if end < 0:
            raise _unreadable(f"Unclosed {'end' if closing else 'start'} tag at byte offset {self._byte()}")
        inside = self.source[self.at + 1 : end]
        if closing:
            self._close(inside[1:].strip().lower())
        else:
            self._start(inside)
        self.at = end + 1

    def _start(self, inside: str) -> None:
        name = re.split(r"\s", inside, maxsplit=1)[0]
        tag = name.lower()
        if tag not in KINDS:
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {self._byte()}')
        argument = _argument(tag, inside[len(name) :])
        if tag == "span" and argument != "spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte()}')
        self.open.append(_Open(tag, argument, self.offset))

    def _close(self, found: str) -> None:
        if not self.open:
            raise _unreadable(f"Unexpected end tag at byte offset {self._byte()}")
        tag = self.open[-1].tag
        if found and found != tag:
            raise _unreadable(
                f'Unmatched end tag at byte offset {self._byte()}, expected "</{tag}>", found "</{found}>"',
            )
        opened = self.open.pop()
        if self.offset > opened.offset:
            self._entity(opened)

    def _entity(self, opened: _Open) -> None:
        kind = KINDS[opened.tag]
        if any(KINDS[outer.tag] == kind for outer in self.open):
            return
        entity: Json = {"type": kind, "offset": opened.offset, "length": self.offset - opened.offset}
        if kind == "text_link":
            if not opened.argument:
                return
            entity["url"] = opened.argument
        elif kind == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.argument
        elif kind == "code" and self.open and self.open[-1].tag == "pre" and opened.argument:
            self.open[-1].argument = opened.argument
            return
        elif kind == "pre" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)


def _argument(tag: str, inside: str) -> str:
    """Read the one attribute that this tag knows."""
    for found in _ATTRIBUTE.finditer(inside):
        name = found.group("name").lower()
        value = _REFERENCE.sub(lambda one: _character(one.group()), (found.group("value") or "").strip("\"'"))
        if (tag, name) == ("a", "href"):
            return value
        if (tag, name) == ("blockquote", "expandable"):
            return "expandable"
        if (tag, name) == ("tg-emoji", "emoji-id"):
            return value
        if name == "class" and tag in {"code", "span"}:
            return value.removeprefix("language-").removeprefix("tg-")
    return ""


def _character(reference: str) -> str:
    if reference in _NAMED:
        return _NAMED[reference]
    number = reference[2:-1]
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    is_text = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode's own bounds
    return chr(code) if is_text else reference


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def found_entities(text: str) -> list[Json]:
    """Find what Telegram marks by itself: links, mentions, commands and mail addresses."""
    if "/" not in text and "@" not in text:
        return []
    entities = []
    for found in _FOUND.finditer(text):
        kind = found.lastgroup
        place = {"offset": units(text[: found.start()]), "length": units(found.group())}
        entities.append({"type": kind, **place})
    return entities


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Add to the writer's entities those that Telegram finds outside links and code."""
    extra = found_entities(text)
    if not extra:
        return entities
    closed = [one for one in entities if one["type"] in {"text_link", "code", "pre"}]
    free = [one for one in extra if not any(_overlap(one, other) for other in closed)]
    return sorted([*entities, *free], key=lambda one: (one["offset"], -one["length"]))


def _overlap(one: Json, other: Json) -> bool:
    starts_before = one["offset"] < other["offset"] + other["length"]
    return bool(starts_before and other["offset"] < one["offset"] + one["length"])


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends, as Telegram does, and move the entities with the text."""
    kept = text.strip()
    if len(kept) == len(text):
        return text, entities
    cut = units(text[: len(text) - len(text.lstrip())])
    size = units(kept)
    moved = []
    for one in entities:
        start = max(0, one["offset"] - cut)
        end = min(size, one["offset"] + one["length"] - cut)
        if end > start:
            moved.append({**one, "offset": start, "length": end - start})
    return kept, moved
