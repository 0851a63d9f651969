"""A message as a chat bubble: Telegram's few tags as plain HTML."""

import html as entities
import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from bot.wording.space import TAG

_PIECE = re.compile(rf"({TAG.pattern})")
_NAME = re.compile(r"</?([A-Za-z][\w-]*)")
_ADDRESS = re.compile(r"""href\s*=\s*["']?((?:https?|tg|mailto|tel):[^"'>\s]*)""", re.IGNORECASE)
_SHOWN_AS = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em"), "i"),
    **dict.fromkeys(("u", "ins"), "u"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("tg-spoiler", "span"), "span"),
    **{one: one for one in ("code", "pre", "a", "blockquote")},
}


def bubble(html: str, wrong: tuple[str, ...] = ()) -> Markup:
    """The message as HTML that is safe in any page and always closed; `wrong` words in it are marked."""
    opened: list[str] = []
    shown = "".join(_pieces(html, wrong, opened))
    return Markup(shown + "".join(f"</{tag}>" for tag in reversed(opened)))  # noqa: S704 - made of escaped pieces


def _pieces(html: str, wrong: tuple[str, ...], opened: list[str]) -> Iterator[str]:
    for piece in _PIECE.split(html):
        found = _NAME.match(piece)
        tag = _SHOWN_AS.get(found[1].lower()) if found is not None else None
        if tag is None:
            yield _text(piece, wrong)
        elif not piece.startswith("</"):
            opened.append(tag)
            yield _start(tag, piece)
        elif opened and opened[-1] == tag:
            opened.pop()
            yield f"</{tag}>"
        else:
            yield str(escape(piece))


def _start(tag: str, piece: str) -> str:
    address = _ADDRESS.search(piece)
    if tag == "a" and address is not None:
        return f'<a href="{escape(entities.unescape(address[1]))}" rel="noopener noreferrer">'
    return '<span class="spoiler">' if tag == "span" else f"<{tag}>"


def _text(piece: str, wrong: tuple[str, ...]) -> str:
    text = entities.unescape(piece)
    if not wrong:
        return str(escape(text))
    parts = re.split("(" + "|".join(map(re.escape, sorted(wrong, key=len, reverse=True))) + ")", text)
    return "".join(
        f"<mark>{escape(one)}</mark>" if n % 2 else str(escape(one)) for n, one in enumerate(parts)
    )
