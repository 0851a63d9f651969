"""The sandbox of templates: they use the fields they are given, in bounded time and length.

Whoever may write the brand's folder need not be whoever runs the bot. Jinja's sandbox protects Python's objects; this
module also prevents what it leaves open: endless loops, huge texts, and raw HTML from a field.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.filters import sync_do_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_eval_context
from jinja2.visitor import NodeTransformer

from bot.complaint.errors import ReplyWrong

MOST_STEPS: Final = 5_000
"""Steps of all loops together, for one reply."""
LONGEST: Final = 100_000
"""Characters that one reply, or one calculation in it, may come to: 24 messages."""
FAULTS: Final = (
    *(TemplateError, TypeError, ValueError, ArithmeticError),
    *(LookupError, AttributeError, RecursionError),
)
"""Everything that a template can do wrong with its fields."""
_BEYOND: Final = 10**15
_MAY: Final = frozenset({
    *("Template", "Output", "TemplateData", "Name", "Const", "NSRef", "If", "For", "Include"),
    *("With", "Assign", "CondExpr", "Filter", "Test", "Getattr", "Getitem", "Slice", "Call"),
    *("Keyword", "Pair", "List", "Tuple", "Dict", "Compare", "Operand", "Not", "And", "Or"),
    *("Neg", "Pos", "Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Concat"),
})  # fmt: skip
_FILTERS: Final = frozenset({
    *("abs", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "int"),
    *("join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr"),
    *("reverse", "select", "selectattr", "sort", "sum", "title", "trim", "truncate"),
    *("unique", "upper"),
})  # fmt: skip
_METHODS: Final = frozenset({"get", "items", "keys", "values", "split"})
_STEPS: Final = "_steps"
_WORDS: Final = "_words"


class _Noting(CodeGenerator):
    """Compiles a template and notes the fields it uses."""

    def enter_frame(self, frame: Frame) -> None:
        """What a block looks up."""
        super().enter_frame(frame)
        if isinstance(self.environment, Bounded) and self.name is not None:
            asked = self.environment.asked.setdefault(self.name, set())
            asked.update(
                name for action, name in frame.symbols.loads.values() if name and action == "resolve"
            )


class Bounded(ImmutableSandboxedEnvironment):
    """A Jinja sandbox with limits on time and length. `filters` are our own."""

    code_generator_class = _Noting
    intercepted_binops = frozenset({"*", "+", "%"})

    def __init__(self, filters: Mapping[str, Any], **options: Any) -> None:  # noqa: ANN401 - Jinja's own options
        super().__init__(**options)
        self.globals.clear()
        kept = {name: do for name, do in self.filters.items() if name in _FILTERS}
        self.filters = {**kept, "join": _join, **filters, _STEPS: self._stepped, _WORDS: _bounded}
        self._left = MOST_STEPS
        self.asked: dict[str, set[str]] = {}
        """The fields that each compiled template asks for."""

    def spoken(self, template: Template, fields: Mapping[str, object]) -> str:
        """The rendered template.

        Raises:
            SecurityError: it takes too long, or says too much.
        """
        self._left = MOST_STEPS
        parts, length = [], 0
        for part in template.root_render_func(template.new_context(dict(fields))):
            parts.append(part)
            length += len(part)
            if length > LONGEST:
                raise SecurityError(f"it comes to more than {LONGEST} characters")
        return "".join(parts)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja's
        """Allow arithmetic on numbers and joining of texts, within bounds."""
        sizes = [len(one) for one in (left, right) if isinstance(one, str | list | tuple)]
        large = any(isinstance(one, int | float) and abs(one) > _BEYOND for one in (left, right))
        if large or sum(sizes) > LONGEST or (sizes and operator != "+"):
            raise SecurityError(f"'{operator}' could grow without end; write the words out")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's
        """Allow fields, and a few methods."""
        return super().is_safe_attribute(obj, attr, value) and (not callable(value) or attr in _METHODS)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's
    ) -> str:
        bound = _Bound(self)
        bound.visit(source)
        if bound.refused is not None:
            one, wrong = bound.refused
            raise TemplateSyntaxError(f"{wrong} is not for replies", one.lineno or 1, name, filename)
        generated: str = super()._generate(source, name, filename, defer_init)
        return generated

    def refuses(self, node: nodes.Node) -> str | None:
        """The construct that templates may not use, if this is one."""
        kind = type(node).__name__
        if kind not in _MAY:
            return f"'{kind.lower()}'"
        if isinstance(node, nodes.Filter) and node.name not in self.filters:
            return f"the filter '{node.name}'"
        if isinstance(node, nodes.For) and node.recursive:
            return "a recursive loop"
        if isinstance(node, nodes.Include) and not isinstance(node.template, nodes.Const):
            return "including a part whose name is calculated"
        return None

    def _stepped(self, things: Iterable[object]) -> list[object]:
        """What is looped over, counted."""
        found = list(things)
        self._left -= len(found)
        if self._left < 0:
            raise SecurityError(f"its loops take more than {MOST_STEPS} steps")
        return found


def lies_in(folder: Path, file: Path) -> Path:
    """The file. Links stay inside the folder: whoever writes replies reads no other file by them.

    Raises:
        ReplyWrong: this one does not.
    """
    if not file.resolve().is_relative_to(folder.resolve()):
        raise ReplyWrong(f"{file}: it is a link to a file outside {folder}. Put the file itself here.")
    return file


class _Bound(NodeTransformer):
    """Rejects forbidden constructs, and counts loop steps and text lengths."""

    def __init__(self, environment: Bounded) -> None:
        self._environment = environment
        self.refused: tuple[nodes.Node, str] | None = None
        """The first thing that is not for replies."""

    def visit(self, node: nodes.Node, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - Jinja's
        """Anything."""
        if self.refused is None and (wrong := self._environment.refuses(node)) is not None:
            self.refused = node, wrong
        return super().visit(node, *args, **named)

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's
        """A loop."""
        self.generic_visit(node)
        node.iter = _through(_STEPS, node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802 - Jinja's
        """Words that are joined."""
        self.generic_visit(node)
        return _through(_WORDS, node)


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    wrapped = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
    wrapped.environment = node.environment
    return wrapped


def _bounded(words: str) -> str:
    if len(words) > LONGEST:
        raise SecurityError(f"it comes to more than {LONGEST} characters")
    return words


@pass_eval_context
def _join(context: nodes.EvalContext, things: Iterable[object], between: str = "") -> str:
    parts = list(things)
    if len(parts) * len(between) > LONGEST:
        raise SecurityError(f"it comes to more than {LONGEST} characters")
    return _bounded(sync_do_join(context, parts, between))
