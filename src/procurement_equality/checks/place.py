"""Where a finding stands in a procurement file, as a person writes it: `requirements.AKT-03.parameters`."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, SequenceNode

from procurement_equality.catalogue.strict_yaml import YamlFile
from procurement_equality.findings import Finding

_Place = tuple[int, int]
"""Line and column, from 1."""


def key_path(finding: Finding, file: YamlFile | None) -> str:
    """Give the keys that lead to a finding's place, joined by dots.

    Nothing where it stands in another file, or at the file's beginning, which stands for the whole file. An element of
    a list begins where its first key does, and stands for both.
    """
    if file is None or finding.path != file.path or finding.line is None:
        return ""
    place = finding.line, finding.column or 0
    return "" if place == file.position(()) else ".".join(_keys(file.node, place))


def _keys(node: Node, place: _Place) -> Iterator[str]:
    """Yield the keys that lead to a place, from the top."""
    before = [child for child in _children(node) if _start(child[1]) <= place]
    if before:
        key, mark, value = before[-1]
        if _start(mark) <= place <= max(_end(mark), _end(value)):
            yield key
            if _start(mark) != place:
                yield from _keys(value, place)


def _children(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """Yield each part of a node, in order: its key or index, the node that marks its place, and its value."""
    if isinstance(node, MappingNode):
        yield from ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from ((str(index), value, value) for index, value in enumerate(node.value))


def _start(node: Node) -> _Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _end(node: Node) -> _Place:
    return node.end_mark.line + 1, node.end_mark.column + 1
