"""Text and entities back to HTML, for tests and for the page."""

from html import escape

from bot.sandbox.errors import Json

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def to_html(text: str, entities: list[Json]) -> str:
    """Write the text with its entities as Telegram HTML; entities that HTML has no tag for are left out."""
    if not entities:
        return escape(text, quote=False)
    marks: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        tags = _tags(entity)
        if tags is None:
            continue
        marks.setdefault(entity["offset"], []).append(tags[0])
        # What opened later closes earlier, so an end goes in front of the ends already there.
        marks.setdefault(-entity["offset"] - entity["length"] - 1, []).insert(0, tags[1])
    return _woven(text, marks)


def _woven(text: str, marks: dict[int, list[str]]) -> str:
    parts: list[str] = []
    offset = 0
    for character in text:
        parts += marks.get(-offset - 1, ()) if offset else ()
        parts += marks.get(offset, ())
        parts.append(escape(character, quote=False))
        offset += 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 - beyond it UTF-16 takes two units
    parts += marks.get(-offset - 1, ())
    return "".join(parts)


def _tags(entity: Json) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "pre":
        language = entity.get("language")
        if language:
            return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
        return "<pre>", "</pre>"
    return _TAGS.get(kind)
