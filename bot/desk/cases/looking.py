"""Commands in a topic that change nothing: the card, the list of commands, a note."""

from typing import Final

from bot.complaint.actions import Tell
from bot.desk.acts import Act, Acts
from bot.desk.cards.cards import card
from bot.desk.rights import Right
from bot.desk.sheet import Sheet


def show_commands(sheet: Sheet, _argument: str = "") -> None:
    """Which commands there are."""
    sheet.tell("help")


def show_card_again(sheet: Sheet, _argument: str = "") -> None:
    """The card itself stands far above: this one is to be read here."""
    others = sheet.scene.situation.other_cases
    view = card(sheet.case, rules=sheet.scene.rules, now=sheet.at, other_cases=others)
    shown = Tell(
        name="card", fields=view.fields, buttons=view.buttons, key="card_again", private_to=sheet.colleague
    )
    sheet.add(shown)


def note(sheet: Sheet, argument: str = "") -> None:
    """A note by command; without words how it is written."""
    if argument:
        sheet.remark("note", argument)
    else:
        sheet.tell("note_how")


ACTS: Final = Acts(
    commands={
        "help": Act(Right.LOOK, show_commands),
        "card": Act(Right.LOOK, show_card_again),
        "note": Act(Right.NOTE, note),
    },
)
