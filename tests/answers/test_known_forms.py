"""A form is held against those that were made: its own record travels in the file and could have been changed."""

from __future__ import annotations

from procurement_equality import Selection, compose
from procurement_equality.answers.collecting.known_forms import KnownForms
from procurement_equality.answers.manifest import FormField, Manifest
from procurement_equality.documents.addressee import Addressee
from procurement_equality.procurement.supplier import Supplier


def _manifest(selection: Selection, addressee: Addressee | None = None) -> Manifest:
    manifest = compose(selection, "self-assessment", addressee=addressee).manifest
    assert manifest is not None
    return manifest


def _with(manifest: Manifest, **changes: object) -> Manifest:
    """Give a manifest whose first question of yes, no or partly is changed."""
    at = next(n for n, question in enumerate(manifest.questions) if question.type == "yes-no-partly")
    questions = list(manifest.questions)
    questions[at] = questions[at].model_copy(update=changes)
    return manifest.model_copy(update={"questions": tuple(questions)})


def test_the_forms_own_record_is_no_change(home_care: Selection) -> None:
    """A form as it was made, and one that is adapted to a small supplier, are as they should be."""
    known = KnownForms([_manifest(home_care)])
    assert known.changed(_manifest(home_care)) is None
    small = Addressee(supplier=Supplier(name="Omsorg Alfa AB", headcount=4, parts=("service",)))
    assert known.changed(_manifest(home_care, small)) is None


def test_a_label_that_stands_for_another_value_is_seen(home_care: Selection) -> None:
    """A file in which "Nej" is recorded as yes does not pass."""
    manifest = _manifest(home_care)
    question = next(q for q in manifest.questions if q.type == "yes-no-partly")
    assert isinstance(question, FormField)
    forged = _with(manifest, options={"yes": "Nej", "no": "Ja", "partly": "Delvis"})
    assert KnownForms([manifest]).changed(forged) == question.name


def test_a_question_that_is_gone_or_made_voluntary_is_seen(home_care: Selection) -> None:
    """A file that no longer asks, or no longer needs an answer, does not pass."""
    manifest = _manifest(home_care)
    known = KnownForms([manifest])
    first = next(q for q in manifest.questions if q.type == "yes-no-partly")
    gone = manifest.model_copy(update={"questions": tuple(q for q in manifest.questions if q is not first)})
    assert known.changed(gone) == first.name
    assert known.changed(_with(manifest, required=not first.required)) == first.name


def test_nothing_is_said_of_forms_that_nothing_is_known_of(home_care: Selection, cleaning: Selection) -> None:
    """A form of another procurement or version is told of elsewhere."""
    assert KnownForms([]).changed(_manifest(home_care)) is None
    assert KnownForms([_manifest(cleaning)]).changed(_manifest(home_care)) is None
