"""Equality and non-discrimination requirements for Swedish public procurement, as data and as Word documents."""

__version__ = "0.1.0"
