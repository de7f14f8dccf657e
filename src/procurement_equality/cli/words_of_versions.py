"""Words of the command line for versions of a catalogue: help and short sentences, (Swedish, English)."""

from __future__ import annotations

VERSIONS: dict[str, tuple[str, str]] = {
    "diff": (
        "Visa vad som har ändrats mellan två versioner av en katalog. En version är en mapp, REVISION:mapp i git, en "
        "utgiven version (0.1.0) eller en fil från snapshot.",
        "Show what changed between two versions of a catalogue. A version is a folder, REVISION:folder in git, a "
        "released version (0.1.0) or a file from snapshot.",
    ),
    "diff.language": ("Dokumentets språk, annars meddelandenas.", "Language of the document; otherwise the messages'."),
    "diff.written": ("{path}: {number} krav skiljer sig.", "{path}: {number} requirements differ."),
    "diff.added": ("nytt", "new"),
    "diff.changed": ("ändrat", "changed"),
    "diff.withdrawn": ("tillbakadraget", "withdrawn"),
    "diff.removed": ("borttaget", "removed"),
    "diff.effects": (
        "beräknad verkan {computed}, angiven {declared}",
        "computed effect {computed}, declared {declared}",
    ),
    "diff.count": (
        "{old} → {new}: {number} krav skiljer sig, verkan {effect}.",
        "{old} → {new}: {number} requirements differ, effect {effect}.",
    ),
    "effect.none": ("ingen", "none"),
    "effect.patch": ("rättelse", "patch"),
    "effect.minor": ("mindre", "minor"),
    "effect.major": ("större", "major"),
    "snapshot": (
        "Spara en katalogs krav som en version att jämföra med senare.",
        "Save a catalogue's requirements as a version to compare with later.",
    ),
    "snapshot.output": ("Fil att skriva (.json).", "File to write (.json)."),
    "snapshot.done": (
        "{path}: {id} {version}, {number} krav.",
        "{path}: {id} {version}, {number} requirements.",
    ),
}
