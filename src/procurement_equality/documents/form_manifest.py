"""The manifest of a form: what it asks, as a reader will need to know it."""

from __future__ import annotations

import base64

from lxml import etree

from procurement_equality.answers.manifest import LeftOut, Manifest, paragraph_mark
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.form import Form, Words
from procurement_equality.procurement.selection import Selection

_BLOCKS = ("h1", "h2", "h3", "h4", "p", "li", "caption", "th", "td")


def make_manifest(
    selection: Selection,
    form: Form,
    kind: str,
    language: Language,
    words: Words,
    tree: etree._Element,
    year: int | None,
) -> Manifest:
    """Say what the form in `tree` asks: of everything that the selection asks, what the template wrote."""
    procurement, head = selection.procurement, selection.catalogue.head
    questions = tuple(form.questions(tree))
    asked = {question.name.partition(".")[0] for question in questions}
    return Manifest(
        kind=kind,
        language=language,
        title=procurement.title[language],
        reference=procurement.reference,
        authority=procurement.authority.name,
        form=form_id(selection),
        catalogue=f"{head.id}@{head.version}",
        catalogue_digest=selection.catalogue.digest,
        selection_digest=selection.digest,
        year=year,
        placeholders=(words["choose"], words["write_here"], words["pick_date"], words["number_here"]),
        requirements={
            c.requirement.id: c.requirement.title[language] for c in selection.clauses if c.requirement.id in asked
        },
        questions=questions,
        left_out=tuple(
            LeftOut(name=each.name, headcount=each.headcount, parts=each.parts) for each in form.adaptation.left_out
        ),
        paragraphs=_marks(tree),
    )


def form_id(selection: Selection) -> str:
    """Give the id that is printed in the form's footer: catalogue, version, and the selection's first twelve signs."""
    head = selection.catalogue.head
    return f"{head.id}-{head.version}-{selection.digest[:12]}"


def _marks(tree: etree._Element) -> str:
    """Give the marks of every paragraph that is the form's own text, in base 64."""
    marks = {paragraph_mark(_own_text(element)) for element in tree.iter(*_BLOCKS)}
    return base64.b64encode(b"".join(sorted(marks))).decode("ascii")


def _own_text(element: etree._Element) -> str:
    """Give the text of a block without that of the blocks in it, and without what is filled in."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in ("p", "ul", "ol", "select", "textarea"):
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
