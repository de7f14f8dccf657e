"""The evaluation record of a procurement: what the answers show and what persons have judged, side by side.

It names no winner and adds nothing up where points are missing. Under LOV it is the record of how applications were
examined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from procurement_equality.answers.assessment.assessment import FOLLOW_UP, Assessment
from procurement_equality.answers.assessment.observation import Observation
from procurement_equality.answers.assessment.standing import Points
from procurement_equality.answers.assessment.standing import points as points_of
from procurement_equality.answers.collecting.received import Line
from procurement_equality.answers.follow_up import FollowUp, Respondent
from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.requirement import AwardVariant
from procurement_equality.catalogue.text import Language
from procurement_equality.documents import templates
from procurement_equality.documents.commonmark import to_xhtml
from procurement_equality.documents.compose import follow_up_document
from procurement_equality.documents.document import Document
from procurement_equality.documents.form import View
from procurement_equality.documents.legal_grounds import APPROVAL, DOCUMENTATION, PRIORITY, ground, principles
from procurement_equality.documents.numbers import day, number
from procurement_equality.documents.quoting import file_name, quoted
from procurement_equality.procurement.selection import Clause
from procurement_equality.resources import bundled

_LATER: Kind = "contract-performance-condition"
_AWARD: Kind = "award-criterion"
_OUTCOMES = ("met", "partly", "not-met", "cannot-be-judged", "not-applicable")
_PERSON_GIVES_POINTS = "note.assess-award"
"""What is said of every award criterion, and by the record once for all of them."""
_REASON = 600
"""How many characters of a person's reason are shown."""


def compose_evaluation_record(follow_up: FollowUp, language: Language) -> Document:
    """Make the evaluation record of what came in before award; forms of the annual follow-up are left out.

    Raises `TemplateError`.
    """
    path = bundled("templates") / "evaluation-record.html"
    rules = follow_up.selection.rules
    offer, documents = rules.offer_term[language], rules.documents_term[language]
    listed = templates.words(path, language)
    words = {key: text.replace("{offer}", offer).replace("{documents}", documents) for key, text in listed.items()}
    view = _Record(follow_up, language, words).view()
    return follow_up_document(path, language, view, words, follow_up)


