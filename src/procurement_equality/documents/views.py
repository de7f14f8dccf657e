"""What templates see: a selection as plain strings, numbers, lists and dicts in one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby

from babel.dates import format_date
from babel.numbers import format_currency

from procurement_equality.answers.manifest import Manifest
from procurement_equality.catalogue import citation
from procurement_equality.catalogue.comparison import Comparison, RequirementChange, word_changes
from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.requirement import AwardVariant
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.documents.addressee import Addressee
from procurement_equality.documents.balancing import balancing_views, cited_by_balancing
from procurement_equality.documents.commonmark import to_xhtml
from procurement_equality.documents.form import Form, View
from procurement_equality.documents.form_manifest import form_id
from procurement_equality.findings.words import messages, way_out, what
from procurement_equality.procurement.facts import FindingWaiver
from procurement_equality.procurement.parameters import LOCALES
from procurement_equality.procurement.selection import Clause, Selection

_MARKS = {
    "exclusion-ground": ["mark_answered"],
    "reserved-participation": ["mark_must", "mark_answered"],
    "selection-criterion": ["mark_must", "mark_answered"],
    "technical-specification": ["mark_must", "mark_contract", "mark_answered"],
    "award-criterion": ["mark_weighted", "mark_contract", "mark_answered"],
    "contract-performance-condition": ["mark_contract", "mark_answered"],
}
"""The marks of a clause of each kind, as keys of the word list."""

_MARK_ORDER = ("mark_must", "mark_weighted", "mark_contract", "mark_answered")


def selection_view(
    selection: Selection, language: Language, words: dict[str, str], form: Form, year: int | None = None
) -> View:
    """Give everything that a template may say about a selection, and of its form.

    `t` holds the word list; the rest is described in `docs/templates.md`.
    """
    catalogue = selection.catalogue
    clauses = [_clause(selection, clause, language, words) for clause in form.clauses]
    kinds = [
        {
            "key": kind,
            "title": catalogue.law.kinds[kind][language],
            "heading": f"heading_{kind.replace('-', '_')}",
            "intro": f"intro_{kind.replace('-', '_')}",
            "note": _note(selection, kind, language),
            "clauses": list(group),
        }
        for kind, group in groupby(clauses, key=lambda view: view["kind"])
    ]
    return {
        "t": words,
        "language": language,
        "procurement": _procurement(selection, language, form.addressee, year),
        "layers": [f"{layer.title[language]} {layer.version}" for layer in catalogue.layers],
        "catalogue": {
            "id": catalogue.head.id,
            "title": catalogue.head.title[language],
            "version": catalogue.head.version,
            "digest": catalogue.digest[:12],
            "licence": catalogue.head.licence,
        },
        "selection_digest": selection.digest[:12],
        "form": _form(selection, form, year),
        "respondent": _respondent(form, language),
        "left_out": [
            {"name": each.name, "title": each.title[language], "why": each.why[language]}
            for each in form.adaptation.left_out
        ],
        "questions": form,
        "kinds": kinds,
        "clauses": clauses,
        "topics": _topics(selection, clauses, language),
        "definitions": [{"term": d.term[language], "meaning": d.meaning[language]} for d in catalogue.head.definitions],
        "ladders": _ladders(selection, language),
        "statutes": _statutes(selection, language),
        "sources": _sources(selection),
        "balances": balancing_views(selection, language),
        "marks": _marks(selection, words),
        "waivers": [waiver_view(waiver, language) for waiver in selection.procurement.waivers],
        "award": [view for view in clauses if view["kind"] == "award-criterion"],
    }


def _form(selection: Selection, form: Form, year: int | None) -> View:
    """Give the form's id and its own fields."""
    return {
        "id": form_id(selection),
        "supplier": form.supplier(),
        "declaration": form.declaration(),
        "year_end": form.year_end(),
        "year": year,
        "earlier": form.addressee.earlier.called if form.addressee.earlier else None,
    }


