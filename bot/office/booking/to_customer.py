"""Letters to the complainant: rendered replies, and agents' messages."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Any, Final

from bot.complaint import actions
from bot.complaint.actions import Button, Lane
from bot.complaint.doors import OWN_CHAT
from bot.complaint.errors import ComplaintError
from bot.complaint.evolving import replace
from bot.complaint.letters import Key, Letter, LetterKind
from bot.complaint.reading import Language
from bot.complaint.records import Entry
from bot.dialogue.presses import press_data
from bot.office.booking.turns import Forms, Occasion, enclosed
from bot.wording.catalogue import Catalogue
from bot.wording.dossier import dossier
from bot.wording.space import plain
from bot.wording.spelling import Spelling
from bot.wording.splitting import LONGEST_CAPTION, split

PRESS_LIFE: Final = timedelta(seconds=150)
"""How long Telegram accepts an answer to a press."""
TOLD_ANEW: Final = frozenset(
    {"people/still_on_it", "people/late", "people/progress", "people/postponed", "people/released"}
)
"""Replies that name a time: while one waits to be sent, a newer one replaces it."""
FLEETING: Final = {
    "people/added": timedelta(hours=1),
    "listening/noted": timedelta(hours=1),
    "nudge/first": timedelta(hours=3),
    "nudge/second": timedelta(hours=3),
}
"""Replies without a promise, and how long they are useful: after an outage they are dropped."""
SIMPLE: Final = "simple"
"""The folder of plain-language replies."""
Keys = tuple[tuple[Key, ...], ...]


class WordsWithoutPromise(ComplaintError):
    """A reply commits the brand, and no promise was written with it."""


class ToCustomer:
    """Renders replies, and makes letters of them."""

    def __init__(self, catalogue: Catalogue, forms: Forms, *, account_buttons: bool = True) -> None:
        self._catalogue = catalogue
        self._account_buttons = account_buttons
        self._forms = forms
        self._labels: dict[tuple[str, Language], str] = {}
        self._simple = frozenset(one for one in catalogue.names() if one.startswith(f"{SIMPLE}/"))

    def say(self, said: actions.Say, on: Occasion) -> tuple[list[Letter], list[Entry]]:
        """A reply as letters, split if it is too long, and as lines of the timeline.

        Raises:
            WordsWithoutPromise: it names a time by which something is done, and no row holds that time.
        """
        self._check_promise(said, on)
        html = self._catalogue.render(
            self._plainer(said.name, on),
            on.language,
            {**on.fields(), "zone": _zone(on), **said.fields},
        )
        keys, choices = self._offered(said, on)
        parts = split(f"{html}\n\n{self._typed(choices, on)}" if choices else html)
        life = FLEETING.get(said.name)
        letters = [
            self._forms.letter(
                on,
                LetterKind.TEXT,
                on.chat,
                said.lane,
                html=part,
                keys=keys if part is parts[-1] else (),
                choices=choices if part is parts[-1] else (),
                mergeable=said.lane is not Lane.URGENT and said.source is None and said.answers is None,
                drop_keyboard=_number_given(on),
                key=_told_anew(said, on) if len(parts) == 1 else None,
                expires_at=on.at + life if life is not None else None,
                source=said.source if part is parts[0] else None,
                part_of=said.source if part is not parts[0] else None,
                reply_to=said.answers,
                thread=said.thread,
            )
            for part in parts
        ]
        if on.turn.case is None:
            return letters, []
        return letters, [self._said(one, said, on) for one in letters]

    def _offered(
        self, said: actions.Say, on: Occasion
    ) -> tuple[tuple[tuple[Key, ...], ...], tuple[Key, ...]]:
        """The reply's buttons; in chats that show none, what can be typed instead."""
        keys = self._keys(said.buttons, on)
        if not keys or self._account_buttons or not _behind_a_door(on):
            return keys, ()
        return (), tuple(key for row in keys for key in row if key.data)

    def _typed(self, choices: Sequence[Key], on: Occasion) -> str:
        """What can be typed where no buttons are shown; what is a number already is not numbered once more."""
        labels = [key.label for key in choices]
        numbered = not any(one.strip().isdecimal() for one in labels)
        fields = {**on.fields(), "labels": labels, "numbered": numbered}
        return self._catalogue.render("business/choices", on.language, fields)

    def _plainer(self, name: str, on: Occasion) -> str:
        """The reply's plain-language form, if there is one and the complainant wants it."""
        talk = on.turn.conversation
        simple = f"{SIMPLE}/{name}"
        return simple if talk is not None and talk.simple and simple in self._simple else name

    def enclose(self, action: actions.Enclose, on: Occasion) -> Letter:
        """A file with all that is kept of these cases, and a few words under it."""
        shelf = self._catalogue.shelf(on.language)
        file = dossier(action, shelf.spelling, on.at)
        html = self._catalogue.render(action.name, on.language, {**on.fields(), **action.fields})
        return self._forms.letter(on, LetterKind.DOCUMENT, on.chat, Lane.TALK, html=html, file=file)

    def spelling(self, language: Language) -> Spelling:
        """How names, times and money are spelled for them."""
        return self._catalogue.shelf(language).spelling

    def hand_over(self, action: actions.HandOver, on: Occasion) -> list[Letter]:
        """Papers, one after another; a few words under the first."""
        words = self._catalogue.render(action.name, on.language, {**on.fields(), **action.fields})
        return [
            self._forms.letter(on, LetterKind.DOCUMENT, on.chat, Lane.TALK, html=html, file=one)
            for html, one in enclosed(action, words)
        ]

    def _said(self, letter: Letter, said: actions.Say, on: Occasion) -> Entry:
        """The line of the timeline: the bot's, or of the colleague whose ready line it was."""
        who = "agent" if said.by else "bot"
        entry = self._forms.entry(on, who, plain(letter.html), letter=letter.id, by=said.by)
        if said.source is None:
            return entry
        return replace(entry, chat=said.source.chat, message=said.source.message)

    def _check_promise(self, said: actions.Say, on: Occasion) -> None:
        """R22: a reply that commits has a promise with this very time; an agreement card has its offer."""
        due = said.fields.get("due")
        if due is None or not self._catalogue.page(said.name, on.language).front.promise:
            return
        case = on.turn.case
        promised = case is not None and any(one.due_at == due for one in case.promises)
        offered = case is not None and any(one.state == "chosen" for one in case.offers)
        if not promised and not offered:
            raise WordsWithoutPromise(said.name)

    def _keys(self, rows: actions.Rows, on: Occasion) -> Keys:
        turn = on.turn.conversation.turn if on.turn.conversation else 0
        return tuple(tuple(self._key(button, turn, on) for button in row) for row in rows)

    def _key(self, button: Button, turn: int, on: Occasion) -> Key:
        label = self._label(button, on.language)
        if button.kind == "contact":
            return Key(label=label, contact=True)
        return Key(
            label=label, data=press_data(button.act or button.name, button.value, turn), url=button.url
        )

    def _label(self, button: Button, language: Language) -> str:
        """The button's label, cached if it does not depend on the case."""
        if button.fields:
            return self._catalogue.label(button.name, language, button.fields)
        place = (button.name, language)
        if place not in self._labels:
            self._labels[place] = self._catalogue.label(button.name, language, {})
        return self._labels[place]

    def notice(self, answer: actions.AnswerPress, words: str, on: Occasion) -> Letter:
        """The answer to a press, as a short notice."""
        return self._forms.letter(
            on,
            LetterKind.ANSWER_PRESS,
            on.chat,
            Lane.URGENT,
            html=words,
            query=answer.query,
            alert=answer.alert,
            expires_at=on.at + PRESS_LIFE,
        )

    def notice_words(self, answer: actions.AnswerPress, on: Occasion) -> str:
        """What the notice says."""
        if answer.name is None:
            return ""
        return plain(self._catalogue.render(answer.name, on.language, {**on.fields(), **answer.fields}))

    def strip(self, strip: actions.StripButtons, on: Occasion) -> Letter:
        """The buttons of an answered question go."""
        ref = strip.message
        key = f"strip:{ref.chat}:{ref.message}"
        return self._forms.letter(on, LetterKind.BUTTONS, ref.chat, Lane.REST, target=ref.message, key=key)

    def carry(self, relay: actions.Relay, on: Occasion) -> list[Letter]:
        """An agent's message, exactly as it was written."""
        html = relay.html or escape(relay.text, quote=False)
        copied = relay.media is not None or relay.formatted
        if relay.media is not None and len(relay.text) > LONGEST_CAPTION and not relay.edited:
            return self._apart(relay, on, html)
        fields: dict[str, Any] = {"source": relay.source, "reply_to": relay.reply_to}
        if relay.edited:
            kind, fields = (
                LetterKind.EDIT,
                {"target_of": relay.source, "html": html, "caption": relay.media is not None},
            )
        elif relay.media is not None and _behind_a_door(on):
            # Telegram copies nothing into an account's chat: it is sent anew
            kind, fields = LetterKind.COPY, {**fields, "media": relay.media, "html": html}
        elif copied and not _behind_a_door(on):
            kind = LetterKind.COPY
            fields["album"] = relay.album
        else:
            return self._in_parts(relay, on, html)
        return [self._forms.letter(on, kind, on.case.chat, relay.lane, **fields)]

    def _apart(self, relay: actions.Relay, on: Occasion, html: str) -> list[Letter]:
        """A file whose text is too long for a caption: the text follows in a message of its own."""
        write, chat = self._forms.letter, on.case.chat
        whole: dict[str, Any] = {"source": relay.source, "reply_to": relay.reply_to}
        return [
            write(on, LetterKind.COPY, chat, relay.lane, bare=True, **whole, **_anew(relay, on)),
            *(
                write(on, LetterKind.TEXT, chat, relay.lane, html=part, part_of=relay.source)
                for part in split(html)
            ),
        ]

    def _in_parts(self, relay: actions.Relay, on: Occasion, html: str) -> list[Letter]:
        """Text that is too long for one message, in parts; the first part stands for all."""
        first, *rest = split(html) or [html]
        write, chat = self._forms.letter, on.case.chat
        return [
            write(
                on,
                LetterKind.TEXT,
                chat,
                relay.lane,
                html=first,
                source=relay.source,
                reply_to=relay.reply_to,
            ),
            *(write(on, LetterKind.TEXT, chat, relay.lane, html=part, part_of=relay.source) for part in rest),
        ]

    def unsend(self, unsend: actions.Unsend, on: Occasion) -> Letter:
        """The copy of an agent's message goes, however many messages it took."""
        return self._forms.letter(on, LetterKind.DELETE, on.case.chat, Lane.TALK, target_of=unsend.source)

    def react(self, react: actions.React, on: Occasion) -> Letter:
        """An agent's reaction on the complainant's own message."""
        return self._forms.letter(
            on, LetterKind.REACT, on.case.chat, Lane.REST, target_of=react.source, emoji=react.emoji
        )


def _zone(on: Occasion) -> str | None:
    """The time zone in which times are told; None for the brand's own."""
    return on.turn.case.facts.zone if on.turn.case is not None else None


def _behind_a_door(on: Occasion) -> bool:
    talk = on.turn.conversation
    return talk is not None and talk.door != OWN_CHAT


def _anew(relay: actions.Relay, on: Occasion) -> dict[str, Any]:
    return {"media": relay.media} if _behind_a_door(on) else {}


def _number_given(on: Occasion) -> bool:
    """Remove the contact button once the number is given."""
    before, after = on.before, on.turn.case
    return bool(after and after.facts.phone and (before is None or not before.facts.phone))


def _told_anew(said: actions.Say, on: Occasion) -> str | None:
    """The key by which a newer message of the same kind replaces this one."""
    if said.name not in TOLD_ANEW or on.turn.case is None:
        return None
    return f"told:{on.case.no}:{said.fields.get('kind', 'answer')}"
