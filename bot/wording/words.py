"""One reply's template, compiled when it is first used."""

from collections.abc import Mapping

from jinja2 import Template

from bot.wording.bounds import Bounded


class Words:
    """The words of one reply. Most of seven hundred replies are rare, and a start should take no time."""

    __slots__ = ("_environment", "_name", "_template")

    def __init__(self, environment: Bounded, name: str) -> None:
        self._environment = environment
        self._name = name
        self._template: Template | None = None

    def compiled(self) -> Template:
        """It, ready to be rendered."""
        if self._template is None:
            self._template = self._environment.get_template(self._name)
            # as it comes it is a chain of maps, which Jinja turns into a dict for every reply
            self._template.globals = dict(self._template.globals)
        return self._template

    def asked(self) -> frozenset[str]:
        """The fields that it names itself, the parts that it includes aside."""
        self.compiled()
        return frozenset(self._environment.asked.get(self._name, ()))

    def rendered(self, fields: Mapping[str, object]) -> str:
        """What it says with these fields, as Jinja gives it."""
        return self._environment.spoken(self.compiled(), fields)
