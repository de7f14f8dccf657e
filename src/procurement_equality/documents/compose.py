"""From a selection, or a comparison of versions, to a document: one template, one language, one checked tree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from procurement_equality.catalogue.comparison import Comparison
from procurement_equality.catalogue.text import Language
from procurement_equality.documents import templates
from procurement_equality.documents.document import Document
from procurement_equality.documents.views import comparison_view, selection_view
from procurement_equality.procurement.selection import Selection
from procurement_equality.resources import bundled


def compose(
    selection: Selection, template: str | Path, language: Language | None = None, *, protected: bool = True
) -> Document:
    """Make a document of a selection.

    `template` is a name of ours (`tender-section`, `self-assessment`) or the path of an organisation's own;
    `language` the procurement's first where none is given. A form is `protected` so that only its fields can be
    filled in; there is no password. Raises `TemplateError` that names file, line and element.
    """
    language = language or selection.procurement.languages[0]
    path = templates.find(template)
    offer = selection.rules.offer_term[language]
    words = {key: text.replace("{offer}", offer) for key, text in templates.words(path, language).items()}
    view = selection_view(selection, language, words)
    return _document(
        path,
        language,
        view,
        words,
        properties={
            "author": selection.procurement.authority.name,
            "subject": selection.procurement.reference,
            "form": view["form"]["id"],
            "catalogue": f"{selection.catalogue.head.id}@{selection.catalogue.head.version}",
            "catalogue-digest": selection.catalogue.digest,
            "selection-digest": selection.digest,
        },
        protected=protected,
    )


def compose_comparison(comparison: Comparison, language: Language) -> Document:
    """Make a document of what changed between two versions of a catalogue. Raises `TemplateError`."""
    path = bundled("templates") / templates.COMPARISON
    words = templates.words(path, language)
    versions = f"{comparison.catalogue} {comparison.old} – {comparison.new}"
    view = comparison_view(comparison, language, words)
    return _document(path, language, view, words, properties={"subject": versions}, protected=False)


def _document(
    path: Path,
    language: Language,
    view: Mapping[str, Any],
    words: Mapping[str, str],
    *,
    properties: Mapping[str, str],
    protected: bool,
) -> Document:
    labels = ("choose", "write_here", "pick_date", "number_here", "page", "of")
    return Document(
        kind=path.stem,
        language=language,
        tree=templates.render(path, view),
        properties=properties,
        labels={key: words[key] for key in labels},
        protected=protected,
    )
