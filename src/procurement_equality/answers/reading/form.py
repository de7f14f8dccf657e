"""Reading a filled form: behind the guard, by its own manifest, into a response."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from procurement_equality.answers.guard.package import Package, open_package
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.reading import matching, opendocument, word
from procurement_equality.answers.reading.found import Page
from procurement_equality.answers.reading.names import Names
from procurement_equality.answers.response import Answer, EvidenceReference, Note, Respondent, Response
from procurement_equality.findings import Finding, FormError
from procurement_equality.procurement.organisation_number import read_organisation_number

_FORMATS: Mapping[str, ModuleType] = {"docx": word, "odt": opendocument}
_PREFIX = "pe-"
_CUSTOM = "docProps/custom.xml"
_META_NAME = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name"
_SIGNED = re.compile(r"#([0-9a-f]{12})(?![0-9a-f])")
_MOST_LOOSE = 50


def read_form(
    source: Path | bytes, manifests: Mapping[str, Manifest] | None = None, name: str | None = None
) -> Response:
    """Read a filled form, `.docx` or `.odt`, from its path or its bytes (then `name` is the file's name).

    `manifests`, by digest, are for forms that have lost their own: the footer says which one is meant.
    Raises `FormError` where the file is refused, is no form of ours, or its manifest cannot be had.
    """
    return read_with_manifest(source, manifests, name)[0]


def read_with_manifest(
    source: Path | bytes, manifests: Mapping[str, Manifest] | None = None, name: str | None = None
) -> tuple[Response, Manifest]:
    """Read a filled form as `read_form` does, and give its manifest too."""
    path = name or (None if isinstance(source, bytes) else str(source))
    package = open_package(source, name)
    try:
        manifest, names, notes = _manifest(package, manifests or {})
    except FormError as error:
        raise FormError(Finding(f.code, path, data=f.data) for f in error.findings) from None
    file = Path(path).name if path else ""
    return _response(package, manifest, names, notes, file), manifest


def _response(package: Package, manifest: Manifest, names: Names, notes: list[Note], file: str) -> Response:
    root = package.tree(package.main)
    assert root is not None, "the guard has parsed it"  # noqa: S101
    page: Page = _FORMATS[package.kind].find(root, names)
    answers = tuple(map(_without_identity_number, matching.answers(manifest, page, names)))
    notes += [Note(code=warning.code, data=warning.data) for warning in package.warnings]
    if any(box.is_form_field for line in page.lines for cell in line.cells for box in cell.boxes):
        notes.append(Note(code="note.converted"))
    notes += [*_about_sources(answers), *matching.unknown_controls(page, names), *_about_loose(page.loose)]
    respondent = _respondent(answers)
    return Response(
        file=file,
        sha256=package.sha256,
        saved=_saved(package),
        form=manifest.form,
        kind=manifest.kind,
        language=manifest.language,
        reference=manifest.reference,
        catalogue=manifest.catalogue,
        catalogue_digest=manifest.catalogue_digest,
        selection_digest=manifest.selection_digest,
        manifest_digest=manifest.digest,
        respondent=respondent,
        answers=answers,
        evidence=tuple(_evidence(answers)),
        notes=tuple(notes),
    )


# --- which form it is -----------------------------------------------------------------------------------------


def _manifest(package: Package, manifests: Mapping[str, Manifest]) -> tuple[Manifest, Names, list[Note]]:
    """Give the form's own manifest, or the one that its footer names, with what it may be found by.

    Raises `FormError`.
    """
    properties = _properties(package)
    signed = _signed(package)
    damaged: FormError | None = None
    try:
        own = _own_manifest(tuple(sorted(properties.items())))
    except FormError as error:
        own, damaged = None, error
    if own is not None:
        digest = own[0].digest
        odd = [each for each in signed if not digest.startswith(each)]
        notes = [Note(code="note.footer-differs", data={"footer": each, "own": digest[:12]}) for each in odd[:1]]
        return *own, notes
    fitting = [manifests[digest] for digest in manifests if digest.startswith(signed)] if signed else []
    if len(fitting) == 1:
        return fitting[0], Names(fitting[0]), [Note(code="note.manifest-from-footer")]
    if damaged is not None:
        raise damaged
    if signed:
        raise FormError([Finding("form.no-manifest", data={"form": properties.get("form", signed[0])})])
    raise FormError([Finding("form.not-a-form")])


@lru_cache(maxsize=8)
def _own_manifest(properties: tuple[tuple[str, str], ...]) -> tuple[Manifest, Names] | None:
    """Unpack a manifest; suppliers of one procurement often send the same."""
    manifest = Manifest.from_properties(dict(properties))
    return None if manifest is None else (manifest, Names(manifest))


def _properties(package: Package) -> Mapping[str, str]:
    """Give the document properties that are ours, without their prefix; those of the manifest and the form's id."""
    if package.kind == "docx":
        root = package.tree(_CUSTOM)
        pairs = [] if root is None else [(str(item.get("name")), "".join(map(str, item.itertext()))) for item in root]
    else:
        root = package.tree("meta.xml")
        elements = () if root is None else root.iter("{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}user-defined")
        pairs = [(str(item.get(_META_NAME)), "".join(map(str, item.itertext()))) for item in elements]
    ours = (_PREFIX + "manifest-", _PREFIX + "form")
    return {key.removeprefix(_PREFIX): value for key, value in pairs if key.startswith(ours)}


def _signed(package: Package) -> tuple[str, ...]:
    """Give the beginnings of manifest digests that stand in footers."""
    if package.kind == "docx":
        parts = sorted(name for name in package.names if re.fullmatch(r"word/footer[0-9]*\.xml", name))
    else:
        parts = ["styles.xml"]
    found: list[str] = []
    for name in parts[:20]:
        root = package.tree(name)
        found += _SIGNED.findall("".join(map(str, root.itertext()))) if root is not None else []
    return tuple(dict.fromkeys(found))


def _saved(package: Package) -> datetime.datetime | None:
    """Give the time when the file says that it was last saved; None where it says nothing that is a time."""
    root = package.tree("docProps/core.xml" if package.kind == "docx" else "meta.xml")
    for tag in ("{http://purl.org/dc/terms/}modified", "{http://purl.org/dc/elements/1.1/}date"):
        element = None if root is None else next(root.iter(tag), None)
        if element is not None and element.text:
            try:
                saved = datetime.datetime.fromisoformat(element.text.strip()[:40])
            except ValueError:
                continue
            return saved if saved.tzinfo else saved.replace(tzinfo=datetime.UTC)
    return None


# --- what it says of the whole ---------------------------------------------------------------------------------


def _about_sources(answers: tuple[Answer, ...]) -> Iterator[Note]:
    """Say how many answers were found by something else than their tag."""
    number = sum(answer.status == "recovered" for answer in answers)
    if number:
        yield Note(code="note.recovered", data={"number": str(number)})


def _about_loose(texts: list[str]) -> Iterator[Note]:
    for text in texts[:_MOST_LOOSE]:
        yield Note(code="note.loose-text", data={"text": matching.shortened(text)})
    if len(texts) > _MOST_LOOSE:
        yield Note(code="note.more-loose-text", data={"number": str(len(texts) - _MOST_LOOSE)})


def _evidence(answers: tuple[Answer, ...]) -> Iterator[EvidenceReference]:
    for answer in answers:
        if answer.type == "attachment" and isinstance(answer.value, str):
            yield EvidenceReference(question=answer.question, reference=answer.value)


def _without_identity_number(answer: Answer) -> Answer:
    """Check the organisation number; that of a sole trader is a personal identity number and is not kept."""
    if answer.question != "LEV.org_number" or not isinstance(answer.value, str):
        return answer
    number = read_organisation_number(answer.value)
    if number.kind == "personal":
        note = Note(code="note.identity-number")
        return answer.model_copy(update={"typed": "", "value": None, "notes": (*answer.notes, note)})
    if number.kind == "sole-trader":
        return answer.model_copy(update={"value": None})
    if number.text is None:
        note = Note(code="note.org-number", data={"text": matching.shortened(answer.typed)})
        return answer.model_copy(update={"status": "invalid", "value": None, "notes": (*answer.notes, note)})
    return answer.model_copy(update={"value": number.text})


def _respondent(answers: tuple[Answer, ...]) -> Respondent:
    """Say who answered, from the supplier's own fields."""
    own = {a.question.removeprefix("LEV."): a.value for a in answers if a.question.startswith("LEV.")}
    texts = {key: " ".join(value.split()) or None for key, value in own.items() if isinstance(value, str)}
    headcount, date = own.get("headcount"), texts.get("date")
    parts = (key.removeprefix("part.") for key, value in own.items() if key.startswith("part.") and value is True)
    return Respondent(
        name=texts.get("name"),
        org_number=texts.get("org_number"),
        contact_role=texts.get("contact_role"),
        contact=texts.get("contact"),
        headcount=headcount if isinstance(headcount, int) and not isinstance(headcount, bool) else None,
        date=datetime.date.fromisoformat(date) if date else None,
        parts=tuple(parts),
    )
