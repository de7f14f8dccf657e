"""Strict YAML: PyYAML's C composer with a resolver and builder of our own.

The composer gives nodes with line and column; the builder turns them into dicts, tuples, strings, integers,
floats, booleans and dates. What YAML 1.1 would read in another way than it looks is refused, not guessed:
`no`, `on`, `010`, `1.10`, `12:30`, `2017:30`, `~`, duplicate keys, anchors and tags.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from procurement_equality.findings import Finding

MAX_BYTES = 1_000_000
"""The largest file that is read: the longest requirement is a hundredth of it."""

MAX_DEPTH = 40
"""The deepest nesting that is read."""

Value = str | int | float | bool | datetime.date | tuple["Value", ...] | dict[str, "Value"]
Location = tuple[int | str, ...]
"""Where in the value: keys and indexes from the top, as Pydantic gives them."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.([0-9]*[1-9]|0)\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_SURPRISE = re.compile(
    r"""(?:yes|no|on|off|y|n|null|~|true|false|\.nan|[-+]?\.inf      # words that are booleans, nothing or numbers
    |[-+]?0[xob]?[0-9a-f_]+|[-+][0-9].*                              # octal, hexadecimal, binary, signed
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?                # base 60: 12:30, 2017:30
    |[-+]?[0-9][0-9_]*\.[0-9_]*(?:e[-+]?[0-9]+)?|[-+]?\.[0-9_]+(?:e[-+]?[0-9]+)?
    |[0-9]+_[0-9_]*|[0-9]+e[-+]?[0-9]+
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[=<]<?                         # half a date, merge key
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_OF_SURPRISE = frozenset("yYnNoOtTfF~.+-0123456789=<")


class _TooDeepError(Exception):
    """The text nests deeper than is read."""


class _Composer(CParser):
    """The C parser and composer, with no resolving at all: a plain scalar keeps the empty tag.

    The composer recurses in C, where Python guards nothing: its own hooks count the levels and stop it.
    """

    depth = 0

    def resolve(self, kind: type, value: str, implicit: object) -> str:  # noqa: ARG002 - PyYAML's signature
        return ""

    def descend_resolver(self, parent: object, index: object) -> None:  # noqa: ARG002 - PyYAML's signature
        self.depth += 1
        if self.depth > MAX_DEPTH + 1:  # a scalar is a level too
            raise _TooDeepError

    def ascend_resolver(self) -> None:
        self.depth -= 1


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file that was read: its value, and the nodes that know where each part of it stands."""

    path: str
    text: str
    value: Value
    node: Node

    def finding(self, code: str, location: Location = (), /, **data: str) -> Finding:
        """Make a finding at `location`; a key that is missing points at the mapping that should have it."""
        line, column = self.position(location)
        return Finding(code, self.path, line, column, data=data)

    def finding_at(self, words: str, occurrence: int, code: str, location: Location = (), /, **data: str) -> Finding:
        """Make a finding at some words within `location`, the first of them or a later one.

        It stands at the key of `location` where the words are not found as they are.
        """
        line, column = self.position(location)
        node = self._node(location)
        lines = self.text.split("\n")
        first = node.start_mark.line
        raw = "\n".join(lines[first : node.end_mark.line + 1])
        start = node.start_mark.column
        if words:
            places = [place for place in whole_words(words, raw) if place >= start]
            if occurrence < len(places):
                before = raw[: places[occurrence]]
                line, column = first + before.count("\n") + 1, len(before) - before.rfind("\n")
        return Finding(code, self.path, line, column, data=data)

    def _node(self, location: Location) -> Node:
        node = self.node
        for part in location:
            child = _child(node, part)
            node = child[1] if child else node
        return node

    def position(self, location: Location) -> tuple[int, int]:
        """Give line and column (from 1) of `location`, or of the nearest part above it that exists."""
        node = self.node
        mark = node.start_mark
        for part in location:
            child = _child(node, part)
            if child is None:
                continue  # the tag of a discriminated union, or a key that is not there
            key, node = child
            mark = key.start_mark
        return mark.line + 1, mark.column + 1


def read_file(path: Path | str, name: str | None = None) -> tuple[YamlFile | None, list[Finding]]:
    """Read one file. Gives the file, or None and the findings that say why it cannot be read."""
    name = name or str(path)
    text, findings = read_text(Path(path), name)
    return (None, findings) if text is None else read(text, name)


