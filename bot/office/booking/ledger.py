"""Books a turn: its actions become letters, timeline and timers for one transaction.

Here words and commitments meet. An offer above authority, and a reply that commits the brand without its
promise, are refused, and nothing of the turn is written.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.complaint import actions
from bot.complaint.actions import Action, Button, Lane, Situation
from bot.complaint.channels import is_far
from bot.complaint.deskwork import CannedLine, TaskKind
from bot.complaint.doors import OWN_CHAT, door_of
from bot.complaint.events import CustomerWrote, Event, Pressed
from bot.complaint.ids import LetterId
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.reading import Language
from bot.complaint.records import Timer
from bot.desk.words.phone import speaks_by_phone
from bot.office.booking.journal import taken_back
from bot.office.booking.phrasebook import Phrasebook
from bot.office.booking.privately import hand_privately, recall, take_down
from bot.office.booking.to_customer import ToCustomer
from bot.office.booking.to_desk import ToDesk
from bot.office.booking.turns import Booked, Forms, Keys, Occasion
from bot.office.groups import Groups
from bot.policy.ladder import guard
from bot.policy.rules import Rules
from bot.wording.catalogue import Catalogue
from bot.wording.space import plain
from bot.wording.spelling import Spelling


class Ledger:
    """Books turns.

    Args:
        catalogue: every word we say.
        rules: the brand's rules.
        groups: where the desk's groups are.
        numbers: gives fresh numbers for letters.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        rules: Rules,
        groups: Groups,
        numbers: Callable[[int], Sequence[LetterId]],
    ) -> None:
        forms = Forms(numbers)
        self.rules = rules
        self._forms = forms
        self._customer = ToCustomer(catalogue, forms, account_buttons=rules.account_buttons)
        self._desk = ToDesk(catalogue, rules, groups, forms)
        self._phrases = Phrasebook(catalogue, rules.languages[0])

    def book(self, on: Occasion, situation: Situation, log: Mapping[str, object] | None = None) -> Booked:
        """Everything that a turn asks for, as rows.

        `log` holds the talk so far, when this turn brings the case to the desk.

        Raises:
            AboveAuthority: an offer is above its level.
            WordsWithoutPromise: a commitment without its row.
            ReplyWrong: a reply cannot be rendered.
        """
        if on.turn.case is not None and not on.merges:
            # what is carried over from a merged case was within its limits when it was offered
            # cases that this very turn changed (two that are merged) count as they now are
            beside = {one.no: one for one in (*situation.other_cases, *on.turn.others)}
            guard(self.rules, on.before, on.turn.case, tuple(beside.values()))
        booked = Booked()
        for action in _in_order(on.turn.actions):
            if isinstance(action, actions.ShowCard):
                self._show_card(action, on, booked, situation, log)
            else:
                _BOOKS[type(action)](self, action, on, booked)
        if on.renamed:
            booked.letters.append(self._desk.rename(on))
        if is_far(on.chat):
            self._to_be_said(on, booked)
        return booked

    def _to_be_said(self, on: Occasion, booked: Booked) -> None:
        """Without a chat nothing is sent; a line at the desk says what somebody has to say."""
        sent = (one for one in booked.letters if not is_far(one.chat) or one.kind is LetterKind.ANSWER_PRESS)
        booked.letters = list(sent)
        if not booked.by_mouth or on.turn.case is None:
            return
        task = next((one for one in on.case.open_tasks if one.kind is TaskKind.TELL and not one.what), None)
        told = actions.Tell(
            name="tell_them",
            fields={
                "words": "\n\n".join(words for words, _ in booked.by_mouth),
                "channel": on.case.channel,
                "phone": on.case.facts.phone,
                "contact": on.case.facts.contact,
                "until": task.due_at if task else None,
            },
            buttons=((Button("told", "told", task.id),),) if task else (),
        )
        *first, last = self._desk.tell(told, on)
        theirs = tuple(row for _, keys in booked.by_mouth for row in keys)
        booked.letters += [*first, last.evolve(keys=(*theirs, *last.keys))]

    def read_marks(self, event: Event, on: Occasion) -> list[Letter]:
        """The sign that their words were read, in an account's chat; whoever answers from the phone sets it there."""
        talk = on.turn.conversation
        if (
            not isinstance(event, CustomerWrote | Pressed)
            or door_of(event.message) == OWN_CHAT
            or talk is None
        ):
            return []
        if isinstance(event, Pressed) and event.query:
            return []
        if speaks_by_phone(talk, on.turn.case) is not None:
            return []
        mark = self._forms.letter(
            on,
            LetterKind.READ,
            event.chat,
            Lane.REST,
            target=event.message,
            key=f"read:{event.chat}",
            aside=True,
        )
        return [mark]

    def canned(self, on: Occasion) -> tuple[CannedLine, ...]:
        """The ready lines as they would read in this case now.

        Raises:
            ReplyWrong: one cannot be rendered.
        """
        return self._phrases.lines(on)

    def spelling(self, language: Language) -> Spelling:
        """How the complainant reads names, times and money."""
        return self._customer.spelling(language)

    def _show_card(
        self,
        action: actions.ShowCard,
        on: Occasion,
        booked: Booked,
        situation: Situation,
        log: Mapping[str, object] | None,
    ) -> None:
        face = self._desk.face(action, on, situation)
        mark = self._desk.mark(face)
        if on.reaches_desk or log is not None or mark != on.case.card_mark:
            booked.letters += self._desk.show_card(action, on, face, log)
            booked.card_mark = mark

    def _say(self, action: actions.Say, on: Occasion, booked: Booked) -> None:
        letters, entries = self._customer.say(action, on)
        if is_far(on.chat):
            words = "\n\n".join(plain(one.html) for one in letters)
            booked.by_mouth.append((words, _for_colleagues(letters[-1].keys)))
            return
        booked.letters += letters
        booked.entries += entries

    def _enclose(self, action: actions.Enclose, on: Occasion, booked: Booked) -> None:
        booked.letters.append(self._customer.enclose(action, on))

    def _hand_over(self, action: actions.HandOver, on: Occasion, booked: Booked) -> None:
        theirs = action.to_customer and not is_far(on.chat)
        side = self._customer if theirs else self._desk
        booked.letters += side.hand_over(action, on)

    def _hand_privately(self, action: actions.HandPrivately, on: Occasion, booked: Booked) -> None:
        words = self._desk.words(action.name, on, action.fields, on.by)
        booked.letters += hand_privately(action, words, on, self._forms)

    def _recall(self, action: actions.Recall, on: Occasion, booked: Booked) -> None:
        booked.letters.append(recall(action, on, self._forms))

    def _take_down(self, action: actions.TakeDown, on: Occasion, booked: Booked) -> None:
        booked.letters.append(take_down(action, on, self._forms))

    def _drop_topic(self, action: actions.DropTopic, on: Occasion, booked: Booked) -> None:
        booked.letters.append(self._desk.drop_topic(action, on).evolve(case_no=None))

    def _tell(self, action: actions.Tell, on: Occasion, booked: Booked) -> None:
        booked.letters += self._desk.tell(action, on)

    def _relay(self, action: actions.Relay, on: Occasion, booked: Booked) -> None:
        if action.to_customer and is_far(on.chat):
            return
        side = self._customer if action.to_customer else self._desk
        booked.letters += side.carry(action, on)

    def _react(self, action: actions.React, on: Occasion, booked: Booked) -> None:
        side = self._customer if action.to_customer else self._desk
        booked.letters.append(side.react(action, on))

    def _unsend(self, action: actions.Unsend, on: Occasion, booked: Booked) -> None:
        booked.letters.append(self._customer.unsend(action, on))
        booked.entries.append(taken_back(action, on))

    def _answer(self, action: actions.AnswerPress, on: Occasion, booked: Booked) -> None:
        at_desk = action.name is not None and action.name.startswith("desk/")
        side = self._desk if at_desk else self._customer
        booked.letters.append(self._customer.notice(action, side.notice_words(action, on), on))

    def _strip(self, action: actions.StripButtons, on: Occasion, booked: Booked) -> None:
        booked.letters.append(self._customer.strip(action, on))

    def _close_topic(self, action: actions.CloseTopic, on: Occasion, booked: Booked) -> None:
        booked.letters += self._desk.close_topic(action, on)

    def _move_topic(self, action: actions.MoveTopic, on: Occasion, booked: Booked) -> None:
        booked.letters += self._desk.leave(action, on)

    def _typing(self, _action: actions.ShowTyping, on: Occasion, booked: Booked) -> None:
        booked.typing.append(on.chat)

    def _set_timer(self, action: actions.SetTimer, on: Occasion, booked: Booked) -> None:
        case = on.named(action.case_no)
        booked.timers[case.no, action.key] = Timer(
            case_no=case.no, kind=action.kind, key=action.key, due=action.due, chat=case.chat
        )

    def _cancel_timer(self, action: actions.CancelTimer, on: Occasion, booked: Booked) -> None:
        booked.timers[on.named(action.case_no).no, action.key] = None

    def _remark(self, action: actions.Remark, on: Occasion, booked: Booked) -> None:
        text = f"{action.what}: {action.why}" if action.why else action.what
        booked.entries.append(
            self._forms.entry(on, "system", text, by=action.by, note=True, message=action.message)
        )


