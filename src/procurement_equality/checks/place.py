"""Where a finding stands in a procurement file, as a person writes it: `requirements.AKT-03.parameters`."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, SequenceNode

from procurement_equality.catalogue.strict_yaml import YamlFile
from procurement_equality.findings import Finding


def key_path(finding: Finding, file: YamlFile | None) -> str:
    """Give the keys that lead to a finding's place, joined by dots.

    Nothing where it stands in another file, or at the file's beginning, which stands for the whole file.
    """
    if file is None or finding.path != file.path or finding.line is None or file.position(()) == _at(finding):
        return ""
    keys: list[str] = []
    node: Node | None = file.node
    while node is not None:
        inner = None
        for key, mark, child in _children(node):
            if (mark.start_mark.line + 1, mark.start_mark.column + 1) > _at(finding):
                break
            inner = key, mark, child
        node = None
        if inner is not None and _reaches(inner[1], inner[2], finding):
            keys.append(inner[0])
            node = inner[2]
    return ".".join(keys)


def _at(finding: Finding) -> tuple[int, int]:
    return finding.line or 0, finding.column or 0


def _children(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """Yield each part of a node, in order: its key or index, the node that marks its place, and its value."""
    if isinstance(node, MappingNode):
        yield from ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from ((str(index), value, value) for index, value in enumerate(node.value))


def _reaches(mark: Node, value: Node, finding: Finding) -> bool:
    """Say whether a finding stands at the key or within its value."""
    end = value.end_mark
    return _at(finding) <= (max(end.line, mark.end_mark.line) + 1, end.column + 1)
