"""Make the README's picture: pages of the home-care documents, through LibreOffice, pdftoppm and ImageMagick.

python docs/make_pictures.py
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from procurement_equality import Catalogue, Procurement, compose, select

ROOT = Path(__file__).resolve().parents[1]
PAGES = (("tender-section", 1), ("tender-section", 6), ("self-assessment", 1), ("self-assessment", 2))


def main() -> None:
    """Write docs/images/pages.png."""
    selection = select(Catalogue.load(), Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        pictures = []
        for template in ("tender-section", "self-assessment"):
            compose(selection, template, "sv").save(Path(folder) / f"{template}.docx")
            _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, f"{folder}/{template}.docx")
        for template, page in PAGES:
            picture = f"{folder}/{template}-{page}"
            only = ("-singlefile", "-f", str(page), "-l", str(page))
            _run("pdftoppm", "-r", "60", "-png", *only, f"{folder}/{template}.pdf", picture)
            pictures.append(f"{picture}.png")
        target = ROOT / "docs" / "images" / "pages.png"
        _run("montage", *pictures, "-tile", "4x1", "-geometry", "+6+6", "-background", "#8a8a8a", str(target))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
