"""Acts that running text names: whether the catalogue's list has them, and whether they are in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from procurement_equality.catalogue import citation
from procurement_equality.catalogue.law import Act
from procurement_equality.catalogue.text import Language
from procurement_equality.catalogue.wording import Phrases

_SFS = re.compile(r"(?<!SOU )(?<!AFS )(?<!RiR )(?<!-FS )\b(?:1[6-9]|20)[0-9]{2}:[0-9]{1,4}\b")
"""A number in the Swedish Code of Statutes; reports and agencies' regulations have series of their own."""

_SHORT = re.compile(r"\b([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,3}) [0-9]{1,2}:[0-9]{1,2}\b")
_NAMED = re.compile(r"§ (?:\w+ stycket )?((?:\w*lagen|\w*förordningen|\w*balken)\b[^.,;)]{0,80})")
_SFS_IN_NAME = re.compile(r" \([0-9]{4}:[0-9]+\)")


class NamedActs:
    """The acts of a catalogue as running text names them: by number, by abbreviation, by name."""

    def __init__(self, acts: Mapping[str, Act]) -> None:
        self._known = acts
        self._by_sfs = {act.sfs: act for act in acts.values()}
        in_force = {act.name.sv.lower() for act in acts.values() if act.valid_to is None}
        repealed = {act.name.sv.lower() for act in acts.values() if act.valid_to is not None} - in_force
        self._names = (*in_force, *repealed)
        self.repealed = Phrases([f"{name}*" for name in repealed], in_force)
        """The names of repealed acts; a name in force that begins alike is none of them."""

    def problems(self, text: str, language: Language) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Yield (code, words, data) for repealed numbers and for acts that are not in the list."""
        if ":" not in text and "§" not in text:
            return
        flat = " ".join(text.split())
        if ":" in flat:
            for sfs in _SFS.findall(flat):
                act = self._by_sfs.get(sfs)
                if act is None:
                    yield "lint.act-unknown", sfs, {}
                elif act.valid_to is not None:
                    yield "lint.act-repealed", sfs, {"replaced_by": str(act.replaced_by)}
            for match in _SHORT.finditer(flat):
                if citation.parse(match.group()) is None or match[1] not in self._known:
                    yield "lint.act-unknown", match.group(), {}
        if language == "sv" and "§" in flat:
            for match in _NAMED.finditer(_SFS_IN_NAME.sub("", flat)):
                if not match[1].lower().startswith(self._names):
                    yield "lint.act-unknown", match[1].split()[0], {}
