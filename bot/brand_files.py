"""Loads the brand file, and the separate brand files that accounts may have."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from bot.complaint.colleagues import Role
from bot.complaint.errors import BrandFileWrong
from bot.complaint.evolving import replace
from bot.complaint.reading import Language
from bot.policy.brand import StaffMember
from bot.policy.brandfile import rules_from
from bot.policy.rules import Rules

DEMO_BRAND: Final = Path(__file__).parent / "policy" / "demo" / "brand.toml"
_HOW: Final = (
    'accounts: write each as [[accounts]] with owner = 123456789 (a Telegram id), brand = "file.toml" and, '
    'if it has words of its own, replies = "folder"'
)


def load_rules(path: Path | None = None) -> Rules:
    """The brand file at `path`, or the built-in demo brand, laid over the defaults.

    Files that it names come back absolute: in the file they are named from where the file lies. An account of the
    brand's may name a brand file of its own; the languages stay those of this one, and who works at the desk is whom
    any of them names.

    Raises:
        BrandFileWrong: the message names the file, the field, and what to write.
    """
    file = path or DEMO_BRAND
    raw = _read(file)
    accounts = raw.pop("accounts", [])
    rules = _rules(file, raw)
    branches: dict[int, Rules] = {}
    for owner, name, replies in _accounts(file, accounts):
        own = Path(_beside(file, name))
        told = _read(own)
        if "accounts" in told:
            raise BrandFileWrong(f"{own}: accounts: only the common brand file names them.")
        branch = _rules(own, told)
        _refuse_ranks(own, branch, rules)
        folder, called = _beside(file, replies), branch.brand(Language.EN)
        branches[owner] = replace(branch, languages=rules.languages, branch=called, replies=folder)
    people = _everybody(rules, branches.values())
    branches = {owner: replace(one, people=people) for owner, one in branches.items()}
    return replace(rules, branches=branches, people=people) if branches else rules


def _everybody(rules: Rules, branches: Iterable[Rules]) -> tuple[StaffMember, ...]:
    """The colleagues of all brand files together; on a conflict the common file counts."""
    named = {one.id: one for brand in branches for one in brand.people}
    named |= {one.id: one for one in rules.people}
    return tuple(named.values())


def _refuse_ranks(own: Path, branch: Rules, common: Rules) -> None:
    """Rights count for every brand at the desk, so only the common file gives them: a shop's file names agents.

    Raises:
        BrandFileWrong: it names somebody with a higher role than the common file does.
    """
    given = {one.id: one.role for one in common.people}
    for one in branch.people:
        if one.role.rank > given.get(one.id, Role.AGENT).rank:
            raise BrandFileWrong(
                f"{own}: people: {one.name} ({one.id}) cannot be {one.role.value} here, since the role would count for "
                "every brand. Name them with this role in the common brand file, or as agent here."
            )


def _accounts(file: Path, stated: object) -> list[tuple[int, str, str]]:
    """Owner, brand file and folder of replies of each; the folder is empty where it has no words of its own."""
    found = [] if not isinstance(stated, list) else stated
    good = [
        (one["owner"], one["brand"], one.get("replies", ""))
        for one in found
        if isinstance(one, dict)
        and {"owner", "brand"} <= set(one) <= {"owner", "brand", "replies"}
        and isinstance(one["owner"], int)
        and isinstance(one["brand"], str)
        and isinstance(one.get("replies", ""), str)
    ]
    if not isinstance(stated, list) or len(good) < len(stated):
        raise BrandFileWrong(f"{file}: {_HOW}.")
    if len({owner for owner, *_ in good}) < len(good):
        raise BrandFileWrong(f"{file}: accounts: name each owner once.")
    return good


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise BrandFileWrong(
            f"{file}: it cannot be read ({wrong.strerror}). Name an existing file."
        ) from wrong
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BrandFileWrong(f"{file}: this is no TOML: {wrong}.") from wrong


def _rules(file: Path, raw: dict[str, Any]) -> Rules:
    try:
        rules = rules_from(raw)
    except BrandFileWrong as wrong:
        raise BrandFileWrong(f"{file}: {wrong.detail}") from wrong
    orders, shipped, users = (_beside(file, one) for one in (rules.orders, rules.shipments, rules.users))
    links = replace(rules.links, keys=_beside(file, rules.links.keys))
    return replace(rules, orders=orders, shipments=shipped, users=users, links=links)


def _beside(brand_file: Path, name: str) -> str:
    """A file that the brand file names from where it lies itself; empty if it names none."""
    return str((brand_file.parent / name).resolve()) if name else ""
