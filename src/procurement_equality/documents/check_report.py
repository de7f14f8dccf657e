"""The check report of a procurement, for the case file: what was checked, what was found, and what it rests on.

It never says that a procurement is lawful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from procurement_equality.catalogue import citation
from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.basis import basis_of
from procurement_equality.checks.check import Checked
from procurement_equality.checks.place import key_path
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.rule import SEVERITIES, Rule
from procurement_equality.checks.texts import StatedClause
from procurement_equality.checks.unit_costs import unit_costs
from procurement_equality.documents import templates
from procurement_equality.documents.balancing import balancing_views, cited_by_balancing
from procurement_equality.documents.burden_views import burden_view
from procurement_equality.documents.compose import checked_document
from procurement_equality.documents.document import Document
from procurement_equality.documents.form import View
from procurement_equality.documents.numbers import day, number, unbroken
from procurement_equality.documents.quoting import quoted
from procurement_equality.documents.views import cited_acts, waiver_view
from procurement_equality.findings import Finding, Severity
from procurement_equality.findings.words import title, unverified, way_out, what, why
from procurement_equality.procurement.law import derive_regime
from procurement_equality.resources import bundled


def compose_check_report(checked: Checked, language: Language) -> Document:
    """Make the check report of a case that was checked, whether or not requirements could be selected.

    Raises `TemplateError`.
    """
    path = bundled("templates") / templates.CHECK_REPORT
    words = templates.words(path, language)
    return checked_document(path, language, _Report(checked, language, words).view(), words, checked)


@dataclass(frozen=True, slots=True)
class _Report:
    """The report's view in one language."""

    checked: Checked
    language: Language
    words: Mapping[str, str]

    def view(self) -> View:
        """Give everything that the template may say."""
        selection = self.checked.case.selection
        return {
            "t": self.words,
            "language": self.language,
            "date": day(self.checked.date, self.language),
            "conclusion": list(self._conclusion()),
            "procurement": self._procurement(),
            "basis": self._basis(),
            "severities": [self._severity(each, listed) for each in SEVERITIES if (listed := self._of(each))],
            "waivers": list(self._waivers()),
            "not_examined": [self._rule(rule) for rule in self.checked.not_examined],
            "kinds": list(self._kinds()),
            "conflicts": balancing_views(selection, self.language) if selection else [],
            "burden": burden_view(selection, self.language, self.words) if selection else None,
            "unverified": list(self._unverified()),
            "unverified_silent": [
                self._rule(rule) for rule in self._unverified_rules() if rule not in self._reported()
            ],
            "statutes": cited_acts(self.checked.case.catalogue, self._citations(), self.language),
            "sources": list(self._sources()),
        }

    def _counted(self, key: str, count: int) -> str:
        """Give a number with what is counted, as said of one or of many."""
        form = "one" if count == 1 else "many"
        return self.words[f"{key}_{form}"].replace("{number}", number(count, self.language))

    def _of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.checked.findings if finding.severity == severity]

    # --- what was checked, in short -----------------------------------------------------------------------------

    def _conclusion(self) -> Iterator[str]:
        """Say how many findings there are, what to do about the gravest, what has been accepted, and what is left."""
        counts = [(each, len(self._of(each))) for each in SEVERITIES]
        found = tuple(self._counted(f"count_{each}", count) for each, count in counts if count)
        gravest = next((each for each, count in counts if count), None)
        listed = citation.joined(found, self.language)
        yield self.words["found"].replace("{found}", listed) if found else self.words["found_nothing"]
        if gravest is not None:
            yield self.words[f"then_{gravest}"]
        if self.checked.waived:
            yield self._counted("accepted", len(self.checked.waived))
        if self.checked.not_examined:
            yield self._counted("left", len(self.checked.not_examined))

    def _procurement(self) -> View:
        case, language = self.checked.case, self.language
        procurement = case.procurement
        derived = derive_regime(procurement, case.catalogue.law).why
        return {
            "title": procurement.title[language],
            "reference": procurement.reference,
            "authority": procurement.authority.name,
            "object": procurement.object[language],
            "regime": _upper(case.rules.name[language]) if case.rules else None,
            "regime_why": derived[language] if derived else None,
            "date": day(procurement.date, language),
        }

    def _basis(self) -> View:
        case, language = self.checked.case, self.language
        selected = len(case.selection.clauses) if case.selection else 0
        counts = (("clauses", selected), ("others", len(case.others)))
        clauses = [self._counted(f"count_{key}", count) for key, count in counts if count]
        return {
            "rules": self._counted("count_rules", len(self.checked.examined)),
            "clauses": citation.joined(tuple(clauses), language) or self.words["count_no_clauses"],
            "catalogue": f"{case.catalogue.head.title[language]} {case.catalogue.head.version}",
            "catalogue_digest": case.catalogue.digest[:12],
            "layers": [f"{layer.title[language]} {layer.version}" for layer in case.catalogue.layers],
            "selection_digest": case.selection.digest[:12] if case.selection else None,
            "file": PurePath(case.procurement.file.path).name if case.procurement.file else None,
        }

    # --- findings -----------------------------------------------------------------------------------------------

    def _severity(self, severity: Severity, findings: list[Finding]) -> View:
        """Give the findings of a severity, grouped by rule in the registry's order, those of no rule first."""
        order = {code: index for index, code in enumerate(BY_CODE)}
        listed = sorted(findings, key=lambda finding: order.get(finding.code, -1))
        grouped = groupby(listed, key=lambda finding: BY_CODE.get(finding.code))
        return {
            "heading": self.words[f"heading_{severity}"],
            "intro": self.words[f"intro_{severity}"],
            "groups": [self._group(rule, list(group)) for rule, group in grouped],
        }

    def _group(self, rule: Rule | None, findings: list[Finding]) -> View:
        """Give the findings of a rule with why it is there and what it rests on; of none, without."""
        shown = [self._finding(finding) for finding in findings]
        if rule is None:
            return {"title": self.words["no_rule"], "why": None, "legal": None, "unverified": None, "findings": shown}
        return {**self._rule(rule), "why": unbroken(why(rule.code, self.language)), "findings": shown}

    def _rule(self, rule: Rule) -> View:
        basis = basis_of(rule, self.checked.case)
        return {
            "code": rule.code,
            "title": title(rule.code, self.language),
            "legal": self.checked.case.cite(self.language, *basis) if basis else None,
            "unverified": unverified(rule.code, self.language),
        }

    def _finding(self, finding: Finding) -> View:
        corrected = finding.data.get("yaml", "")
        return {
            "code": finding.code,
            "place": self._place(finding),
            "about": self._about(finding),
            "what": unbroken(what(finding, self.language)),
            "way_out": unbroken(way_out(finding, self.language)),
            "yaml": corrected.rstrip("\n").split("\n") if corrected else [],
        }

    def _about(self, finding: Finding) -> str:
        """Name what a finding is about: a clause, what the rule calls it, or its place."""
        name = finding.data.get("name", "")
        clause = next((each for each in self.checked.case.clauses if each.name == name), None)
        if clause is not None and clause.title is not None:
            return f"{unbroken(name)} {clause.title[self.language]}"
        called = finding.data.get(f"title_{self.language}")
        return _upper(called) if called else self._place(finding) or finding.code

    def _place(self, finding: Finding) -> str:
        """Say where a finding stands: keys and line of the procurement file, or the other file's name and line."""
        file = self.checked.case.procurement.file
        keys = key_path(finding, file)
        parts = [unbroken(keys)] if keys else []
        if finding.path is not None and (file is None or finding.path != file.path):
            parts.append(PurePath(finding.path).name)
        if finding.line is not None:
            parts.append(self.words["line"].replace("{number}", str(finding.line)))
        return ", ".join(parts)

    def _waivers(self) -> Iterator[View]:
        """Give each waiver in force once, with what it accepts."""
        for waiver in dict.fromkeys(waiver for _, waiver in self.checked.waived):
            accepted = [unbroken(what(finding, self.language)) for finding, by in self.checked.waived if by == waiver]
            yield {**waiver_view(waiver, self.language), "accepted": accepted}

    # --- clauses and what they rest on --------------------------------------------------------------------------

    def _kinds(self) -> Iterator[View]:
        """Give the clauses by kind, in the order of the process, with the provision that lets them be asked."""
        case, language = self.checked.case, self.language
        for kind, name in case.catalogue.law.kinds.items():
            clauses = list(case.of_kind(kind))
            if clauses and case.rules is not None:
                rule = case.rules.kinds[kind]
                yield {
                    "title": name[language],
                    "allowed": rule.allowed,
                    "citation": case.cite(language, rule.citation),
                    "clauses": [self._clause(clause) for clause in clauses],
                }

    def _clause(self, stated: StatedClause) -> View:
        requirement, other = stated.requirement, stated.other
        rests_on = requirement.legal_basis if requirement else other.cites if other else ()
        return {
            "id": stated.name,
            "title": stated.title[self.language] if stated.title else "",
            "own": requirement is not None,
            "legal": self._cited(rests_on),
        }

    def _cited(self, texts: Iterable[str]) -> str:
        """Write citations out; one that is of no act that the catalogue knows stands as the buyer wrote it."""
        acts = self.checked.case.catalogue.law.acts
        parsed = {text: citation.parse(text) for text in texts}
        known = tuple(text for text, each in parsed.items() if each is not None and each.act in acts)
        written = (self.checked.case.cite(self.language, *known),) if known else ()
        return citation.joined((*written, *(quoted(text) for text in parsed if text not in known)), self.language)

    # --- what it rests on ---------------------------------------------------------------------------------------

    def _unverified(self) -> Iterator[View]:
        """Give what has not been verified: the regime's own text, then what rules that found something rest on."""
        rules = self.checked.case.rules
        if rules is not None and not rules.verified:
            yield {"title": _upper(rules.name[self.language]), "code": None, "what": self.words["regime_unverified"]}
        for rule in self._unverified_rules():
            if rule in self._reported():
                what_is = unverified(rule.code, self.language)
                yield {"title": title(rule.code, self.language), "code": rule.code, "what": what_is}

    def _unverified_rules(self) -> list[Rule]:
        return [rule for rule in self.checked.examined if not rule.verified]

    def _reported(self) -> list[Rule]:
        """Give the rules that found something, accepted or not, in the registry's order."""
        codes = {finding.code for finding in (*self.checked.findings, *(each for each, _ in self.checked.waived))}
        return [rule for rule in BY_CODE.values() if rule.code in codes]

    def _citations(self) -> Iterator[str]:
        """Yield every citation that the report writes out."""
        case = self.checked.case
        used: set[Kind] = {stated.kind for stated in case.clauses if stated.kind is not None}
        if case.rules is not None:
            yield case.rules.scope
            yield from (rule.citation for kind, rule in case.rules.kinds.items() if kind in used)
        for stated in case.clauses:
            yield from stated.requirement.legal_basis if stated.requirement else ()
            yield from stated.other.cites if stated.other else ()
        for rule in self._reported():
            yield from basis_of(rule, self.checked.case)
        yield from cited_by_balancing(case.selection)[0] if case.selection else ()

    def _sources(self) -> Iterator[View]:
        """Give the sources, statutes apart, of the rules that found something, of conflicts and of the estimate."""
        case = self.checked.case
        used = {source for rule in self._reported() for source in rule.sources}
        if case.selection is not None:
            used |= cited_by_balancing(case.selection)[1] | {str(unit_costs().method.source)}
        statutes = {act.url for act in case.catalogue.law.acts.values()}
        for key, source in case.catalogue.head.sources.items():
            if key in used and source.url not in statutes:
                seen = source.seen.isoformat()
                yield {"title": source.title, "publisher": source.publisher, "url": source.url, "seen": seen}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
