"""A commented procurement file to start from, in the words of the one who will fill it in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

_COMMENTS = {
    "sv": {
        "head": (
            "Upphandlingsfil. Rader som börjar med # är kommentarer. Kontrollera filen med:\n"
            "#   procurement-equality validate {file}"
        ),
        "title": "Vill du också ha dokument på engelska: skriv title: {{sv: …, en: …}} och languages: [sv, en].",
        "authority": "type: municipality, region, municipal-company, central-government eller other-authority",
        "act": "LOU, LUF, LUK eller LOV. Regelverket (till exempel 19 kap. LOU) härleds ur lag, värde, CPV och datum.",
        "cpv": "Huvudkoden först. Den avgör om tjänsten hör till bilaga 2.",
        "value": "kronor utan moms för hela avtalstiden med förlängningar",
        "date": "Dagen för annonsen eller förfrågan: den dagens lag gäller.",
        "threshold": "EU:s tröskelvärde i kronor, om katalogen inte känner till det för datumet:\n# threshold: 2400000",
        "sectors": "Bland: {sectors}",
        "level": "law, basic, advanced eller spearhead. En högre nivå tar med de lägre.",
        "parts": "Uppdragets delar, om det har några:\n# parts:\n#   - {{key: service, title: Serviceinsatser}}",
        "reply_by": "Sista dag att lämna självskattningen:\n# reply_by: 2027-01-29",
        "facts": (
            "Det som kontrollerna frågar efter (procurement-equality check {file}). Exempel:\n"
            "# link_to_subject: Kraven gäller personal som utför kontraktet och hur tjänsten ges.\n"
            "# lots: {{divided: false, reasons: Uppdraget går inte att dela.}}\n"
            "# labour_conditions: {{needed: false, reasons: Låg risk i branschen.}}\n"
            "# subcontracting: none\n"
            "# other_clauses:\n"
            "#   pris: {{kind: award-criterion, title: Pris, text: Lägst pris vinner., weight: 70, scale: Linjär.}}"
        ),
        "requirements": (
            "Dina val om enskilda krav. Kommandot list --for visar vilka som är med och varför. Exempel:\n"
            "# requirements:\n"
            "#   AKT-07: {{include: false, reason: Täcks av AKT-03.}}\n"
            "#   BRU-02: {{parameters: {{routine_months: 3}}, reason: Små utförare behöver mer tid.}}\n"
            "#   UTB-04: {{kind: award-criterion, weight: 10, reason: Bemötandet avgör kvaliteten.}}"
        ),
    },
    "en": {
        "head": (
            "Procurement file. Lines that begin with # are comments. Check the file with:\n"
            "#   procurement-equality validate {file}"
        ),
        "title": "For documents in English too, write title: {{sv: …, en: …}} and languages: [sv, en].",
        "authority": "type: municipality, region, municipal-company, central-government or other-authority",
        "act": "LOU, LUF, LUK or LOV. The regime (such as chapter 19 of LOU) follows from act, value, CPV and date.",
        "cpv": "The main code first. It decides whether the service is in annex 2.",
        "value": "kronor without VAT for the whole term with extensions",
        "date": "The day of the notice or enquiry: the law of that day counts.",
        "threshold": "The EU threshold in kronor, if the catalogue does not know it:\n# threshold: 2400000",
        "sectors": "Among: {sectors}",
        "level": "law, basic, advanced or spearhead. A higher level includes the lower ones.",
        "parts": "Parts of the contract, if any:\n# parts:\n#   - {{key: service, title: Serviceinsatser}}",
        "reply_by": "Last day to hand in the self-assessment:\n# reply_by: 2027-01-29",
        "facts": (
            "What the checks ask for (procurement-equality check {file}). Examples:\n"
            "# link_to_subject: Kraven gäller personal som utför kontraktet och hur tjänsten ges.\n"
            "# lots: {{divided: false, reasons: Uppdraget går inte att dela.}}\n"
            "# labour_conditions: {{needed: false, reasons: Låg risk i branschen.}}\n"
            "# subcontracting: none\n"
            "# other_clauses:\n"
            "#   pris: {{kind: award-criterion, title: Pris, text: Lägst pris vinner., weight: 70, scale: Linjär.}}"
        ),
        "requirements": (
            "Your choices about single requirements. The command list --for shows which are in and why. Examples:\n"
            "# requirements:\n"
            "#   AKT-07: {{include: false, reason: Täcks av AKT-03.}}\n"
            "#   BRU-02: {{parameters: {{routine_months: 3}}, reason: Små utförare behöver mer tid.}}\n"
            "#   UTB-04: {{kind: award-criterion, weight: 10, reason: Bemötandet avgör kvaliteten.}}"
        ),
    },
}


def draft(facts: Mapping[str, Any], language: Literal["sv", "en"], sectors: str = "") -> str:
    """Write a procurement file from facts (title, reference, authority, …); strings are quoted as YAML needs."""
    comment = {
        key: "# " + text.format(file="FIL.yaml" if language == "sv" else "FILE.yaml", sectors=sectors)
        for key, text in _COMMENTS[language].items()
    }
    codes = ", ".join(_quoted(code) for code in facts["cpv"])
    lines = [
        comment["head"],
        comment["title"],
        f"title: {_quoted(facts['title'])}",
        f"reference: {_quoted(facts['reference'])}",
        comment["authority"],
        f"authority:\n  name: {_quoted(facts['authority'])}\n  type: {facts['authority_type']}",
        comment["act"],
        f"act: {facts['act']}",
        f"object: {_quoted(facts['object'])}",
        comment["cpv"],
        f"cpv: [{codes}]",
        f"{comment['value']}\nvalue: {facts['value']}",
        f"months: {facts['months']}",
        comment["date"],
        f"date: {facts['date'].isoformat()}",
        *(["direct_award: true"] if facts.get("direct_award") else []),
        comment["threshold"],
        "languages: [sv]",
        comment["sectors"],
        f"sectors: [{', '.join(facts['sector'])}]",
        comment["level"],
        f"level: {facts['level']}",
        comment["parts"],
        comment["reply_by"],
        comment["facts"],
        comment["requirements"],
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Quote a text so that YAML reads it back as it is: JSON's strings are YAML's double-quoted ones."""
    return json.dumps(text, ensure_ascii=False)
