"""Filled forms in, responses out: `read_form` and `read_with_manifest`."""

from procurement_equality.answers.reading.form import read_form, read_with_manifest

__all__ = ["read_form", "read_with_manifest"]
