"""Checks a catalogue; `complaint-bot check` prints the findings."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.complaint.errors import ReplyWrong
from bot.complaint.reading import Language
from bot.wording.catalogue import Catalogue, Page
from bot.wording.finding import WRITTEN, Finding
from bot.wording.rules import rulebook, script
from bot.wording.space import TAG, plain
from bot.wording.table_lint import table_findings

_TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"}
)
_TAGS_TOO = frozenset({"tg-spoiler", "span", "tg-emoji"})
_TAG_NAME = re.compile(r"[A-Za-z][\w-]*")
_SENTENCE = re.compile(r"[。！？；!?]+|\.(?=\s|$)")
_QUESTION = re.compile(r"[？?]")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_MOST_EXPLAINED = 3
_BRANDS_OWN = ("misunderstanding/", "canned/", "_")


def findings(catalogue: Catalogue, simplified: Callable[[str], str] = str) -> list[Finding]:
    """All that is wrong with the replies, tables and terms of a catalogue; empty when nothing is.

    The rules are written in Simplified; `simplified` makes it of what a brand writes in Traditional.
    """
    found: list[Finding] = []
    for desk in (False, True):
        for name in catalogue.names(desk=desk):
            found += _of_reply(catalogue, name, simplified, desk=desk)
        found += _of_strays(catalogue, desk=desk)
        found += table_findings(catalogue, desk=desk, simplified=simplified)
    return list(dict.fromkeys(found))


def _of_strays(catalogue: Catalogue, *, desk: bool) -> Iterator[Finding]:
    """A brand's file that has no counterpart among our replies is never used, knowledge cards aside."""
    ours = catalogue.folders[-1]
    for language in WRITTEN:
        pages = catalogue.shelf(language, desk=desk).pages
        known = {name for name, page in pages.items() if page.file.is_relative_to(ours) or page.overrides}
        for name in sorted(set(pages) - known):
            if not name.startswith(_BRANDS_OWN):
                hint = "its name is none of ours, so it is never said: check the spelling"
                yield _found(pages[name], "replaces no reply", "S78", name, hint)


def _of_reply(
    catalogue: Catalogue, name: str, simplified: Callable[[str], str], *, desk: bool
) -> Iterator[Finding]:
    pages = {}
    for language in WRITTEN:
        page = catalogue.shelf(language, desk=desk).pages.get(name)
        if page is None:
            place = f"{'desk/' if desk else ''}{language}/{name}.html.j2"
            hint = f"Write it, with the fields of its other language: {place}"
            yield Finding(file=name, rule="missing language", source="S76", words=language, hint=hint)
        else:
            pages[language] = page
            yield from _of_page(catalogue, page, str)
    yield from _unlike(pages)
    own = catalogue.shelf(Language.ZH_HANT, desk=desk).pages.get(name)
    if own is not None:
        yield from _of_page(catalogue, own, simplified)


def _unlike(pages: Mapping[Language, Page]) -> Iterator[Finding]:
    """The languages of a reply must agree in promise, apology and fields."""
    first, *others = pages.values()
    for other in others:
        for trait in ("kind", "promise", "level", "optional"):
            if getattr(first.front, trait) != getattr(other.front, trait):
                yield _note(
                    other, trait, f"its note says another {trait} than {first.file.name} in {first.language}"
                )
        if set(first.front.fields) != set(other.front.fields):
            differing = ", ".join(sorted(set(first.front.fields) ^ set(other.front.fields)))
            yield _note(other, differing, "the languages of a reply take the same fields")


def _of_page(catalogue: Catalogue, page: Page, simplified: Callable[[str], str]) -> Iterator[Finding]:
    if not page.front.when:
        yield _note(page, "when", 'say in the note at its head when the reply is given: when = "…"')
    if page.front.promise and not _holds_time(page.front.fields):
        yield _note(page, "promise", "a reply that promises takes a time, such as `due`: say by when")
    shared = catalogue.shelf(page.language, desk=page.desk).lexicon.always()
    if page.front.optional - set(page.front.fields) - set(shared):
        yield _note(page, "optional", "an optional field needs a sample under [fields]")
    yield from _undeclared(catalogue, page)
    yield from _sums_by_hand(page)
    if page.front.kind == "part":
        return
    # a word behind a condition that no sample meets is there all the same
    sorry = _apologies(page, page.source) > 0
    # most samples make no difference
    for said in dict.fromkeys(_said(catalogue, page)):
        if isinstance(said, Finding):
            yield said
            continue
        html, timed = said
        sorry = sorry or _apologies(page, plain(html)) > 0
        yield from _of_message(page, simplified(html), timed=timed)
    if page.front.level > 1 and not (sorry or page.desk):
        hint = f"level {page.front.level} says that we failed them: say sorry in full, or declare level = 1"
        yield _found(page, "apology kept back", "S20, L2", page.name, hint)


