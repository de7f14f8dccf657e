"""Forms held against those that were made: a file carries its own record of what it asks, and may have been changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from procurement_equality.answers.manifest import FormField, Manifest


class KnownForms:
    """The forms of a procurement, as far as they are known: those that were sent, and those that it makes."""

    def __init__(self, manifests: Iterable[Manifest]) -> None:
        self._digests: set[str] = set()
        self._fields: dict[tuple[str, str, str], dict[str, FormField]] = {}
        """The fields by selection, kind of form and language."""
        for manifest in manifests:
            self._digests.add(manifest.digest)
            self._fields.setdefault(_of(manifest), {}).update(manifest.fields)

    def changed(self, manifest: Manifest) -> str | None:
        """Give the first question that a form asks otherwise than it should, or lacks without saying so.

        None where it is one of the known forms, or where none is known of its selection, kind and language.
        """
        known = self._fields.get(_of(manifest))
        if manifest.digest in self._digests or not known:
            return None
        left_out = {each.name for each in manifest.left_out}
        changed = (name for name, field in known.items() if _differs(name, field, manifest.fields, left_out))
        added = (name for name in manifest.fields if name not in known)
        return next(chain(changed, added), None)


def _of(manifest: Manifest) -> tuple[str, str, str]:
    return manifest.selection_digest, manifest.kind, manifest.language


def _differs(name: str, known: FormField, fields: Mapping[str, FormField], left_out: set[str]) -> bool:
    field = fields.get(name)
    if field is None:
        return not any(name == out or name.startswith(f"{out}.") for out in left_out)
    return (field.type, field.options, field.required) != (known.type, known.options, known.required)