def read_text(path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """Read a small UTF-8 text file, with a finding where it is missing, too large or in another encoding."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None, [Finding("file.missing", name)]
    except IsADirectoryError:
        return None, [Finding("file.directory", name)]
    except OSError as error:
        if path.is_dir():
            return None, [Finding("file.directory", name)]
        return None, [Finding("file.unreadable", name, data={"reason": error.strerror or str(error)})]
    if len(raw) > MAX_BYTES:
        return None, [Finding("file.too-large", name, data={"limit": str(MAX_BYTES)})]
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        byte = f"0x{raw[error.start]:02X}"
        return None, [Finding("file.encoding", name, before.count(b"\n") + 1, column, data={"byte": byte})]
    if not text.strip():
        return None, [Finding("file.empty", name)]
    return text, []


def read(text: str, name: str) -> tuple[YamlFile | None, list[Finding]]:
    """Read YAML text; `name` is the path that findings give."""
    try:
        if any(sign in text for sign in "&*!") and (unsafe := _unsafe(text, name)):
            return None, [unsafe]
        node = _Composer(text).get_single_node()
    except (RecursionError, _TooDeepError):
        return None, [_unsafe(text, name) or Finding("file.too-deep", name, data={"limit": str(MAX_DEPTH)})]
    except (yaml.YAMLError, UnicodeError) as error:
        return None, [_not_yaml(error, name)]
    if node is None:
        return None, [Finding("file.empty", name)]
    findings: list[Finding] = []
    value = _build(node, name, findings)
    return (None, findings) if findings else (YamlFile(name, text, value, node), [])


def _unsafe(text: str, name: str) -> Finding | None:
    """Find the first anchor, tag or too deep level by the parser's events, which need no recursion."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        mark = event.start_mark
        assert mark is not None, "the parser marks every event"  # noqa: S101
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if depth > MAX_DEPTH:
            return Finding("file.too-deep", name, mark.line + 1, mark.column + 1, data={"limit": str(MAX_DEPTH)})
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            return Finding("file.anchor", name, mark.line + 1, mark.column + 1, data={"anchor": str(event.anchor)})
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            return Finding("file.tag", name, mark.line + 1, mark.column + 1, data={"tag": str(event.tag)})
    return None


def _not_yaml(error: yaml.YAMLError | UnicodeError, name: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    return Finding("file.not-yaml", name, line, column, data={"problem": str(problem)})


def _build(node: Node, name: str, findings: list[Finding]) -> Value:
    """Turn a node into a value; what cannot be trusted becomes a finding and an empty string."""
    if type(node) is ScalarNode:
        return _scalar(node, name, findings)
    if type(node) is SequenceNode:
        return tuple([_build(item, name, findings) for item in node.value])
    value: dict[str, Value] = {}
    for key_node, value_node in node.value:
        if type(key_node) is not ScalarNode:
            findings.append(_at("yaml.key", key_node, name))
            continue
        key = key_node.value
        if key in value:
            findings.append(_at("yaml.duplicate-key", key_node, name, key=key))
        elif not key_node.style and key[:1] in _FIRST_OF_SURPRISE and _is_surprise(key):
            findings.append(_at("yaml.surprise", key_node, name, text=key))
        value[key] = _build(value_node, name, findings)
    return value


def _scalar(node: ScalarNode, name: str, findings: list[Finding]) -> Value:
    text: str = node.value
    if node.style or (text and text[0] not in _FIRST_OF_SURPRISE):
        return text
    if not text:
        findings.append(_at("yaml.no-value", node, name))
        return ""
    if text == "true" or text == "false":
        return text == "true"
    if _INTEGER.match(text):
        return int(text) if len(text) <= 18 else text
    if _DECIMAL.match(text):
        return float(text)
    if _DATE.match(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            findings.append(_at("yaml.no-such-date", node, name, text=text))
            return ""
    if _is_surprise(text):
        findings.append(_at("yaml.surprise", node, name, text=text))
    return text


def _is_surprise(text: str) -> bool:
    return _SURPRISE.match(text) is not None


def _at(code: str, node: Node, name: str, **data: str) -> Finding:
    mark = node.start_mark
    return Finding(code, name, mark.line + 1, mark.column + 1, data=data)


def _child(node: Node, part: int | str) -> tuple[Node, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item, item
    return None


def keys_above(node: Node, location: Sequence[int | str]) -> Iterator[str]:
    """Give the keys that stand in the mapping at `location`."""
    for part in location:
        child = _child(node, part)
        node = child[1] if child else node
    if isinstance(node, MappingNode):
        yield from (key.value for key, _ in node.value)


def whole_words(words: str, text: str) -> list[int]:
    """Give where words stand in a text, with any break between them, and not within other words."""
    between = r"\s+".join(map(re.escape, words.split()))
    return [match.start() for match in re.finditer(rf"(?<!\w){between}(?!\w)", text, re.IGNORECASE)]
