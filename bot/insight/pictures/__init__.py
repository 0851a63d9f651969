"""A period as pictures for a phone: portrait, large type, few colours that everybody tells apart, labels in place."""

from bot.insight.pictures.album import Picture, album, colleague_card
from bot.insight.pictures.words import Words

__all__ = ["Picture", "Words", "album", "colleague_card"]
