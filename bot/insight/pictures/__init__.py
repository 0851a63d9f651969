"""A period as pictures for a phone: portrait, large type, colours that everybody can tell apart."""

from bot.insight.pictures.album import Picture, album, colleague_card
from bot.insight.pictures.words import Words

__all__ = ["Picture", "Words", "album", "colleague_card"]