def _marks(selection: Selection, words: dict[str, str]) -> list[View]:
    """List the marks that clauses have, with what they mean, as far as the word list knows them."""
    used = {mark for clause in selection.clauses for mark in _MARKS[clause.kind]}
    return [
        {"mark": words[mark], "meaning": words[f"{mark}_meaning"]}
        for mark in _MARK_ORDER
        if mark in words and mark in used
    ]


def _respondent(form: Form, language: Language) -> View:
    """Say who the document goes to, and what the form was adapted to; None stands for what is not known."""
    supplier, adaptation = form.addressee.supplier, form.adaptation
    titles = {part.key: part.title[language] for part in form.parts}
    return {
        "name": supplier.name if supplier else None,
        "contact_role": supplier.contact_role if supplier else None,
        "headcount": None if adaptation.headcount is None else str(adaptation.headcount),
        "parts": [titles[key] for key in adaptation.parts],
    }


def reminder_view(
    manifest: Manifest,
    supplier: str,
    sent: datetime.date,
    deadline: datetime.date,
    reply_by: datetime.date | None,
) -> View:
    """Give what a reminder may say of the form that has not come in."""
    language = manifest.language
    return {
        "title": manifest.title,
        "reference": manifest.reference,
        "authority": manifest.authority,
        "year": manifest.year,
        "supplier": supplier,
        "sent": _date(sent, language),
        "deadline": _date(deadline, language),
        "reply_by": _date(reply_by, language),
    }


def comparison_view(comparison: Comparison, language: Language, words: dict[str, str]) -> View:
    """Give everything that a template may say about two versions of a catalogue."""
    changes = [_requirement_change(change, language, words) for change in comparison.requirements]
    return {
        "t": words,
        "language": language,
        "catalogue": comparison.catalogue,
        "old": comparison.old,
        "new": comparison.new,
        "effect": words[f"effect_{comparison.effect}"],
        "counts": [
            {
                "happened": words[f"happened_{key}"],
                "number": sum(1 for c in comparison.requirements if c.happened == key),
            }
            for key in ("added", "changed", "withdrawn", "removed")
        ],
        "findings": [f"{what(finding, language)} {way_out(finding, language)}" for finding in comparison.findings],
        "added": [change for change in changes if change["key"] == "added"],
        "changed": [change for change in changes if change["key"] in ("changed", "withdrawn")],
        "removed": [change for change in changes if change["key"] == "removed"],
    }


def _requirement_change(change: RequirementChange, language: Language, words: dict[str, str]) -> View:
    fields = []
    for field in change.fields:
        before, after = word_changes(field, language)
        key = field.field.partition(".")[0].replace("-", "_")
        fields.append(
            {
                "name": words.get(f"field_{key}", field.field),
                "effect": words[f"effect_{field.effect}"],
                "before": [{"text": text, "changed": changed} for text, changed in before],
                "after": [{"text": text, "changed": changed} for text, changed in after],
            }
        )
    return {
        "key": change.happened,
        "id": change.id,
        "title": change.title[language],
        "happened": words[f"happened_{change.happened}"],
        "effect": words[f"effect_{change.effect}"],
        "declared": words[f"effect_{change.declared}"] if change.declared else None,
        "reasons": [reason[language] for reason in change.reasons],
        "fields": fields,
    }


def _procurement(selection: Selection, language: Language, addressee: Addressee, year: int | None) -> View:
    procurement, rules = selection.procurement, selection.rules
    with_tender = procurement.reply_by if year is None else None
    return {
        "title": procurement.title[language],
        "reference": procurement.reference,
        "authority": procurement.authority.name,
        "object": procurement.object[language],
        "link_to_subject": _prose(procurement.link_to_subject, language),
        "regime": rules.name[language],
        "regime_why": selection.regime_why[language],
        "scope": selection.catalogue.cite((rules.scope,), language),
        "principles": selection.catalogue.cite((rules.principles,), language),
        "follow_up": selection.catalogue.cite((rules.follow_up,), language),
        "documents_term": rules.documents_term[language],
        "supplier_term": rules.supplier_term[language],
        "ranking": rules.ranking,
        "choice_system": selection.regime == "LOV",
        "parts": [{"key": part.key, "title": part.title[language]} for part in procurement.parts],
        "reply_by": _date(addressee.reply_by or with_tender, language),
        "contact": addressee.contact,
        "date": _date(procurement.date, language),
        "value": _kronor(procurement.value, language),
        "months": procurement.months,
    }


