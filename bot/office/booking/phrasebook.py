"""The desk's ready-made lines, rendered for a case in the complainant's language."""

from typing import Final

from bot.complaint.deskwork import CannedLine
from bot.complaint.reading import Language
from bot.desk import canned_fields
from bot.office.booking.turns import Occasion
from bot.wording.catalogue import Catalogue
from bot.wording.space import plain

FOLDER: Final = "canned/"


class Phrasebook:
    """Every reply under `canned/`, the brand's own included."""

    def __init__(self, catalogue: Catalogue, desk: Language) -> None:
        self._catalogue = catalogue
        self._desk = desk
        self._names = tuple(one for one in catalogue.names() if one.startswith(FOLDER))

    def lines(self, on: Occasion) -> tuple[CannedLine, ...]:
        """What could be said in this case now.

        Raises:
            ReplyWrong: a line cannot be rendered.
        """
        return tuple(self._line(name, on) for name in self._names)

    def _line(self, name: str, on: Occasion) -> CannedLine:
        page = self._catalogue.page(name, on.language)
        fields = {**on.fields(), **canned_fields(on.case)}
        lacks = any(fields.get(one) in (None, "") for one in set(page.front.fields) - page.front.optional)
        title = self._catalogue.page(name, self._desk).front.title or name.removeprefix(FOLDER)
        words = "" if lacks else plain(self._catalogue.render(name, on.language, fields))
        return CannedLine(name=name.removeprefix(FOLDER), title=title, words=words, lacks=lacks)
