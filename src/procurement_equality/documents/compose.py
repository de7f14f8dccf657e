"""From a selection to a document: one template, one language, one checked tree."""

from __future__ import annotations

from pathlib import Path

from procurement_equality.catalogue.text import Language
from procurement_equality.documents import templates
from procurement_equality.documents.document import Document
from procurement_equality.documents.views import selection_view
from procurement_equality.procurement.selection import Selection


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
    tree = templates.render(path, view)
    return Document(
        kind=path.stem,
        language=language,
        tree=tree,
        properties={
            "author": selection.procurement.authority.name,
            "subject": selection.procurement.reference,
            "form": view["form"]["id"],
            "catalogue": f"{selection.catalogue.head.id}@{selection.catalogue.head.version}",
            "catalogue-digest": selection.catalogue.digest,
            "selection-digest": selection.digest,
        },
        labels={key: words[key] for key in ("choose", "write_here", "pick_date", "number_here", "page", "of")},
        protected=protected,
    )
