"""Letters to the desk: topic, card, transcript, the complainant's messages, and short lines."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from html import escape
from typing import Any, Final

from bot.complaint import actions
from bot.complaint.actions import Lane, Situation
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.doors import AGAIN, OWN_CHAT, door_of
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId
from bot.complaint.letters import Enclosed, Key, Letter, LetterKind
from bot.complaint.reading import Language
from bot.desk import cannot_be_copied, card, folded, press_data
from bot.desk.cards.products import in_desk_words
from bot.desk.discretion import discreet
from bot.desk.presses import NO_CASE
from bot.desk.sheet import DONE
from bot.office.booking.gathering import Gathering
from bot.office.booking.opening import WITHOUT_STAMP, files_of, titled, under_the_card
from bot.office.booking.turns import Forms, Occasion, enclosed
from bot.office.groups import Groups
from bot.policy.calling import ahead
from bot.policy.rules import Rules
from bot.wording.catalogue import Catalogue
from bot.wording.space import plain
from bot.wording.splitting import LONGEST_CAPTION, split

THEIRS: Final = ("customer_edited", "not_shown")
"""Lines that every message of a complainant may cause."""
_CLOSES: Final = (LetterKind.CLOSE_TOPIC, LetterKind.REOPEN_TOPIC)
MARK: Final = ((actions.Button("sens_mark", "sens_mark"),),)


class ToDesk:
    """Renders what the desk is told, in the brand's first language."""

    def __init__(self, catalogue: Catalogue, rules: Rules, groups: Groups, forms: Forms) -> None:
        self._groups = groups
        self._catalogue = catalogue
        self._rules = rules
        self._forms = forms
        self._language = rules.languages[0]
        self._gathering = Gathering()

    def tell(self, told: actions.Tell, on: Occasion) -> list[Letter]:
        """A line in the case's topic, or in General; people mentioned stand at its end."""
        reader = told.private_to
        keys = self._keys(told.buttons, on, reader, told.about)
        words = self.words(told.name, on, told.fields, reader)
        parts = split(f"{words}\n{called(told.calls)}" if told.calls else words)
        where: dict[str, Any] = {"general": told.general, "chat": told.chat, "reply_to": told.answers}
        if told.instead_of is not None:
            target = told.instead_of.message
            turned: dict[str, Any] = {**where, "html": parts[0], "keys": keys, "key": f"turned:{target}"}
            return [self._to(on, LetterKind.EDIT, told.lane, target=target, **turned)]
        # several alarms that wait ring as one message
        joins = told.lane is Lane.ALARM and told.general and told.place is None
        where |= {"thread": told.thread, "place": told.place, "mergeable": joins}
        letters = [
            self._to(on, LetterKind.TEXT, told.lane, html=part, keys=keys, key=told.key, **where)
            for part in parts[: 1 if told.place else None]
        ]
        if told.picture is not None:
            letters = self._pictured(told, words, letters, on)
        return self._gathering.eased(letters, on.case.no, on.at) if told.name in THEIRS else letters

    def _pictured(self, told: actions.Tell, words: str, letters: list[Letter], on: Occasion) -> list[Letter]:
        """The words under a picture, in a line of their own; more of them than fit there come after it."""
        fits = len(plain(words)) <= LONGEST_CAPTION
        file = Enclosed(name=f"{told.name}.png", mime="image/png", content=told.picture or "", coded=True)
        where: dict[str, Any] = {"chat": told.chat, "general": told.general, "thread": told.thread}
        picture = self._to(on, LetterKind.DOCUMENT, told.lane, html=words if fits else "", file=file, **where)
        first = picture.evolve(reply_to=told.answers, quiet=told.quiet, aside=True)
        return [first] if fits else [self._before(first, letters[0]), *letters]

    def words(
        self, name: str, on: Occasion, fields: Mapping[str, object], reader: Colleague | None = None
    ) -> str:
        """A message to agents, worded: in the desk's language, or that of whoever alone it is for."""
        return self._catalogue.desk(name, self._tongue(reader), {**self._common(on), **fields})

    def _tongue(self, reader: Colleague | None) -> Language:
        return (reader.language if reader is not None else None) or self._language

    def notice_words(self, answer: actions.AnswerPress, on: Occasion) -> str:
        """What a notice at the desk says, to whoever pressed."""
        return plain(self.words(answer.name, on, answer.fields, on.by)) if answer.name else ""

    def _common(self, on: Occasion) -> dict[str, object]:
        case = discreet(self._known(on.turn.case)) if on.turn.case else None
        return {
            **on.fields(),
            "issue": list(case.facts.issue) if case else [],
            "product": case.facts.product if case else None,
            "severity": int(case.severity) if case else None,
            "queue": case.queue.value if case else None,
            "customer": case.customer.name if case else "",
            "due": case.open_promises[0].due_at if case and case.open_promises else None,
        }

    def _keys(
        self,
        rows: actions.Rows,
        on: Occasion,
        reader: Colleague | None = None,
        about: CaseNo | None = None,
    ) -> tuple[tuple[Key, ...], ...]:
        case = on.turn.case
        number = about or (case.no if case is not None else NO_CASE)
        return tuple(
            tuple(
                Key(
                    label=self._catalogue.label(one.name, self._tongue(reader), one.fields, desk=True),
                    data="" if one.url else press_data(one.act or one.name, one.value, number),
                    url=one.url,
                )
                for one in row
            )
            for row in rows
        )

    def face(self, shown: actions.ShowCard, on: Occasion, situation: Situation) -> Letter:
        """The rendered card."""
        place = f"card:{on.case.no}"
        talk = on.turn.conversation
        view = card(
            on.case,
            rules=self._rules,
            now=on.at,
            other_cases=situation.other_cases,
            waiting_ahead=ahead(on.case, situation.line, self._rules),
            delivery_problems=("blocked",) if talk is not None and talk.blocked else (),
        )
        words = self.words("card", on, view.fields)
        html, keys = split(words, WITHOUT_STAMP)[0], self._keys(view.buttons, on)
        return self._to(on, LetterKind.TEXT, shown.lane, html=html, keys=keys, place=place, key=place)

    @staticmethod
    def mark(face: Letter) -> str:
        """A hash by which two states of a card are told apart."""
        return blake2b(repr((face.html, face.keys)).encode(), digest_size=8).hexdigest()

    def show_card(
        self, shown: actions.ShowCard, on: Occasion, face: Letter, log: Mapping[str, object] | None
    ) -> list[Letter]:
        """The card with its time, edited in place; for a new case the topic first and the transcript after it."""
        face = face.evolve(html=f"{face.html}\n{self.words('card_made', on, {})}")
        if not on.reaches_desk:
            return [face, *self._log(shown, on, log)]
        topic = self._to(on, LetterKind.OPEN_TOPIC, shown.lane, html=self._title(on))
        first, talk = self._after(topic, face), self._log(shown, on, log)
        return [self._before(topic, face), *under_the_card(first, talk)]

    def _known(self, case: Case) -> Case:
        return in_desk_words(case, self._rules.products, self._language)

    def _title(self, on: Occasion) -> str:
        return titled(self._known(on.case), self._catalogue.shelf(self._language, desk=True).spelling)

    @staticmethod
    def _before(topic: Letter, face: Letter) -> Letter:
        """Letters of a line go by number."""
        return topic.evolve(id=min(topic.id, face.id))

    @staticmethod
    def _after(topic: Letter, face: Letter) -> Letter:
        return face.evolve(id=max(topic.id, face.id))

    def _log(self, shown: actions.ShowCard, on: Occasion, log: Mapping[str, object] | None) -> list[Letter]:
        if log is None:
            return []
        words = [
            self._to(on, LetterKind.TEXT, shown.lane, html=part, quiet=True)
            for part in split(self.words("log", on, log))
        ]
        copies = [self._to(on, LetterKind.COPY, Lane.DESK, quiet=True, **one) for one in files_of(log)]
        return [*words, *copies]

    def carry(self, relay: actions.Relay, on: Occasion) -> list[Letter]:
        """The complainant's message: text as a message that can be merged, anything else as a copy."""
        return self._gathering.eased(self._carried(relay, on), on.case.no, on.at, relay.album)

    def _carried(self, relay: actions.Relay, on: Occasion) -> list[Letter]:
        if relay.media is not None and not cannot_be_copied(relay.media) and _reachable(relay):
            return self._copied(relay, on)
        # with the name above them the longest words need two messages; the first stands for both
        first, *rest = split(self._relayed(relay, on))
        whole: dict[str, Any] = {"source": relay.source, "reply_to": relay.reply_to}
        return [
            self._to(on, LetterKind.TEXT, relay.lane, html=first, mergeable=relay.reply_to is None, **whole),
            *self._rest(relay, on, rest),
        ]

    def _relayed(self, relay: actions.Relay, on: Occasion) -> str:
        """The complainant's words under their name; of what Telegram passes on to nobody, what it was."""
        text, media = relay.text, relay.media
        fields = {"text": text, "by": relay.by, "edited": relay.edited, "pieces": folded(text, relay.insults)}
        if media is None:
            return self.words("relay", on, fields)
        return self.words(
            "relay_thing", on, {**fields, "kind": media.name or media.kind, "detail": media.detail}
        )

    def _copied(self, relay: actions.Relay, on: Occasion) -> list[Letter]:
        """A file or place as it came; words that are to be hidden, or too many for it, stand apart."""
        # Telegram copies nothing out of an account's chat, and the bot may be out of a group: it is sent anew
        anew = relay.source.chat < 0 or door_of(relay.source.message) != OWN_CHAT
        whole: dict[str, Any] = {"source": relay.source, "reply_to": relay.reply_to}
        whole |= {"media": relay.media} if anew else {}
        whole |= {"keys": self._keys(MARK, on)} if relay.markable else {}
        if not relay.hidden and len(relay.text) <= LONGEST_CAPTION:
            if not _poses(relay):
                more = {"html": escape(relay.text, quote=False)} if anew else {"album": relay.album}
                return [self._to(on, LetterKind.COPY, relay.lane, **more, **whole)]
            words = self._relayed(replace(relay, media=None), on)
            if len(plain(words)) <= LONGEST_CAPTION:
                return [self._to(on, LetterKind.COPY, relay.lane, html=words, **whole)]
        bare = self._to(on, LetterKind.COPY, relay.lane, bare=True, **whole)
        return [bare, *self._rest(relay, on, split(self._relayed(replace(relay, media=None), on)))]

    def _rest(self, relay: actions.Relay, on: Occasion, parts: Sequence[str]) -> list[Letter]:
        return [self._to(on, LetterKind.TEXT, relay.lane, html=part, part_of=relay.source) for part in parts]

    def react(self, react: actions.React, on: Occasion) -> Letter:
        """The complainant's reaction on the agent's own message."""
        return self._to(on, LetterKind.REACT, Lane.REST, target_of=react.source, emoji=react.emoji)

    def hand_over(self, action: actions.HandOver, on: Occasion) -> list[Letter]:
        """Papers for the topic alone."""
        papers = enclosed(action, self.words(action.name.replace("/", "_"), on, action.fields))
        return [self._to(on, LetterKind.DOCUMENT, Lane.DESK, html=html, file=one) for html, one in papers]

    def close_topic(self, close: actions.CloseTopic, on: Occasion) -> list[Letter]:
        """The topic follows the case, and so does the sign on its card: a reaction costs the group nothing."""
        place, emoji = f"card:{on.case.no}", "" if close.reopen else DONE
        sign = self._to(on, LetterKind.REACT, Lane.REST, chat=close.chat, place=place, emoji=emoji)
        return [sign, self._to(on, _CLOSES[close.reopen], Lane.REST, chat=close.chat)]

    def drop_topic(self, drop: actions.DropTopic, on: Occasion) -> Letter:
        """Delete the topic of a case that became anonymous."""
        group = self._groups.place(drop.desk)
        return self._forms.letter(on, LetterKind.DELETE_TOPIC, group, Lane.REST, topic=drop.case_no)

    def rename(self, on: Occasion) -> Letter:
        """Rename the topic; of several that wait only the newest is sent."""
        key = f"rename:{on.case.no}"
        return self._to(on, LetterKind.RENAME_TOPIC, Lane.REST, html=self._title(on), key=key)

    def leave(self, move: actions.MoveTopic, on: Occasion) -> list[Letter]:
        """A last line in the topic that the case leaves, which is then closed."""
        if not self._groups.usable(move.before):
            return []
        old, words = self._groups.place(move.before), self.words("moved_on", on, {})
        line = self._to(on, LetterKind.TEXT, Lane.DESK, chat=old, html=split(words)[0])
        return [line, self._to(on, LetterKind.CLOSE_TOPIC, Lane.DESK, chat=old)]

    def _to(
        self,
        on: Occasion,
        kind: LetterKind,
        lane: Lane,
        *,
        general: bool = False,
        chat: ChatId | None = None,
        **fields: Any,  # noqa: ANN401 - Letter's own fields
    ) -> Letter:
        group = self._groups.place(chat) if chat is not None else self._group(on)
        return self._forms.letter(on, kind, group, lane, topic=None if general else on.case.no, **fields)

    def _group(self, on: Occasion) -> ChatId:
        """The group of the case; without a case the one that asked, else the common desk."""
        case = on.turn.case
        return self._groups.place(case.desk if case is not None else on.where)


def _reachable(relay: actions.Relay) -> bool:
    """Whether it can be copied to the desk; some messages of accounts' chats cannot."""
    if relay.media is None or door_of(relay.source.message) == OWN_CHAT:
        return True
    return relay.media.kind in AGAIN


def _poses(relay: actions.Relay) -> bool:
    """Whether a caption could pass for the bot's own words, since the copy shows no author."""
    return bool(relay.text) and (relay.formatted or len(relay.text.splitlines()) > 1)


def called(colleagues: Iterable[Colleague]) -> str:
    """Mentions that notify people."""
    return " ".join(f'<a href="tg://user?id={one.id}">{escape(one.name or "?")}</a>' for one in colleagues)
