"""`complaint-bot link`: signed start links that carry product, batch, store or order; with QR codes (S106)."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

import click

from bot.commands.qr_codes import as_png, as_svg, code_for
from bot.complaint.errors import SettingsWrong
from bot.complaint.links import Link
from bot.complaint.reading import Language
from bot.config import Settings
from bot.office.lookup.links import Links, open_links
from bot.office.phrases import load_catalogue
from bot.policy.links import LinkTooLong, start_link
from bot.policy.rules import Rules
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.wording.catalogue import Catalogue

COLUMNS: Final = ("product", "batch", "store", "order", "source")
NAME: Final = "name"
_BOT: Final = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{2,31})")
_NO_FILE_NAME: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How links and codes are wanted. `size` in mm; `language` None is the brand's first."""

    size: float
    error: str
    label: bool
    language: str | None
    bot: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class _Press:
    """What makes links, and codes of them."""

    links: Links
    bot: str
    rules: Rules
    words: Catalogue
    wanted: Wanted

    @property
    def language(self) -> Language:
        return Language(self.wanted.language) if self.wanted.language else self.rules.languages[0]

    def link(self, said: Mapping[str, str]) -> tuple[Link, str]:
        """What is said, and the address that says it."""
        said = {name: " ".join(value.split()) for name, value in said.items()}
        link = Link(**{**said, "product": _product(said.get("product", ""), self.rules)})
        if not link:
            raise SettingsWrong(
                "Nothing is to be brought along. Name --product, --batch, --store or --order."
            )
        return link, start_link(self.bot, self.links.sign(link))

    def code(self, link: Link, address: str, kind: str) -> bytes:
        """The code as a file of this kind, with its label."""
        code = code_for(address, self.wanted.error, self.wanted.size)
        label = self._label(link) if self.wanted.label else []
        return (
            as_png(code, self.wanted.size, label) if kind == "png" else as_svg(code, self.wanted.size, label)
        )

    def _label(self, link: Link) -> list[str]:
        product = self.rules.product_name(link.product, self.language) if link.product else ""
        named = (("batch", link.batch), ("store", link.store), ("order", link.order))
        facts = [product, *(f"{self._word(what)} {value}" for what, value in named if value)]
        lines = (self._word("scan"), " · ".join(one for one in facts if one), f"t.me/{self.bot}")
        return [one for one in lines if one]

    def _word(self, what: str) -> str:
        return self.words.term("label", what, self.language)


async def link_one(
    settings: Settings, rules: Rules, wanted: Wanted, said: Mapping[str, str], qr: Path | None
) -> None:
    """One link on standard output, and its code in a file."""
    if qr is not None and qr.suffix not in (".svg", ".png"):
        raise SettingsWrong(f"--qr: {qr} is neither .svg nor .png. End its name with one of them.")
    press = await _press(settings, rules, wanted)
    link, address = press.link(said)
    if qr is not None:
        _write(qr, press.code(link, address, qr.suffix[1:]))
    click.echo(address)


async def link_all(settings: Settings, rules: Rules, wanted: Wanted, source: Path, out: Path | None) -> None:
    """A link and a code for each line of a CSV file; nothing is written before every line was found good."""
    out, rows = _fresh(out), _rows(source)
    press = await _press(settings, rules, wanted)
    made: dict[str, bytes] = {}
    table = StringIO()
    listed = csv.writer(table, lineterminator="\n")
    listed.writerow((*COLUMNS, "link", "file"))
    for number, row in rows:
        try:
            link, address = press.link({name: row.get(name, "") for name in COLUMNS})
            file = _file_name(number, row, link, wanted.kind)
            made[_once(file, made)] = press.code(link, address, wanted.kind)
        except (SettingsWrong, LinkTooLong) as wrong:
            raise SettingsWrong(f"{source}: line {number}: {wrong.detail}") from None
        listed.writerow((*(getattr(link, name) for name in COLUMNS), address, file))
    _write_all(out, {**made, "links.csv": table.getvalue().encode("utf-8-sig")})
    click.echo(f"{len(made)} links: {out / 'links.csv'}")


async def _press(settings: Settings, rules: Rules, wanted: Wanted) -> _Press:
    links = open_links(rules.links, settings.token)
    return _Press(
        links, await _bot(settings, wanted.bot), rules, load_catalogue(rules, settings.replies), wanted
    )


async def _bot(settings: Settings, named: str | None) -> str:
    """The bot's name; Telegram knows it where nobody says it."""
    if named is not None:
        found = _BOT.fullmatch(named)
        if found is None:
            raise SettingsWrong(f'--bot: "{named}" is no @name of a bot. Write it as Telegram shows it.')
        return found[1]
    if settings.token is None:
        raise SettingsWrong(
            "--bot: write the bot's @name, or set COMPLAINT_BOT_TOKEN so that Telegram can be asked."
        )
    async with Telegram(Address(settings.api_url, settings.token)) as telegram:
        _, name = await telegram.me()
        return name


def _product(named: str, rules: Rules) -> str:
    """The key of a product that was named by it, by a name, or by a word for it.

    Raises:
        SettingsWrong: the brand has none of that name.
    """
    if not named or not rules.products:
        return named
    for one in rules.products:
        if named in (one.key, *one.names.values(), *one.words):
            return one.key
    keys = ", ".join(one.key for one in rules.products)
    raise SettingsWrong(f'product "{named}" is not in the brand file. It has: {keys}.')


def _rows(source: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            strange = [one for one in rows.fieldnames or () if one not in (*COLUMNS, NAME)]
            if strange or not rows.fieldnames:
                known = ", ".join((*COLUMNS, NAME))
                raise SettingsWrong(f"{source}: the first line names the columns, of these: {known}.")
            found = [
                (rows.line_num, {str(key): value or "" for key, value in row.items() if key}) for row in rows
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise SettingsWrong(f"--from: {source} cannot be read ({wrong}). Name a CSV file in UTF-8.") from None
    if not found:
        raise SettingsWrong(f"{source}: there is no line after the first. Write one for each link.")
    return found


def _fresh(folder: Path | None) -> Path:
    if folder is None:
        raise SettingsWrong("--from needs --out: name a new folder for the codes.")
    if folder.exists() and any(folder.iterdir()):
        raise SettingsWrong(
            f"--out: {folder} is not empty. Name a new folder, so that nothing is overwritten."
        )
    return folder


def _once(file: str, made: Mapping[str, bytes]) -> str:
    if file in made:
        raise SettingsWrong(f'name "{file}" is there twice. Give each line a name of its own.')
    return file


def _file_name(number: int, row: Mapping[str, str], link: Link, kind: str) -> str:
    named = row.get(NAME) or "-".join(
        one for one in (link.product, link.batch, link.store, link.order) if one
    )
    stem = _NO_FILE_NAME.sub("-", named).strip("-.")
    return f"{stem or number}.{kind}"


def _write_all(folder: Path, made: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise SettingsWrong(f"--out: {folder} cannot be made ({wrong.strerror}). Name another.") from None
    for name, content in made.items():
        _write(folder / name, content)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as wrong:
        raise SettingsWrong(f"{file} cannot be written ({wrong.strerror}). Name another place.") from None
