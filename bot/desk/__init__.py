"""The agents' side: rights, commands and buttons, and what the desk is shown. Pure.

`acting` finds the act of a command or button in the `ACTS` of the module that does it, and `rights` says whether this
colleague may. Commands that change no case are in `caseless`. Notes never reach the complainant, and a case has one
holder.
"""

from bot.desk.acting import ACTS, act, at_its_time
from bot.desk.alarming import alarms, summoned
from bot.desk.cards.cards import CardView, card
from bot.desk.cards.folding import folded
from bot.desk.cards.logs import opening_log
from bot.desk.cards.naming import topic_name
from bot.desk.cases.accused import accuses, without_accused
from bot.desk.cases.merging import CAME_IN
from bot.desk.following import followed
from bot.desk.minding import mind
from bot.desk.notes import is_note, named_number, note_of, order_of, stays_inside
from bot.desk.overview.boards import address
from bot.desk.presses import press_data, read_press
from bot.desk.rights import Allowed, Refused, Right, may
from bot.desk.words.canned import canned_fields
from bot.desk.words.relaying import cannot_be_copied, customer_relay, undelivered

__all__ = [
    "ACTS",
    "CAME_IN",
    "Allowed",
    "CardView",
    "Refused",
    "Right",
    "accuses",
    "act",
    "address",
    "alarms",
    "at_its_time",
    "canned_fields",
    "cannot_be_copied",
    "card",
    "customer_relay",
    "folded",
    "followed",
    "is_note",
    "may",
    "mind",
    "named_number",
    "note_of",
    "opening_log",
    "order_of",
    "press_data",
    "read_press",
    "stays_inside",
    "summoned",
    "topic_name",
    "undelivered",
    "without_accused",
]
