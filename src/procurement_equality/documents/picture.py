"""A picture that the composing code supplies to a document: a PNG file and its size on paper."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from math import isfinite

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MILLIMETRES = 25.4


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the bytes of a PNG file, width and height in millimetres as printed.

    Raises `ValueError` for bytes that are no PNG file and for a size that is not above zero.
    """

    png: bytes
    width: float
    height: float

    def __post_init__(self) -> None:
        if not self.png.startswith(_SIGNATURE):
            raise ValueError("the picture is no PNG file")
        if not (isfinite(self.width) and isfinite(self.height) and min(self.width, self.height) > 0):
            raise ValueError("a picture's width and height are above zero")

    @classmethod
    def at(cls, png: bytes, dots_per_inch: int) -> Picture:
        """Give a PNG file as a picture of the size that its pixels have at `dots_per_inch`."""
        if not png.startswith(_SIGNATURE) or len(png) < 24:
            raise ValueError("the picture is no PNG file")
        width, height = struct.unpack(">II", png[16:24])
        return cls(png, width / dots_per_inch * _MILLIMETRES, height / dots_per_inch * _MILLIMETRES)

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Give the size in millimetres at which the picture fits in `width` and `height`; it never grows."""
        scale = min(1.0, width / self.width, height / self.height)
        return self.width * scale, self.height * scale