_Book = Callable[[Ledger, Any, Occasion, Booked], None]
_BOOKS: dict[type[Action], _Book] = {
    actions.Say: Ledger._say,  # noqa: SLF001 - the table of this very class
    actions.Enclose: Ledger._enclose,  # noqa: SLF001
    actions.HandOver: Ledger._hand_over,  # noqa: SLF001
    actions.HandPrivately: Ledger._hand_privately,  # noqa: SLF001
    actions.TakeDown: Ledger._take_down,  # noqa: SLF001
    actions.Recall: Ledger._recall,  # noqa: SLF001
    actions.DropTopic: Ledger._drop_topic,  # noqa: SLF001
    actions.Tell: Ledger._tell,  # noqa: SLF001
    actions.Relay: Ledger._relay,  # noqa: SLF001
    actions.React: Ledger._react,  # noqa: SLF001
    actions.Unsend: Ledger._unsend,  # noqa: SLF001
    actions.AnswerPress: Ledger._answer,  # noqa: SLF001
    actions.StripButtons: Ledger._strip,  # noqa: SLF001
    actions.CloseTopic: Ledger._close_topic,  # noqa: SLF001
    actions.MoveTopic: Ledger._move_topic,  # noqa: SLF001
    actions.ShowTyping: Ledger._typing,  # noqa: SLF001
    actions.SetTimer: Ledger._set_timer,  # noqa: SLF001
    actions.CancelTimer: Ledger._cancel_timer,  # noqa: SLF001
    actions.Remark: Ledger._remark,  # noqa: SLF001
}


def _for_colleagues(keys: Keys) -> Keys:
    """Their buttons, as far as a colleague may press them for them."""
    rows = (
        tuple(one for one in row if one.data.startswith("c|") and "|human|" not in one.data) for row in keys
    )
    return tuple(row for row in rows if row)


def _in_order(wanted: Sequence[Action]) -> list[Action]:
    """The order of letters: reopening a topic first, then one card, which opens the topic."""
    opened = [one for one in wanted if isinstance(one, actions.CloseTopic) and one.reopen]
    cards = [one for one in wanted if isinstance(one, actions.ShowCard)]
    others = [one for one in wanted if one not in opened and one not in cards]
    lane = min((one.lane for one in cards), default=None)
    return [*opened, *([actions.ShowCard(lane=lane)] if lane is not None else []), *others]
