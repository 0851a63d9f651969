"""The reader: a customer's words in, a frozen `Reading` out. Pure: no clock, no network, no state between calls."""

from bot.reading.contract import as_contract
from bot.reading.cuebook import Cues, built_in_cues, cues_from
from bot.reading.reader import Reader

__all__ = ["Cues", "Reader", "as_contract", "built_in_cues", "cues_from"]
