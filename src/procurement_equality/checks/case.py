"""The case to judge: catalogue, procurement, regime and selection, and every clause that the documents state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from procurement_equality.catalogue.law import Kind, Regime, RegimeId
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.strict_yaml import Location, read_file
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.texts import StatedClause, Texts
from procurement_equality.findings import Finding, SelectionError
from procurement_equality.procurement.law import derive_regime
from procurement_equality.procurement.model import Procurement
from procurement_equality.procurement.selection import Clause, Selection, select


@dataclass(frozen=True, eq=False)
class Case:
    """What rules examine. `selection` and `regime` are None where the procurement does not allow them yet."""

    catalogue: Catalogue
    procurement: Procurement
    selection: Selection | None
    regime: RegimeId | None
    refused: tuple[Finding, ...] = ()
    """Why no selection could be made."""

    @property
    def rules(self) -> Regime | None:
        """Give the regime's rules, where the regime is known."""
        return self.catalogue.law.regimes[self.regime] if self.regime else None

    @cached_property
    def clauses(self) -> tuple[StatedClause, ...]:
        """Give every clause: those of the selection, then those that stand elsewhere in the documents."""
        return (*self._selected(), *self.others)

    @cached_property
    def others(self) -> tuple[StatedClause, ...]:
        """Give the clauses that stand elsewhere in the documents."""
        return tuple(
            StatedClause(key, other.text, partial(self._locate_other, key), other.kind, other.title, other=other)
            for key, other in self.procurement.other_clauses.items()
        )

    @cached_property
    def texts(self) -> Texts:
        """Give the clauses as texts."""
        procurement = self.procurement
        return Texts(self.clauses, self.catalogue.law, self.regime, procurement.authority.type, procurement.date)

    def of_kind(self, *kinds: Kind) -> Iterator[StatedClause]:
        """Yield the clauses of some kinds."""
        return (stated for stated in self.clauses if stated.kind in kinds)

    def finding(self, code: str, location: Location = (), /, **data: str) -> Finding:
        """Make a finding at a place of the procurement file: `case.finding("lots", ("lots",))`."""
        return self.procurement.finding(code, location, **data)

    def cite(self, language: Language, *citations: str) -> str:
        """Write citations out: "17 kap. 1 § lagen om offentlig upphandling (2016:1145)"."""
        return self.catalogue.cite(citations, language)

    def _selected(self) -> Iterator[StatedClause]:
        for clause in self.selection.clauses if self.selection else ():
            requirement = clause.requirement
            locate = partial(self._locate_clause, clause)
            yield StatedClause(requirement.id, clause.text, locate, clause.kind, requirement.title, clause=clause)

    def _locate_other(self, key: str, code: str, words: str, data: Mapping[str, str]) -> Finding:
        """Point at the clause in the procurement file, at the words in its text or the citation in its list."""
        file = self.procurement.file
        if file is None:
            return Finding(code, data=data)
        at: Location = ("other_clauses", key)
        part = "cites" if words in self.procurement.other_clauses[key].cites else "text"
        return file.finding_at(words, 0, code, (*at, part), **data) if words else file.finding(code, at, **data)

    def _locate_clause(self, clause: Clause, code: str, words: str, data: Mapping[str, str]) -> Finding:
        """Point at the buyer's choice of a requirement, or at the words in the requirement's own file."""
        identifier = clause.requirement.id
        chosen = identifier in self.procurement.requirements
        if not words or chosen:
            return self.procurement.finding(code, ("requirements", identifier), **data)
        path = self.catalogue.path(identifier)
        file = read_file(path)[0] if path is not None else None
        if file is None:
            return self.procurement.finding(code, ("requirements",), **data)
        index = [variant.kind for variant in clause.requirement.variants].index(clause.kind)
        return file.finding_at(words, 0, code, ("variants", index, "text"), **data)


def make_case(catalogue: Catalogue, procurement: Procurement) -> Case:
    """Make the case of a procurement, with a selection where one can be made."""
    regime = derive_regime(procurement, catalogue.law).regime
    try:
        selection = select(catalogue, procurement)
    except SelectionError as error:
        return Case(catalogue, procurement, None, regime, error.findings)
    return Case(catalogue, procurement, selection, regime)
