"""One reply's template, compiled when it is first used."""

from collections.abc import Mapping

from jinja2 import Template

from bot.wording.bounds import Bounded


class Words:
    """One compiled reply. Most of seven hundred are rare, and starting must be fast."""

    __slots__ = ("_environment", "_name", "_template")

    def __init__(self, environment: Bounded, name: str) -> None:
        self._environment = environment
        self._name = name
        self._template: Template | None = None

    def compiled(self) -> Template:
        """The template, compiled on first use."""
        if self._template is None:
            self._template = self._environment.get_template(self._name)
            # as it comes it is a chain of maps, which Jinja turns into a dict for every reply
            self._template.globals = dict(self._template.globals)
        return self._template

    def asked(self) -> frozenset[str]:
        """The fields that the template uses itself, without included parts."""
        self.compiled()
        return frozenset(self._environment.asked.get(self._name, ()))

    def rendered(self, fields: Mapping[str, object]) -> str:
        """The rendered text."""
        return self._environment.spoken(self.compiled(), fields)
