"""The Jinja2 that templates are written in: a small part of it, with bounded work.

A template comes from outside. It gets plain data (strings, numbers, lists, dicts) and nothing to call but its own
macros; of Jinja2's syntax it may use what `_ALLOWED` lists. Every loop and macro call is charged against a budget,
so a template cannot run for ever or fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

BUDGET = 100_000_000
"""The work a rendering may cost, about one unit for each character written."""

_STEP = 200
_FILE = 5_000
"""What an include costs, besides what it writes."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.NSRef, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.Macro, nodes.Call, nodes.Keyword, nodes.FromImport, nodes.Include, nodes.Assign,
    nodes.Tuple, nodes.Filter, nodes.Test, nodes.Scope,
)  # fmt: skip
_FILTERS = frozenset({"join", "length", "lower", "upper", "first", "last", "e", "escape", "default"})
_TESTS = frozenset({"defined", "none", "equalto", "in", "eq", "ne"})


class BudgetExceededError(SecurityError):
    """A template did more work than any document needs."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with `StrictUndefined`, escaping always on, and the bounds above. One for each rendering."""

    def __init__(self, loader: BaseLoader, compiled: BytecodeCache | None = None) -> None:
        super().__init__(
            loader=loader,
            bytecode_cache=compiled,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=self.shown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.globals = {}
        self.filters["join"] = self.joined
        self.left = BUDGET

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in list(tree.find_all(nodes.Node)):
            _check(node, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            weight = sum(len(data.data) for data in loop.find_all(nodes.TemplateData))
            charge = nodes.EnvironmentAttribute("charged", lineno=loop.lineno)
            cost = nodes.Const(_STEP + weight, lineno=loop.lineno)
            loop.iter = nodes.Call(charge, [loop.iter, cost], [], None, None, lineno=loop.lineno)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja2's signature
        """Look a name up: keys of the data and the fields of `loop`, never a method."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext | StrictUndefined):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja2's signature
        """Look a key or an index up, as `getattr` does."""
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def get_template(self, *args: Any, **kwargs: Any) -> Template:  # noqa: ANN401 - Jinja2's signature
        """Get a template, and charge for it: includes may call each other."""
        self.charge(_FILE)
        return super().get_template(*args, **kwargs)

    def shown(self, value: Any) -> Any:  # noqa: ANN401 - whatever a template may print
        """Let text and numbers be printed, and charge for them; anything else is no text."""
        if isinstance(value, str):
            self.left -= len(value)
            if self.left < 0:
                raise BudgetExceededError("budget")
            return value
        if isinstance(value, int | Undefined):
            return value
        raise TypeError(f"{type(value).__name__} is no text")

    def joined(self, items: Iterable[Any], separator: str = "") -> str:
        """Join texts, and charge for the result."""
        texts = [str(self.shown(item)) for item in items]
        self.charge(len(texts) * len(separator))
        return separator.join(texts)

    def charged(self, items: Iterable[Any], cost: int) -> Iterator[Any] | list[Any]:
        """Charge for a loop before it runs; a loop over a list keeps its length."""
        listed = list(items)
        self.charge(cost * (len(listed) + 1))
        return listed

    def charge(self, cost: int) -> None:
        """Take from the budget. Raises `BudgetExceededError` when it is used up."""
        self.left -= cost
        if self.left < 0:
            raise BudgetExceededError("budget")

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401, N805 - Jinja2's signature
        """Call a macro, and charge for what it wrote."""
        if __obj == __self.charged:
            return __obj(*args)
        result = super().call(__context, __obj, *args, **kwargs)
        __self.charge(_STEP + len(result))
        return result


def _check(node: nodes.Node, name: str | None, filename: str | None) -> None:
    """Refuse what a template may not use. Raises `TemplateSyntaxError`."""
    refused = None if isinstance(node, _ALLOWED) else type(node).__name__
    if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        refused = f"| {node.name}"
    elif isinstance(node, nodes.Test) and node.name not in _TESTS:
        refused = f"is {node.name}"
    elif isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
        refused = "( )"
    elif isinstance(node, nodes.Tuple) and node.ctx == "load":
        refused = "( , )"
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        refused = f".{node.attr}"
    elif isinstance(node, nodes.Const) and isinstance(node.value, str) and node.value.startswith("_"):
        refused = node.value
    if refused is not None:
        raise TemplateSyntaxError(refused, node.lineno or 1, name, filename)
