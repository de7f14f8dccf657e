"""Where the catalogue and the templates lie: inside an installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: Literal["requirements_catalog", "templates"]) -> Path:
    """Give the folder that comes with this package.

    A wheel holds it inside the package; a checkout, and so an editable install, has it two levels up.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name
