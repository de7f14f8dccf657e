"""The follow-up report: a first page, requirements, suppliers, deviations, statistics, and what to ask next time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from procurement_equality.answers.assessment.assessment import OUTCOMES as _OUTCOMES
from procurement_equality.answers.assessment.assessment import Assessment
from procurement_equality.answers.assessment.standing import Counted
from procurement_equality.answers.follow_up import FollowUp
from procurement_equality.catalogue.limit import Outcome
from procurement_equality.catalogue.text import Language
from procurement_equality.documents import templates
from procurement_equality.documents.charts import Chart, available, outcome_bars
from procurement_equality.documents.compose import follow_up_document
from procurement_equality.documents.document import Document
from procurement_equality.documents.form import View
from procurement_equality.documents.numbers import day, number, unbroken
from procurement_equality.documents.picture import Picture
from procurement_equality.documents.report_statistics import certain_differences, statistics_views

_MOST_NEXT = 12
"""How many questions are listed that many suppliers had trouble with."""


def compose_report(follow_up: FollowUp, language: Language, template: str | Path = "follow-up-report") -> Document:
    """Make the follow-up report. Raises `TemplateError`."""
    path = templates.find(template, templates.REPORTS)
    words = templates.words(path, language)
    pictures: dict[str, Picture] = {}
    view = _Report(follow_up, language, words, pictures).view()
    return follow_up_document(path, language, view, words, follow_up, pictures)


class _Report:
    """The report's view in one language; charts are put among `pictures`, where they can be drawn."""

    def __init__(
        self, follow_up: FollowUp, language: Language, words: Mapping[str, str], pictures: dict[str, Picture]
    ) -> None:
        self._all = follow_up
        self._language = language
        self._words = words
        self._pictures = pictures
        self._clauses = {clause.requirement.id: clause for clause in follow_up.selection.clauses}

    def view(self) -> View:
        """Give everything that the template may say."""
        selection, language = self._all.selection, self._language
        procurement, head = selection.procurement, selection.catalogue.head
        return {
            "t": self._words,
            "language": language,
            "procurement": {
                "title": procurement.title[language],
                "reference": procurement.reference,
                "authority": procurement.authority.name,
                "regime": selection.rules.name[language],
            },
            "date": day(self._all.date, language),
            "year": self._all.statistics.year,
            "brief": list(self._brief()),
            "key_figures": list(self._key_figures()),
            "to_decide": list(self._to_decide()),
            "topics": list(self._topics()),
            "whole": self._figures("whole", self._whole_chart()),
            "outcomes": self._figures("outcomes", self._outcome_charts()),
            "suppliers": list(self._suppliers()),
            "deviations": [self._deviation(each) for each in self._decided_deviations()],
            "observed": list(self._observed()),
            "ladders": list(self._ladders()),
            "statistics": list(self._statistics()),
            "articles": list(self._articles()),
            "next_questions": list(self._next_questions()),
            "next_requirements": list(self._next_requirements()),
            "files": [
                {"what": self._words[f"file_{standing.replace('-', '_')}"], "number": number(count, language)}
                for standing, count in self._all.files.items()
            ],
            "method": {
                "catalogue": f"{head.title[language]} {head.version}",
                "selection": selection.digest[:12],
                "threshold": str(self._all.statistics.masking.threshold),
                "least": str(self._all.statistics.masking.threshold - 1),
            },
        }

    # --- the first page ------------------------------------------------------------------------------------

    def _said(self, key: str, **data: str | int) -> str:
        text = self._words[key]
        for name, value in data.items():
            written = number(value, self._language) if isinstance(value, int) else value
            text = text.replace(f"{{{name}}}", written)
        return text

    def _counted(self, key: str, count: int, **data: str | int) -> str:
        """Give a sentence in the singular, the plural, or as said of none."""
        form = {0: "none", 1: "one"}.get(count, "many")
        return self._said(f"{key}_{form}", number=count, **data)

    def _brief(self) -> Iterator[str]:
        """Give the sentences that say where it stands."""
        came, summary = len(self._all.respondents), self._all.summary
        sent = sum(1 for line in self._all.lines if line.expected is not None)
        yield self._said("brief_came_of", came=came, sent=sent) if sent else self._counted("brief_came", came)
        assessed = sum(summary.outcomes[outcome] for outcome in _OUTCOMES)
        if assessed:
            met = summary.outcomes["met"]
            yield self._said("brief_met", met=met, assessed=assessed, share=_per_cent(met, assessed))
            yield self._counted("brief_unjudged", summary.outcomes["cannot-be-judged"])
        yield self._counted("brief_deviations", sum(1 for _ in self._decided_deviations()))
        if undecided := sum(1 for _ in self._undecided_deviations()):
            yield self._counted("brief_observed", undecided)
        if self._all.statistics.tables:
            yield self._counted("brief_differences", len(list(certain_differences(self._all.statistics))))

    def _key_figures(self) -> Iterator[View]:
        outcomes = self._all.summary.outcomes
        missing = sum(1 for line in self._all.lines if line.entry is None)
        figures: list[tuple[str, int]] = [("figure_came", len(self._all.respondents)), ("figure_missing", missing)]
        figures += [(f"outcome_{outcome.replace('-', '_')}", outcomes[outcome]) for outcome in _OUTCOMES]
        figures += [("figure_overdue", self._all.summary.overdue), ("figure_open", len(self._all.items))]
        for key, count in figures:
            yield {"label": self._words[key], "value": number(count, self._language)}

    def _to_decide(self) -> Iterator[str]:
        """Give what someone has to act on, the most pressing first."""
        overdue = [each for each in self._decided_deviations() if each.is_overdue]
        if overdue:
            yield self._counted("act_overdue", len(overdue))
        if undecided := sum(1 for _ in self._undecided_deviations()):
            yield self._counted("act_observed", undecided)
        silent = [line.expected.name for line in self._all.lines if line.entry is None and line.expected is not None]
        if silent:
            yield self._counted("act_silent", len(silent), names=_some(silent))
        if self._all.items:
            yield self._counted("act_open", len(self._all.items))

    # --- requirements and suppliers ------------------------------------------------------------------------

    def _topics(self) -> Iterator[View]:
        """Give the requirements by topic, with how many suppliers stand how."""
        head = self._all.selection.catalogue.head
        for key, topic in head.topics.items():
            of_topic = [name for name, clause in self._clauses.items() if clause.requirement.topic == key]
            rows = [row for row in map(self._requirement, of_topic) if row["total"]]
            if rows:
                yield {"title": topic.title[self._language], "rows": rows}

    def _requirement(self, identifier: str) -> View:
        counts = self._all.summary.requirements.get(identifier, Counter())
        title = self._clauses[identifier].requirement.title[self._language]
        return {"id": unbroken(identifier), "title": title, "total": sum(counts.values()), **self._counts(counts)}

    def _counts(self, counts: Mapping[Counted, int]) -> View:
        """Give counts by outcome, as the keys of a row."""
        names: tuple[Counted, ...] = (*_OUTCOMES, "not-applicable")
        return {name.replace("-", "_"): number(counts.get(name, 0), self._language) for name in names}

    def _outcome_charts(self) -> tuple[Chart, ...]:
        """Draw how many assessments came out how, by topic."""
        head, by_topic = self._all.selection.catalogue.head, dict[str, Counter[Counted]]()
        for identifier, counts in self._all.summary.requirements.items():
            if identifier in self._clauses:
                by_topic.setdefault(self._clauses[identifier].requirement.topic, Counter()).update(counts)
        rows = [
            (head.topics[key].title[self._language], {outcome: by_topic[key][outcome] for outcome in _OUTCOMES})
            for key in head.topics
            if key in by_topic
        ]
        return self._bars("outcomes_title", rows)

    def _whole_chart(self) -> tuple[Chart, ...]:
        """Draw how all assessments came out, as one bar."""
        counts = {outcome: self._all.summary.outcomes[outcome] for outcome in _OUTCOMES}
        return self._bars("whole_title", [(self._words["whole_row"], counts)] if any(counts.values()) else [])

    def _bars(self, title: str, rows: list[tuple[str, dict[Outcome, int]]]) -> tuple[Chart, ...]:
        if not rows or not available():
            return ()
        names = {outcome: self._words[f"outcome_{outcome.replace('-', '_')}"] for outcome in _OUTCOMES}
        return outcome_bars(self._words[title], rows, names, self._language)

    def _suppliers(self) -> Iterator[View]:
        """Give a row for each supplier: whether it came in, and how it stands."""
        stands = {each.key: each for each in self._all.respondents}
        for line in self._all.lines:
            key = line.entry.supplier if line.entry is not None else line.expected.key if line.expected else None
            respondent = stands.get(key or (line.entry.file if line.entry is not None else ""))
            name = respondent.name if respondent else line.expected.name if line.expected else ""
            counts = self._all.summary.suppliers.get(key or "", Counter()) if respondent else Counter[Counted]()
            yield {
                "name": name,
                "number": (respondent.org_number if respondent else line.expected and line.expected.org_number) or "",
                "received": day(line.received, self._language) if line.entry is not None else None,
                "arrival": self._words[f"arrival_{line.arrival}"] if line.arrival else self._words["arrival_received"],
                **self._counts(counts),
            }

    # --- deviations -----------------------------------------------------------------------------------------

    def _decided_deviations(self) -> Iterator[Assessment]:
        return (each for each in self._all.deviations if each.judged is not None and each.judged.outcome is not None)

    def _undecided_deviations(self) -> Iterator[Assessment]:
        return (each for each in self._all.deviations if each.judged is None or each.judged.outcome is None)

    def _deviation(self, each: Assessment) -> View:
        language, clause = self._language, self._clauses.get(each.requirement)
        head = self._all.selection.catalogue.head
        consequence = clause.requirement.consequence(clause.kind) if clause else None
        return {
            "supplier": each.name or each.file,
            "id": unbroken(each.requirement),
            "title": clause.requirement.title[language] if clause else "",
            "outcome": self._words[f"outcome_{str(each.outcome).replace('-', '_')}"],
            "role": each.judged.role if each.judged else None,
            "decided": day(each.judged.date, language) if each.judged else None,
            "reason": each.judged.reason if each.judged else None,
            "remedy_by": day(each.remedy_by, language) if each.remedy_by else None,
            "overdue": each.is_overdue,
            "ladder": head.ladders[each.ladder].title[language] if each.ladder else None,
            "consequence": consequence.text[language] if consequence and consequence.text else None,
        }

    def _observed(self) -> Iterator[View]:
        """Give, for each supplier, the requirements that its answers speak against and that no person has judged."""
        by_supplier: dict[str, list[Assessment]] = {}
        for each in self._undecided_deviations():
            by_supplier.setdefault(each.respondent, []).append(each)
        for listed in by_supplier.values():
            named = {
                outcome: [e.requirement for e in listed if e.outcome == outcome] for outcome in ("not-met", "partly")
            }
            yield {
                "supplier": listed[0].name or listed[0].file,
                "not_met": unbroken(", ".join(named["not-met"])) or "–",
                "partly": unbroken(", ".join(named["partly"])) or "–",
            }

    def _ladders(self) -> Iterator[View]:
        """Give the ladders of consequences that the deviations lead to."""
        used = {each.ladder for each in self._all.deviations}
        for key, ladder in self._all.selection.catalogue.head.ladders.items():
            if key in used:
                yield {"title": ladder.title[self._language], "steps": [step[self._language] for step in ladder.steps]}

    # --- statistics, charter, next time ---------------------------------------------------------------------

    def _statistics(self) -> Iterator[View]:
        for at, (view, charts) in enumerate(statistics_views(self._all.statistics, self._language, self._words), 1):
            yield {**view, "figures": self._figures(f"statistics{at}", charts)}

    def _articles(self) -> Iterator[View]:
        for article, counts in sorted(self._all.summary.articles.items()):
            title = self._words.get(f"article_{article}", "")
            yield {"number": article, "title": title, **self._counts(counts)}

    def _next_questions(self) -> Iterator[View]:
        """Give the questions that at least two suppliers, and the most, left empty or answered unclearly."""
        listed = sorted(self._all.troubled.items(), key=lambda pair: (-pair[1], pair[0]))
        for question, count in [pair for pair in listed if pair[1] > 1][:_MOST_NEXT]:
            text = self._all.texts[question]
            yield {"id": unbroken(question), "text": text, "number": number(count, self._language)}

    def _next_requirements(self) -> Iterator[View]:
        """Give the requirements of which more than half of the suppliers could not be judged."""
        for identifier, counts in self._all.summary.requirements.items():
            total = sum(counts[outcome] for outcome in _OUTCOMES)
            if identifier in self._clauses and total > 1 and 2 * counts["cannot-be-judged"] > total:
                row = self._requirement(identifier)
                yield {**row, "of": number(total, self._language)}

    def _figures(self, name: str, charts: tuple[Chart, ...]) -> list[View]:
        """Keep charts among the pictures, and give what a template says of each."""
        figures = []
        for at, chart in enumerate(charts, 1):
            self._pictures[f"{name}-{at}"] = chart.picture
            figures.append({"src": f"chart:{name}-{at}", "alt": chart.text})
        return figures


def _per_cent(part: int, whole: int) -> str:
    return str(round(100 * part / whole)) if whole else "0"


def _some(names: list[str], most: int = 5) -> str:
    """Give the first names, and how many more there are."""
    return ", ".join(names[:most]) + (f" (+{len(names) - most})" if len(names) > most else "")