def _clause(selection: Selection, clause: Clause, language: Language, words: dict[str, str]) -> View:
    catalogue, requirement = selection.catalogue, clause.requirement
    parts = {part.key: part.title[language] for part in selection.procurement.parts}
    choice = selection.procurement.requirements.get(requirement.id)
    return {
        "id": requirement.id,
        "title": requirement.title[language],
        "topic": requirement.topic,
        "kind": clause.kind,
        "kind_title": catalogue.law.kinds[clause.kind][language],
        "marks": [words[mark] for mark in _MARKS[clause.kind] if mark in words],
        "level": catalogue.head.levels[requirement.level][language],
        "grounds": [catalogue.head.grounds[ground][language] for ground in requirement.grounds],
        "articles": list(requirement.charter_articles.articles),
        "text": to_xhtml(clause.text[language]),
        "rationale": requirement.rationale[language],
        "evidence": requirement.evidence[language],
        "small_supplier": requirement.evidence.small_supplier[language],
        "legal": catalogue.cite((clause.citation, *requirement.legal_basis), language),
        "weight": clause.weight,
        "priority": clause.priority,
        "scale": _scale(clause, language),
        "parts": [parts[key] for key in clause.parts],
        "reason": _prose(clause.reason, language),
        "link_to_subject": _prose(choice.link_to_subject if choice else None, language),
        "why": clause.why[language],
        "follow_up": _follow_up(catalogue, clause, language, words),
        "layers": _layers(catalogue, requirement.id, language, words),
        "balancing": [
            {"goal": catalogue.head.goals[conflict.goal][language], "text": conflict.balancing[language]}
            for conflict in requirement.conflicts
        ],
    }


def _scale(clause: Clause, language: Language) -> list[View]:
    variant = clause.requirement.variant(clause.kind)
    if not isinstance(variant, AwardVariant):
        return []
    return [{"points": step.points, "description": step.description[language]} for step in variant.scale]


def _follow_up(catalogue: Catalogue, clause: Clause, language: Language, words: dict[str, str]) -> View:
    requirement = clause.requirement
    follow_up = requirement.follow_up
    consequence = requirement.consequence(clause.kind)
    ladder, own = catalogue.head.ladders[consequence.ladder], consequence.text
    return {
        "in_contract": clause.months_after_start is not None,
        "method": words[f"method_{follow_up.method}"],
        "when": _when(clause, words),
        "indicator": follow_up.indicator[language],
        "responsible": words[f"responsible_{follow_up.responsible.replace('-', '_')}"],
        "ladder": ladder.title[language],
        "ladder_key": consequence.ladder,
        "steps": [step[language] for step in ladder.steps],
        "consequence": own[language] if own else None,
    }


def _layers(catalogue: Catalogue, identifier: str, language: Language, words: dict[str, str]) -> list[View]:
    """Say what an organisation's layers did to a requirement, each change with its reason."""
    titles = {layer.id: f"{layer.title[language]} {layer.version}" for layer in catalogue.layers}
    views = []
    for change in catalogue.origins.get(identifier, ()):
        keys = [field.removeprefix("+").partition(".")[0].replace("-", "_") for field in change.fields]
        fields = ", ".join(dict.fromkeys(words[f"field_{key}"] for key in keys))
        done = words[f"verb_{change.verb}"].replace("{fields}", fields)
        views.append({"layer": titles[change.layer], "done": done, "reason": change.reason[language]})
    return views