def _said(catalogue: Catalogue, page: Page) -> Iterator[tuple[str, bool] | Finding]:
    """The rendered reply for each sample, and whether it names a time; or why it cannot be rendered."""
    render = catalogue.desk if page.desk else catalogue.render
    for sample in catalogue.samples(page):
        try:
            html = render(page.name, page.language, sample)
        except ReplyWrong as wrong:
            yield Finding(
                file=str(page.file),
                rule="cannot be rendered",
                source="S24",
                words=page.name,
                hint=wrong.detail,
            )
        else:
            yield html, _holds_time({**sample, "now": None})


def _holds_time(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_time(one) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_holds_time(one) for one in value)
    return isinstance(value, datetime)


def _undeclared(catalogue: Catalogue, page: Page) -> Iterator[Finding]:
    shelf = catalogue.shelf(page.language, desk=page.desk)
    known = {*shelf.environment.globals, *page.front.fields, *shelf.lexicon.always()}
    for name in sorted(page.words.asked() - known):
        yield _note(page, name, "the template uses a field that its note does not declare under [fields]")


def _of_message(page: Page, html: str, *, timed: bool) -> Iterator[Finding]:
    text, front = plain(html), page.front
    where = "desk" if page.desk else "customer"
    for rule, words in rulebook().breaches(
        text, page.language, where, level=front.level, promise=front.promise
    ):
        hint = f"{rule.why}; rather: {rule.instead}"
        yield Finding(file=str(page.file), rule=rule.name, source=rule.source, words=words, hint=hint)
    yield from _markup(page, html)
    if not page.desk or front.kind == "notice":
        yield from _measures(page, text)
    if not page.desk:
        yield from _manners(page, text, timed=timed)


def _sums_by_hand(page: Page) -> Iterator[Finding]:
    """Sums written by hand: customers may only be told approved ones."""
    if page.desk or page.name.startswith("misunderstanding/"):
        return
    found = rulebook().words["sum"].search(plain(_JINJA.sub(" ", page.source)))
    if found is not None:
        hint = "a sum that nobody approved is a promise: let it come in as a field, {{ refund|money }}"
        yield _found(page, "sum written by hand", "S31, R22", found.group(), hint)


def _apologies(page: Page, text: str) -> int:
    return len(rulebook().words[f"apology_{script(page.language)}"].findall(text))


def _manners(page: Page, text: str, *, timed: bool) -> Iterator[Finding]:
    book, column = rulebook(), script(page.language)
    if len(_QUESTION.findall(text)) > 1:
        yield _found(page, "more than one question", "S13, S45", text, "ask one thing; the rest comes later")
    if _apologies(page, text) > 1:
        yield _found(page, "more than one apology", "S26", text, "one apology a message, and mean it")
    elif page.front.level == 0 and _apologies(page, text):
        hint = "level 0 is thanks alone; declare level = 1 if something happened to them"
        yield _found(page, "apology where none is due", "L0", text, hint)
    if page.front.promise and timed and not book.words["time"].search(text):
        yield _found(page, "promise without a time", "S23, S53", text, "say by when, by the clock")
    if page.front.kind == "explanation" and len(_SENTENCE.findall(text)) > _MOST_EXPLAINED:
        yield _found(page, "explanation too long", "S30", text, "three sentences at most")
    if page.front.kind == "opening":
        for part, pattern in book.opening[column].items():
            if not pattern.search(text):
                yield _found(page, "opening lacks a part", "S90, R21", text, f"it also says {part}")


def _measures(page: Page, text: str) -> Iterator[Finding]:
    lengths, column = rulebook().lengths, script(page.language)
    most = page.front.most or lengths[column]
    if page.front.kind == "opening":
        most = lengths[f"opening_{column}"]
    elif page.front.kind == "notice":
        most = lengths["notice"]
    if len(text) > most:
        yield _found(
            page, "too long", "S47, S90", f"{len(text)} > {most}: {text}", "shorten it, or raise `most`"
        )


def _markup(page: Page, html: str) -> Iterator[Finding]:
    opened: list[str] = []
    for tag in TAG.findall(html):
        name = _TAG_NAME.search(tag)
        word = name.group().lower() if name else ""
        if word not in _TAGS | _TAGS_TOO:
            yield _found(
                page,
                "tag that Telegram does not know",
                "Bot API",
                tag,
                "use b, i, u, s, code, pre, a, blockquote",
            )
        elif not tag.startswith("</"):
            opened.append(word)
        elif not opened or opened.pop() != word:
            yield _found(page, "tags cross", "Bot API", tag, "close what was opened last")
    if opened:
        yield _found(page, "tag left open", "Bot API", opened[-1], "close it")
    if page.front.kind == "notice" and TAG.search(html):
        yield _found(page, "markup in a notice", "Bot API", html, "a notice is plain text")


def _note(page: Page, words: str, hint: str) -> Finding:
    return Finding(
        file=str(page.file), rule="note at its head", source="README for writers", words=words, hint=hint
    )


def _found(page: Page, rule: str, source: str, words: str, hint: str) -> Finding:
    return Finding(file=str(page.file), rule=rule, source=source, words=words, hint=hint)
