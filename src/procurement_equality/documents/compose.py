"""From a selection, or a comparison of versions, to a document: one template, one language, one checked tree."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from procurement_equality.answers.follow_up import FollowUp
from procurement_equality.answers.manifest import Manifest
from procurement_equality.catalogue.comparison import Comparison
from procurement_equality.catalogue.text import Language
from procurement_equality.documents import templates
from procurement_equality.documents.addressee import Addressee
from procurement_equality.documents.document import Document
from procurement_equality.documents.form import Form, Values
from procurement_equality.documents.form_manifest import form_id, make_manifest
from procurement_equality.documents.picture import Picture
from procurement_equality.documents.views import comparison_view, reminder_view, selection_view
from procurement_equality.findings import Finding, TemplateError
from procurement_equality.procurement.selection import Selection
from procurement_equality.resources import bundled

if TYPE_CHECKING:
    from procurement_equality.checks.check import Checked


def compose(
    selection: Selection,
    template: str | Path,
    language: Language | None = None,
    *,
    protected: bool = True,
    year: int | None = None,
    values: Values | None = None,
    addressee: Addressee | None = None,
) -> Document:
    """Make a document of a selection.

    `template` is a name of ours (`tender-section`, `self-assessment`) or the path of an organisation's own;
    `language` the procurement's first where none is given. A form is `protected` so that only its fields can be
    filled in; there is no password. `year` is the year of an annual follow-up; `values` are filled in, by the field's
    name. Where it is known who the form goes to, it is adapted to that supplier and begins with what is known.
    Raises `TemplateError` that names file, line and element, or says that the template needs a year.
    """
    language = language or selection.procurement.languages[0]
    path = templates.find(template)
    offer = selection.rules.offer_term[language]
    words = {key: text.replace("{offer}", offer) for key, text in _of_year(path, language, year).items()}
    form = Form(selection, language, words, year, values, addressee)
    document = _document(
        path,
        language,
        selection_view(selection, language, words, form, year),
        words,
        properties={
            "author": selection.procurement.authority.name,
            "subject": selection.procurement.reference,
            "form": form_id(selection),
            "catalogue": f"{selection.catalogue.head.id}@{selection.catalogue.head.version}",
            "catalogue-digest": selection.catalogue.digest,
            "selection-digest": selection.digest,
        },
        protected=protected,
    )
    if not document.is_form:
        return document
    manifest = make_manifest(selection, form, path.stem, language, words, document.tree, year)
    _sign(document.tree, manifest.digest)
    return replace(document, manifest=manifest)


def _of_year(path: Path, language: Language, year: int | None) -> dict[str, str]:
    """Read a word list and write the year where it says `{year}`. Raises `TemplateError` where there is no year."""
    words = templates.words(path, language)
    if year is None and any("{year}" in text for text in words.values()):
        raise TemplateError([Finding("use.no-year", data={"template": path.stem})])
    return {key: text.replace("{year}", str(year)) for key, text in words.items()}


def _sign(tree: etree._Element, digest: str) -> None:
    """Add the beginning of the manifest's digest to the footer, where it survives most of what files go through."""
    body = tree.find("body")
    if body is not None:
        footer = body.find("footer")
        footer = etree.SubElement(body, "footer") if footer is None else footer
        etree.SubElement(footer, "p").text = f"#{digest[:12]}"


def compose_comparison(comparison: Comparison, language: Language) -> Document:
    """Make a document of what changed between two versions of a catalogue. Raises `TemplateError`."""
    path = bundled("templates") / templates.COMPARISON
    words = templates.words(path, language)
    versions = f"{comparison.catalogue} {comparison.old} – {comparison.new}"
    view = comparison_view(comparison, language, words)
    return _document(path, language, view, words, properties={"subject": versions}, protected=False)


def compose_reminder(
    manifest: Manifest,
    supplier: str,
    sent: datetime.date,
    deadline: datetime.date,
    reply_by: datetime.date | None = None,
) -> Document:
    """Make the reminder of a form that has not come in, in the form's language. Raises `TemplateError`."""
    path, language = bundled("templates") / templates.REMINDER, manifest.language
    words = templates.words(path, language)
    view = {"t": words, "language": language, "form": reminder_view(manifest, supplier, sent, deadline, reply_by)}
    return _document(path, language, view, words, properties={"subject": manifest.reference}, protected=False)


def follow_up_document(
    path: Path,
    language: Language,
    view: Mapping[str, Any],
    words: Mapping[str, str],
    follow_up: FollowUp,
    pictures: Mapping[str, Picture] | None = None,
) -> Document:
    """Make a document of what suppliers have sent back. Raises `TemplateError`."""
    selection = follow_up.selection
    properties = {
        "author": selection.procurement.authority.name,
        "subject": selection.procurement.reference,
        "catalogue": f"{selection.catalogue.head.id}@{selection.catalogue.head.version}",
        "selection-digest": selection.digest,
    }
    return _document(path, language, view, words, properties=properties, protected=False, pictures=pictures)


def checked_document(
    path: Path, language: Language, view: Mapping[str, Any], words: Mapping[str, str], checked: Checked
) -> Document:
    """Make a document of what the checks found. Raises `TemplateError`."""
    case = checked.case
    properties = {
        "author": case.procurement.authority.name,
        "subject": case.procurement.reference,
        "catalogue": f"{case.catalogue.head.id}@{case.catalogue.head.version}",
        "catalogue-digest": case.catalogue.digest,
    }
    if case.selection is not None:
        properties["selection-digest"] = case.selection.digest
    return _document(path, language, view, words, properties=properties, protected=False)


def _document(
    path: Path,
    language: Language,
    view: Mapping[str, Any],
    words: Mapping[str, str],
    *,
    properties: Mapping[str, str],
    protected: bool,
    pictures: Mapping[str, Picture] | None = None,
) -> Document:
    labels = ("choose", "write_here", "pick_date", "number_here", "page", "of")
    return Document(
        kind=path.stem,
        language=language,
        tree=templates.render(path, view, pictures or {}),
        properties=properties,
        labels={key: words[key] for key in labels},
        protected=protected,
        pictures=pictures or {},
    )
