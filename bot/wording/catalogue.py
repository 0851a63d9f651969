"""The catalogue: every reply in every language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)

from bot.complaint.errors import ReplyWrong
from bot.complaint.reading import Language
from bot.complaint.signs import shown
from bot.wording.bounds import FAULTS, Bounded, lies_in
from bot.wording.front import Front, front_of
from bot.wording.lexicon import Lexicon, entries, table_from
from bot.wording.space import marked, tidy
from bot.wording.spelling import Spelling, now_in
from bot.wording.voice import Voice, fallbacks
from bot.wording.words import Words

_SUFFIX = ".html.j2"


def our_replies() -> Path:
    """The folder of replies that come with the program: in the installed package, else beside it."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "replies"
    return installed if installed.is_dir() else package.parent / "replies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A template file with its front note."""

    name: str
    file: Path
    language: Language
    desk: bool
    source: str
    front: Front
    words: Words
    overrides: bool = False
    """Whether it stands before a reply of the same name in a later folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Everything that one audience reads in one language."""

    language: Language
    lexicon: Lexicon
    spelling: Spelling
    environment: Bounded
    pages: Mapping[str, Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All replies for customers and for the desk. One missing in a language falls back to Chinese."""

    voice: Voice
    folders: tuple[Path, ...]
    customers: Mapping[Language, Shelf]
    desks: Mapping[Language, Shelf]

    @classmethod
    def load(cls, folders: Sequence[Path], voice: Voice | None = None) -> Self:
        """Read all replies; for a name in several folders, the earlier folder counts.

        Raises:
            ReplyWrong: a template or table cannot be read; the message names the file.
        """
        voice, places = voice or Voice(), tuple(folders)
        for place in places:
            if not place.is_dir():
                raise ReplyWrong(
                    f"{place}: there is no such folder of replies. Correct its path, or leave it out."
                )
        return cls(
            voice=voice,
            folders=places,
            customers={one: _shelf(places, one, voice, desk=False) for one in Language},
            desks={one: _shelf(places, one, voice, desk=True) for one in Language},
        )

    def render(self, name: str, language: Language, fields: Mapping[str, object]) -> str:
        """A reply to a customer (`<step>/<reply>`) as Telegram HTML. The field `now` lets it say "today".

        Raises:
            ReplyWrong: no such reply, or a field is missing or of the wrong kind.
        """
        return _rendered(self.page(name, language), fields)

    def desk(self, name: str, language: Language, fields: Mapping[str, object]) -> str:
        """A message to the agents, as Telegram HTML; `name` with or without `desk/` before it.

        Raises:
            ReplyWrong: as `render`.
        """
        return _rendered(self.page(name.removeprefix("desk/"), language, desk=True), fields)

    def page(self, name: str, language: Language, *, desk: bool = False) -> Page:
        """The template of a reply in the nearest available language.

        Raises:
            ReplyWrong: no language has it.
        """
        shelves = self.desks if desk else self.customers
        for one in fallbacks(language):
            page = shelves[one].pages.get(name)
            if page is not None:
                return page
        place = f"desk/{language}" if desk else language
        raise ReplyWrong(f"There is no reply '{name}'. Write {place}/{name}{_SUFFIX} in the replies folder.")

    def label(
        self, button: str, language: Language, fields: Mapping[str, object], *, desk: bool = False
    ) -> str:
        """A button's label, as plain text.

        Raises:
            ReplyWrong: no such button, or a field is missing.
        """
        shelf = self.shelf(language, desk=desk)
        whole = {"option": fields, "times": (fields.get("begins"), fields.get("ends"))}
        spelt = shelf.spelling.there(fields).spell(now_in(fields)) if fields else {}
        return shelf.lexicon.label(button, {**whole, **fields}, spelt)

    def term(self, group: str, key: object, language: Language, *, desk: bool = False) -> str:
        """The word for a value: `term("remedy", RemedyKind.REPLACE, …)`.

        Raises:
            ReplyWrong: there is none.
        """
        return self.shelf(language, desk=desk).lexicon.term(group, key)

    def commands(self, language: Language, *, desk: bool = False) -> dict[str, str]:
        """The bot's commands and their descriptions, in the order of the menu."""
        return {name: str(words) for name, words in self.shelf(language, desk=desk).lexicon.commands.items()}

    def names(self, *, desk: bool = False) -> tuple[str, ...]:
        """Every reply that exists in any language, in order of name."""
        shelves = self.desks if desk else self.customers
        return tuple(sorted({name for shelf in shelves.values() for name in shelf.pages}))

    def samples(self, page: Page) -> Iterator[Mapping[str, object]]:
        """Fields with which a reply can be shown or checked: its own samples, and the shared ones."""
        shared = self.shelf(page.language, desk=page.desk).lexicon
        always = shared.always()
        for own in page.front.samples():
            yield {**always, **own}
        for variant in shared.variants():
            yield {**always, **variant, **page.front.fields}

    def shelf(self, language: Language, *, desk: bool = False) -> Shelf:
        """What one audience reads in this language."""
        return (self.desks if desk else self.customers)[language]


def _shelf(folders: tuple[Path, ...], language: Language, voice: Voice, *, desk: bool) -> Shelf:
    lexicon = _lexicon(folders, language, desk=desk)
    spelling = Spelling(lexicon, voice)
    environment = _environment(lexicon, spelling, voice, language)
    files = _files(folders, language, desk=desk)
    # once read, a reply needs no file any more: there may be none left to open
    sources: dict[str, str] = {}
    environment.loader = FunctionLoader(partial(_part, files, sources))
    pages = {
        name: _page(name, file, environment, language, desk=desk) for name, file in sorted(files.items())
    }
    sources.update({name: page.source for name, page in pages.items()})
    return Shelf(language=language, lexicon=lexicon, spelling=spelling, environment=environment, pages=pages)


def _lexicon(folders: tuple[Path, ...], language: Language, *, desk: bool) -> Lexicon:
    """The tables of this language with their fallbacks; the desk's before the customers'."""

    def table(
        name: str, *audiences: str, languages: Sequence[Language] = fallbacks(language)
    ) -> dict[str, object]:
        files = [
            lies_in(folder, folder / audience / one / name)
            for one in languages
            for audience in audiences
            for folder in folders
        ]
        return table_from([file for file in files if file.is_file()])

    here = "desk" if desk else ""
    both = tuple(dict.fromkeys((here, "")))
    return Lexicon(
        name=f"desk/{language}" if desk else language,
        buttons=table("buttons.toml", here),
        terms={**table("terms.toml", *both), **table("miniapp.toml", here)},
        commands=table("commands.toml", here),
        samples=table("samples.toml", here),
        own=entries("terms", table("terms.toml", *both, languages=(language,)))
        | entries("terms", table("miniapp.toml", here, languages=(language,)))
        | entries("buttons", table("buttons.toml", here, languages=(language,))),
    )


def _environment(lexicon: Lexicon, spelling: Spelling, voice: Voice, language: Language) -> Bounded:
    environment = Bounded(
        spelling.filters(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.update(
        term=lexicon.term,
        terms=lexicon.terms_for,
        has_term=lexicon.has,
        lang=language.value,
        **voice.words(language),
    )
    return environment


def _files(folders: tuple[Path, ...], language: Language, *, desk: bool) -> dict[str, tuple[Path, ...]]:
    """Every template by name: the file in use, then those it overrides."""
    found: dict[str, tuple[Path, ...]] = {}
    for folder in reversed(folders):
        home = folder / "desk" / language if desk else folder / language
        for file in home.rglob(f"*{_SUFFIX}"):
            lies_in(folder, file)
            name = file.relative_to(home).as_posix().removesuffix(_SUFFIX)
            found[name] = (file, *found.get(name, ()))
    return found


def _page(
    name: str,
    files: tuple[Path, ...],
    environment: Bounded,
    language: Language,
    *,
    desk: bool,
) -> Page:
    file = files[0]
    try:
        source = file.read_text("utf-8")
        # a brand that only rewords a reply need not repeat the note at its head
        fronts = (front_of(one.read_text("utf-8")) for one in files)
        front = next((one for one in fronts if one != Front()), Front())
        words = Words(environment, name)
        if not file.is_relative_to(our_replies()):
            # what a brand has written is tried before anybody reads it
            words.compiled()
    except TemplateSyntaxError as wrong:
        place = f"{wrong.filename or file}, line {wrong.lineno}"
        raise ReplyWrong(f"{place}: {wrong.message}. Correct this line.") from wrong
    except (OSError, ValueError, TemplateError) as wrong:
        raise ReplyWrong(f"{file}: {wrong}. Correct the file, or remove it to use ours.") from wrong
    return Page(
        name=name,
        file=file,
        language=language,
        desk=desk,
        source=source,
        front=front,
        words=words,
        overrides=len(files) > 1,
    )


def _part(
    files: Mapping[str, tuple[Path, ...]], sources: dict[str, str], name: str
) -> tuple[str, str, None] | None:
    """Where Jinja finds a template that is asked for or included by name."""
    name = name.removesuffix(_SUFFIX)
    found = files.get(name)
    if found is None:
        return None
    if name not in sources:
        sources[name] = found[0].read_text("utf-8")
    return marked(sources[name]), str(found[0]), None


def _rendered(page: Page, fields: Mapping[str, object]) -> str:
    try:
        return shown(tidy(page.words.rendered(page.front.given(fields))))
    except UndefinedError as wrong:
        raise ReplyWrong(f"{page.file}: {wrong.message}. Give this field, or call it optional.") from wrong
    except ReplyWrong as wrong:
        raise ReplyWrong(f"{page.file}: {wrong.detail}") from wrong
    except FAULTS as wrong:
        raise ReplyWrong(f"{page.file}: {wrong}. Check the fields and filters it uses.") from wrong
