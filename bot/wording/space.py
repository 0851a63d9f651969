"""White space: writers wrap lines as they like, and the message comes out the same."""

import html as entities
import re

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_PARAGRAPH = "\x1e"
_BLANKS = re.compile(r"[ \t\u00a0]{2,}|\t")
_BLANK = ("  ", "\t", "\u00a0")
"""One of these stands wherever there are too many."""
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_WIDE_FROM = 0x2E80
_ENCLOSED = range(0x2460, 0x2500)


def marked(source: str) -> str:
    """A template's source with its blank lines marked.

    Only a blank line that the writer typed parts paragraphs; one that is left where a condition said nothing,
    or that a field brings along, does not.
    """
    return _BLANK_LINES.sub(f"\n{_PARAGRAPH}\n", source.replace("\r", ""))


def tidy(html: str) -> str:
    """Rendered Telegram HTML with its white space normalised.

    A mark parts paragraphs, `<br>` breaks a line, and any other line end only wraps the source: it becomes a
    space between words and nothing beside Chinese.
    """
    paragraphs = (_paragraph(one) for one in html.replace("\r", "").split(_PARAGRAPH))
    return "\n\n".join(one for one in paragraphs if plain(one).strip())


def plain(html: str) -> str:
    """What the reader sees: tags gone, entities resolved."""
    return entities.unescape(TAG.sub("", html) if "<" in html else html)


def _paragraph(source: str) -> str:
    joined = source.strip()
    if "\n" in joined:
        joined = _unwrapped(joined)
    if "<br" in joined:
        joined = _BREAK.sub("\n", joined)
    if any(one in joined for one in _BLANK):
        joined = _BLANKS.sub(" ", joined)
    return joined.strip()


def _unwrapped(source: str) -> str:
    lines = [line.strip() for line in source.split("\n") if line.strip()]
    whole = lines[0]
    for line in lines[1:]:
        whole += _glue(whole, line) + line
    return whole


def _glue(before: str, after: str) -> str:
    left, right = TAG.sub("", before)[-1:], TAG.sub("", after)[:1]
    return "" if not left or not right or _is_wide(left) or _is_wide(right) else " "


def _is_wide(character: str) -> bool:
    code = ord(character)
    return code >= _WIDE_FROM or code in _ENCLOSED
