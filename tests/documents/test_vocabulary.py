"""The vocabulary is checked twice, quickly and closely, and both say the same."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_parts import write_template

from conftest import ROOT
from procurement_equality import Catalogue, Procurement, compose, select
from procurement_equality.documents.vocabulary import ATTRIBUTES, CHILDREN, faults, holds
from procurement_equality.findings import TemplateError

_SELECTION = select(Catalogue.load(), Procurement.load(ROOT / "examples" / "direktupphandling-utbildning.yaml"))
_TREES = [compose(_SELECTION, name, "sv").tree for name in ("tender-section", "self-assessment")]
_TAGS = [*sorted(CHILDREN), "div", "b", "script"]
_NAMES = [*sorted({name for attributes in ATTRIBUTES.values() for name in attributes}), "onclick", "id"]
_VALUES = st.sampled_from(
    ["", " ", "x", "toc", "new-page", "number", "col", "javascript:x", "https://x.se", "width: 3%", "width: a%"]
)


def _change(element: etree._Element, what: str, tag: str, name: str, value: str) -> None:
    """Make one change to an element."""
    parent = element.getparent()
    if what == "attribute":
        element.set(name, value)
    elif what == "no attributes":
        element.attrib.clear()
    elif what == "text":
        element.text = value
    elif what == "comment":
        element.append(etree.Comment("x"))
    elif what == "child":
        element.insert(0, etree.Element(tag))
    elif what == "tag":
        element.tag = tag
    elif parent is not None and what == "remove":
        parent.remove(element)
    elif parent is not None:
        parent.append(copy.deepcopy(element))


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(_TREES),
    st.integers(0, 10_000),
    st.sampled_from(["attribute", "no attributes", "text", "comment", "child", "tag", "remove", "twice"]),
    st.sampled_from(_TAGS),
    st.sampled_from(_NAMES),
    _VALUES,
)
def test_the_quick_check_and_the_close_one_agree(
    tree: etree._Element, index: int, what: str, tag: str, name: str, value: str
) -> None:
    """Whatever is changed in a document, the quick check refuses it exactly when the close one finds a fault."""
    changed = copy.deepcopy(tree)
    elements = list(changed.iter())
    _change(elements[index % len(elements)], what, tag, name, value)
    assert holds(changed) == (next(faults(changed), None) is None)


@pytest.mark.parametrize("inside", [" ", "\n", "<![CDATA[]]>"])
@pytest.mark.parametrize("tag", ["br", "input", "nav"])
def test_white_space_in_an_empty_element_is_said(tag: str, inside: str, tmp_path: Path) -> None:
    """An element that shall be empty and is not gives a finding, also where nothing but white space stands in it."""
    attributes = {"br": "", "input": ' name="a" type="text" title="b"', "nav": ' class="toc" title="c"'}[tag]
    element = f"<{tag}{attributes}>{inside}</{tag}>"
    body = element if tag == "nav" else f"<p>a{element}b</p>"
    with pytest.raises(TemplateError) as raised:
        compose(_SELECTION, write_template(tmp_path, f"<p>first</p>{body}<h2>d</h2>"))
    assert [finding.code for finding in raised.value.findings] == ["template.not-empty"]


def test_our_documents_keep_to_the_vocabulary() -> None:
    """What our templates make passes both checks."""
    for tree in _TREES:
        assert holds(tree)
        assert list(faults(tree)) == []
