"""White space belongs to the engine: writers wrap lines as they like, and the message comes out the same."""

import html as entities
import re

_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BLANKS = re.compile(r"[ \t\u00a0]{2,}|\t")
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_WIDE_FROM = 0x2E80
_ENCLOSED = range(0x2460, 0x2500)


def tidy(html: str) -> str:
    """Telegram HTML with its white space set right.

    A blank line parts paragraphs, `<br>` breaks a line, and any other line end only wraps the source: it
    becomes a space between words and nothing beside Chinese.
    """
    text = html.replace("\r", "").strip()
    paragraphs = (_paragraph(one) for one in _PARAGRAPHS.split(text))
    return "\n\n".join(one for one in paragraphs if plain(one).strip())


def plain(html: str) -> str:
    """What the reader sees: tags gone, entities resolved."""
    return entities.unescape(TAG.sub("", html))


def _paragraph(source: str) -> str:
    joined = source.strip()
    if "\n" in joined:
        joined = _unwrapped(joined)
    if "<br" in joined:
        joined = _BREAK.sub("\n", joined)
    return _BLANKS.sub(" ", joined).strip()


def _unwrapped(source: str) -> str:
    lines = [line.strip() for line in source.split("\n")]
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