def _when(clause: Clause, words: dict[str, str]) -> str:
    """Say when a requirement is followed up: "6 månader efter avtalsstart och därefter varje år"."""
    when = clause.requirement.follow_up.when
    parts = [words["when_with_tender"]] if when.with_tender else []
    if clause.months_after_start is not None:
        number = clause.months_after_start
        key = "when_start" if number == 0 else "when_month" if number == 1 else "when_months"
        parts.append(words[key].replace("{number}", str(number)))
    told = ", ".join(parts)
    if when.then_every_months is not None:
        key = "when_yearly" if when.then_every_months == 12 else "when_every"
        told += " " + words[key].replace("{number}", str(when.then_every_months))
    return told


def _topics(selection: Selection, clauses: list[View], language: Language) -> list[View]:
    """Group the clauses by topic, in the order of the catalogue."""
    topics = selection.catalogue.head.topics
    grouped = {key: [view for view in clauses if view["topic"] == key] for key in topics}
    return [{"key": k, "title": topics[k].title[language], "clauses": views} for k, views in grouped.items() if views]


def _note(selection: Selection, kind: Kind, language: Language) -> str | None:
    note = selection.rules.kinds[kind].note
    return note[language] if note else None


def _ladders(selection: Selection, language: Language) -> list[View]:
    """List the ladders of consequences that the clauses use, in the order of the catalogue."""
    used = {clause.requirement.consequence(clause.kind).ladder for clause in selection.clauses}
    return [
        {"key": key, "title": ladder.title[language], "steps": [step[language] for step in ladder.steps]}
        for key, ladder in selection.catalogue.head.ladders.items()
        if key in used
    ]


def waiver_view(waiver: FindingWaiver, language: Language) -> View:
    """Give a finding that the buyer accepts, with the title of its rule; a code that is no rule's has none."""
    return {
        "code": waiver.code,
        "title": messages().get(waiver.code, {}).get(f"{language}_title", waiver.code),
        "about": waiver.about,
        "reason": waiver.reason[language],
        "role": waiver.role,
        "until": _date(waiver.until, language),
    }


def _statutes(selection: Selection, language: Language) -> list[View]:
    """List the acts that the clauses and the conflicts between goals cite."""
    texts = [text for clause in selection.clauses for text in (clause.citation, *clause.requirement.legal_basis)]
    return cited_acts(selection.catalogue, [*texts, *cited_by_balancing(selection)[0]], language)


def cited_acts(catalogue: Catalogue, texts: Iterable[str], language: Language) -> list[View]:
    """List the acts that citations name, each once, by name and with the version that was read."""
    acts = catalogue.law.acts
    cited = {parsed.act for text in texts if (parsed := citation.parse(text)) is not None}
    found = [acts[key] for key in acts if key in cited]
    return [
        {
            "name": f"{act.name[language][:1].upper()}{act.name[language][1:]} ({act.sfs})",
            "url": act.url,
            "version": act.version_seen,
        }
        for act in found
    ]


def _sources(selection: Selection) -> list[View]:
    """List the sources of the clauses, and of the conflicts between goals, that are no statutes."""
    used = {source for clause in selection.clauses for source in clause.requirement.sources}
    used |= cited_by_balancing(selection)[1]
    statutes = {act.url for act in selection.catalogue.law.acts.values()}
    return [
        {"title": source.title, "publisher": source.publisher, "url": source.url, "seen": source.seen.isoformat()}
        for key, source in selection.catalogue.head.sources.items()
        if key in used and source.url not in statutes
    ]


def _prose(text: Text | None, language: Language) -> str | None:
    return text[language] if text else None


def _date(date: datetime.date | None, language: Language) -> str | None:
    return format_date(date, "long", locale=LOCALES[language]).replace(" ", "\u00a0") if date else None


def _kronor(amount: int, language: Language) -> str:
    pattern = "#,##0 ¤" if language == "sv" else "¤ #,##0"
    return format_currency(amount, "SEK", pattern, locale=LOCALES[language], currency_digits=False).replace(
        " ", "\u00a0"
    )
