"""Loads the words of a report: the brand's own tables first, then ours."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from bot.complaint.reading import Language
from bot.insight.worded import Wording
from bot.policy.rules import Rules
from bot.wording.catalogue import our_replies
from bot.wording.lexicon import table_from

SIGNS: Final = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "¥"}
TABLES: Final = (("desk", "figures.toml"), ("desk", "terms.toml"), ("", "terms.toml"))
"""Where a word is looked for: what the desk calls it goes before what customers are told."""


def wording_of(
    brands: Sequence[Rules], language: Language, override: Path | None, agents: Mapping[str, str]
) -> Wording:
    """The words of a language; `agents` are names by id. Where two brands name one thing, the first one does.

    Raises:
        ReplyWrong: a table is not TOML.
    """
    folders = [override, our_replies()] if override is not None else [our_replies()]
    files = [folder / of / language.value / name for of, name in TABLES for folder in folders]
    groups = table_from([one for one in files if one.is_file()])
    words = {name: _texts(group) for name, group in groups.items() if isinstance(group, dict)}
    special: dict[str, Callable[[str], str]] = {
        "product": partial(_product, brands, language),
        "brand": lambda key: next(
            (one.brand(language) for one in brands if one.brand(Language.EN) == key), key
        ),
        "agent": partial(_agent, agents, words["texts"]["agent"]),
        "issue": lambda key: key.replace("+", " + ").replace("_", " "),
    }
    currency = brands[0].currency
    return Wording(groups=words, currency=SIGNS.get(currency, f"{currency} "), special=special)


def _product(brands: Sequence[Rules], language: Language, key: str) -> str:
    return next((name for one in brands if (name := one.product_name(key, language)) != key), key)


def _texts(group: Mapping[str, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in group.items()}


def _agent(agents: Mapping[str, str], unnamed: str, key: str) -> str:
    return agents.get(key) or unnamed.format(id=key)
