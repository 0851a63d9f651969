"""Replies: loaded from `replies/`, rendered, split, and checked against the wording rules.

The only package that knows Jinja2. No word that a customer or an agent reads stands in Python: messages are
templates, buttons and terms are tables, and even what may not be said is data (`rules.toml`).
"""

from bot.wording.catalogue import Catalogue, our_replies
from bot.wording.drafts import draft_findings
from bot.wording.finding import Finding
from bot.wording.lint import findings
from bot.wording.space import plain, tidy
from bot.wording.splitting import split
from bot.wording.voice import Voice

__all__ = [
    "Catalogue",
    "Finding",
    "Voice",
    "draft_findings",
    "findings",
    "our_replies",
    "plain",
    "split",
    "tidy",
]