class _Record:
    """The record's view in one language."""

    def __init__(self, follow_up: FollowUp, language: Language, words: Mapping[str, str]) -> None:
        self._all = follow_up
        self._selection = follow_up.selection
        self._language = language
        self._words = words
        self._respondents = [each for each in follow_up.respondents if each.kind != FOLLOW_UP]
        self._names = Counter(each.name for each in self._respondents)
        self._titles = {
            clause.requirement.id: clause.requirement.title[language] for clause in follow_up.selection.clauses
        }
        self._by_requirement: dict[str, list[tuple[Respondent, Assessment]]] = {}
        for respondent in self._respondents:
            for each in respondent.assessments:
                self._by_requirement.setdefault(each.requirement, []).append((respondent, each))

    def view(self) -> View:
        """Give everything that the template may say."""
        selection, language = self._selection, self._language
        open_questions = list(self._open())
        return {
            "t": self._words,
            "language": language,
            "procurement": self._procurement(),
            "date": day(self._all.date, language),
            "documentation": ground(DOCUMENTATION, selection, language),
            "approval": ground(APPROVAL, selection, language),
            "principles": principles(selection, language),
            "open": open_questions,
            "status": self._counted("status", len(open_questions)),
            "received": list(self._received()),
            "suppliers": [self._supplier(each) for each in self._respondents],
            "kinds": list(self._kinds()),
            "conditions": [self._condition(clause) for clause in self._of_kind(_LATER)],
            "points": [self._points(each, given) for each in self._respondents for given in self._given(each)],
            "weight": self._weight(),
            "no_sum": self._no_sum(),
            "unknown": list(self._unknown()),
            "basis": self._basis(),
            "files": [self._file(each) for each in self._respondents],
        }

    def _name(self, respondent: Respondent) -> str:
        """Give a supplier's name, with the file where several forms bear it."""
        name = quoted(respondent.name)
        return f"{name} ({file_name(respondent.file)})" if self._names[respondent.name] > 1 else name

    def _said(self, key: str, **data: str) -> str:
        text = self._words[key]
        for name, value in data.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _counted(self, key: str, count: int, **data: str) -> str:
        """Give a sentence as said of none, of one, or of many."""
        form = {0: "none", 1: "one"}.get(count, "many")
        return self._said(f"{key}_{form}", number=number(count, self._language), **data)

    def _outcome(self, outcome: str | None, kind: Kind | None = None) -> str:
        """Give what an outcome is called; of an exclusion ground "met" would say the opposite of what is meant."""
        key = (outcome or "not-applicable").replace("-", "_")
        excluding = self._words.get(f"exclusion_{key}") if kind == "exclusion-ground" else None
        return excluding or self._words[f"outcome_{key}"]

    # --- what is procured, and what came in -----------------------------------------------------------------

    def _procurement(self) -> View:
        selection, language = self._selection, self._language
        procurement = selection.procurement
        return {
            "title": procurement.title[language],
            "reference": procurement.reference,
            "authority": procurement.authority.name,
            "object": procurement.object[language],
            "regime": _upper(selection.rules.name[language]),
            "regime_why": selection.regime_why[language],
            "date": day(procurement.date, language),
            "choice_system": selection.regime == "LOV",
        }

    def _received(self) -> Iterator[View]:
        """Give a row for each supplier: when its form came in, or that it has not."""
        follow_ups = {each.file for each in self._all.respondents if each.kind == FOLLOW_UP}
        by_file = {each.file: each for each in self._respondents}
        for line in self._all.lines:
            respondent = by_file.get(line.entry.file) if line.entry is not None else None
            if line.entry is not None and (respondent is None or line.entry.file in follow_ups):
                continue
            expected = line.expected
            name = self._name(respondent) if respondent else quoted(expected.name) if expected else ""
            org_number = respondent.org_number if respondent else expected.org_number if expected else None
            yield {
                "name": name,
                "org_number": org_number or "",
                "received": day(line.received, self._language) if respondent else None,
                "deadline": day(expected.deadline, self._language) if expected else None,
                "arrival": self._words[_arrival(line)],
            }

    def _supplier(self, respondent: Respondent) -> View:
        """Count the outcomes of one supplier for the requirements that are examined before award."""
        examined = [each for each in respondent.assessments if each.kind not in (None, _LATER, _AWARD)]
        outcomes = [each.outcome or "not-applicable" for each in examined]
        counts = {name.replace("-", "_"): number(outcomes.count(name), self._language) for name in _OUTCOMES}  # type: ignore[arg-type]
        judged = sum(1 for each in examined if each.judged is not None and each.judged.outcome is not None)
        return {"name": self._name(respondent), **counts, "judged": number(judged, self._language)}

    # --- requirement by requirement ---------------------------------------------------------------------------

    def _of_kind(self, kind: Kind) -> list[Clause]:
        return [clause for clause in self._selection.clauses if clause.kind == kind]

    def _kinds(self) -> Iterator[View]:
        """Give the kinds that are examined before award, in the order of the process."""
        catalogue, language = self._selection.catalogue, self._language
        for kind in catalogue.law.kinds:
            clauses = self._of_kind(kind)
            if clauses and kind != _LATER:
                yield {
                    "key": kind,
                    "is_award": kind == _AWARD,
                    "heading": self._words[f"heading_{kind.replace('-', '_')}"],
                    "citation": catalogue.cite((self._selection.rules.kinds[kind].citation,), language),
                    "clauses": [self._clause(clause) for clause in clauses],
                }

    def _clause(self, clause: Clause) -> View:
        requirement, language = clause.requirement, self._language
        variant = requirement.variant(clause.kind)
        scale = variant.scale if isinstance(variant, AwardVariant) else ()
        parts = {part.key: part.title[language] for part in self._selection.procurement.parts}
        return {
            "id": requirement.id,
            "title": requirement.title[language],
            "text": to_xhtml(clause.text[language]),
            "parts": [parts[key] for key in clause.parts],
            "weight": clause.weight,
            "priority": clause.priority,
            "scale": [{"points": step.points, "description": step.description[language]} for step in scale],
            "rows": [self._row(*pair) for pair in self._by_requirement.get(requirement.id, ())],
        }

    def _row(self, respondent: Respondent, each: Assessment) -> View:
        """Give what one supplier's answers show of one requirement, and what a person has judged."""
        answered = [self._answer(seen) for seen in each.observations if seen.answered or seen.shows != "nothing"]
        return {
            "supplier": self._name(respondent),
            "observed": self._outcome(each.observed, each.kind),
            "why": [note.words(self._language) for note in each.why if note.code != _PERSON_GIVES_POINTS],
            "answers": answered,
            "applies": each.applies,
            **self._judged(each),
            **self._award(each),
        }

    def _answer(self, seen: Observation) -> View:
        ticked = {True: self._words["ticked"], False: self._words["unticked"]}
        said = ticked[seen.value] if isinstance(seen.value, bool) else quoted(seen.typed) if seen.answered else ""
        notes = [quoted(note.words(self._language), _REASON) for note in seen.notes]
        return {"id": seen.question, "typed": said, "quote": not isinstance(seen.value, bool), "notes": notes}

    def _judged(self, each: Assessment) -> View:
        judged, language = each.judged, self._language
        if judged is None:
            return {"judged": None, "role": None, "decided": None, "reason": None}
        return {
            "judged": self._outcome(judged.outcome, each.kind) if judged.outcome else None,
            "role": quoted(judged.role),
            "decided": day(judged.date, language),
            "reason": quoted(judged.reason, _REASON),
        }

    def _award(self, each: Assessment) -> View:
        award, language = each.award, self._language
        if award is None:
            return {"points": None, "most": None, "weighted": None}
        return {
            "points": None if award.points is None else number(award.points, language),
            "most": number(award.most, language),
            "weighted": None if award.weighted is None else number(round(award.weighted, 2), language),
        }

    # --- points -----------------------------------------------------------------------------------------------

    def _given(self, respondent: Respondent) -> tuple[Points, ...]:
        """Give the points of one form; none where there are no award criteria."""
        return points_of(self._selection, respondent.assessments)

    def _points(self, respondent: Respondent, given: Points) -> View:
        """Give a supplier's points by criterion, their sum, and why there is none."""
        criteria = [{"id": each.requirement, **self._award(each)} for each in given.criteria]
        total = None if given.total is None else number(round(given.total, 2), self._language)
        why = self._said("points_missing", ids=", ".join(given.missing)) if given.missing else ""
        return {"name": self._name(respondent), "criteria": criteria, "total": total, "why": why}

    def _weight(self) -> str | None:
        """Give the weights of the criteria together, in per cent; None where they are not weighed."""
        weights = [clause.weight for clause in self._of_kind(_AWARD)]
        whole = self._selection.rules.ranking == "weights" and weights and None not in weights
        return number(sum(weight or 0 for weight in weights), self._language) if whole else None

    def _no_sum(self) -> str | None:
        """Say why no points are added up for anyone, or give None where they are."""
        clauses, ranking = self._of_kind(_AWARD), self._selection.rules.ranking
        if not clauses or self._weight() is not None:
            return None
        if ranking == "priority":
            return self._said("no_sum_priority", law=self._selection.catalogue.cite((PRIORITY,), self._language))
        if ranking == "none":
            return self._words["no_sum_none"]
        without = ", ".join(clause.requirement.id for clause in clauses if clause.weight is None)
        return self._said("no_sum_weights", ids=without)

    # --- conditions of the contract -----------------------------------------------------------------------------

    def _condition(self, clause: Clause) -> View:
        """Say which suppliers have declared or answered that a condition is kept, and what the others have done."""
        told: dict[str, list[str]] = {"declared": [], "otherwise": [], "nothing": [], "not_applicable": []}
        for respondent, each in self._by_requirement.get(clause.requirement.id, ()):
            told[_stance(each)].append(self._name(respondent))
        return {
            "id": clause.requirement.id,
            "title": clause.requirement.title[self._language],
            "declared": number(len(told["declared"]), self._language),
            "nothing": number(len(told["nothing"]), self._language),
            "not_applicable": number(len(told["not_applicable"]), self._language),
            "otherwise": told["otherwise"],
        }

    # --- what is open, and what it rests on ---------------------------------------------------------------------

    def _open(self) -> Iterator[View]:
        """Give everything that no person has decided and that must be settled before a decision on award."""
        for respondent in self._respondents:
            for each in respondent.assessments:
                what = self._open_point(each)
                if what is not None:
                    title = self._titles.get(each.requirement, "")
                    yield {"supplier": self._name(respondent), "about": title, "id": each.requirement, "what": what}
        yield from self._open_items()

    def _open_items(self) -> Iterator[View]:
        """Give what a person has to look at in these forms, and the files that could not be read."""
        names = {each.file: self._name(each) for each in self._respondents}
        known = {each.file for each in self._all.respondents}
        for item in self._all.items:
            if item.file in names or item.file not in known:
                name = names.get(item.file) or file_name(item.file)
                about = item.text or ("" if item.question else self._words["whole_form"])
                what = quoted(item.words(self._language), _REASON)
                yield {"supplier": name, "about": about, "id": item.question, "what": what}

    def _open_point(self, each: Assessment) -> str | None:
        """Say what is left to decide of an assessment, or give None where nothing is."""
        if each.kind == _AWARD:
            lacks = each.award is not None and each.award.points is None and each.applies
            given = each.judged is not None and each.judged.points is not None
            return self._words["open_scale" if given else "open_points"] if lacks else None
        judged = each.judged is not None and each.judged.outcome is not None
        if each.kind in (None, _LATER) or judged or each.observed in (None, "met"):
            return None
        return self._said("open_judgement", outcome=_lower(self._outcome(each.observed, each.kind)))

    def _unknown(self) -> Iterator[View]:
        """Give requirements that forms answer and the procurement no longer has."""
        for identifier, pairs in self._by_requirement.items():
            names = [self._name(respondent) for respondent, each in pairs if each.kind is None]
            if names:
                yield {"id": identifier, "suppliers": names}

    def _basis(self) -> View:
        selection, head = self._selection, self._selection.catalogue.head
        return {
            "catalogue": f"{head.title[self._language]} {head.version}",
            "catalogue_digest": selection.catalogue.digest[:12],
            "layers": [f"{layer.title[self._language]} {layer.version}" for layer in selection.catalogue.layers],
            "selection_digest": selection.digest[:12],
            "judged": number(self._all.summary.judged, self._language),
        }

    def _file(self, respondent: Respondent) -> View:
        return {
            "supplier": self._name(respondent),
            "file": quoted(respondent.file),
            "sha256": respondent.sha256[:12],
        }


def _arrival(line: Line) -> str:
    """Give what is said of when a form came in, as a key of the word list."""
    in_time = line.arrival == "received" and line.expected is not None and line.expected.deadline is not None
    return "arrival_in_time" if in_time else f"arrival_{line.arrival or 'received'}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stance(each: Assessment) -> str:
    """Say what a supplier has told of a condition of the contract, which is not examined yet."""
    if each.observed is None:
        return "not_applicable"
    shown = {seen.shows for seen in each.observations if seen.answered}
    if shown & {"not-met", "partly", "cannot-be-judged"}:
        return "otherwise"
    return "declared" if "met" in shown else "nothing"
