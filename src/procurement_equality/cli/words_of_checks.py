"""Words of the command line for checks: help and short sentences, (Swedish, English)."""

from __future__ import annotations

CHECKS: dict[str, tuple[str, str]] = {
    "check": (
        "Pröva upphandlingsfiler mot lag och rättspraxis: vad som är fel eller behöver bedömas, enligt vilken "
        "paragraf, och vad ni kan göra. En mapp står för sina YAML-filer.",
        "Check procurement files against law and case law: what is wrong or must be weighed, under which provision, "
        "and what you can do. A folder stands for its YAML files.",
    ),
    "check.format": (
        "text, json, sarif (SARIF 2.1.0) eller github (anteckningar i GitHub Actions).",
        "text, json, sarif (SARIF 2.1.0) or github (annotations in GitHub Actions).",
    ),
    "check.strict": ("Sluta med 1 också vid varningar.", "Leave with 1 for warnings too."),
    "check.today": (
        "Dagen som undantags giltighet räknas från (ÅÅÅÅ-MM-DD), annars i dag.",
        "The day that decides whether waivers are in force (YYYY-MM-DD); otherwise today.",
    ),
    "check.report": (
        "Skriv också en kontrollrapport till akten (.docx eller .html).",
        "Also write a check report for the case file (.docx or .html).",
    ),
    "check.report.one": ("en rapport gäller en fil", "a report is about one file"),
    "check.report.unread": (
        "Ingen rapport är skriven, eftersom filen inte kunde läsas.",
        "No report is written, since the file could not be read.",
    ),
    "check.report.done": ("Skrev {path}.", "Wrote {path}."),
    "check.clean": (
        "{path}: {number} regler prövade utan anmärkning.",
        "{path}: {number} rules examined, nothing found.",
    ),
    "check.law": ("Lag: {law}.", "Law: {law}."),
    "check.unverified": ("Inte verifierat: {words}", "Not verified: {words}"),
    "check.paste": ("Att klistra in i upphandlingsfilen:", "To paste into the procurement file:"),
    "check.waived": ("Undantag som gäller:", "Waivers in force:"),
    "check.waiver": ("{code} ({about}): {role}, till och med {until}", "{code} ({about}): {role}, until {until}"),
    "check.waiver.all": ("{code}: {role}, till och med {until}", "{code}: {role}, until {until}"),
    "check.not_examined": (
        "{path}: {number} regler kunde inte prövas, eftersom det inte finns något urval av krav ännu: {codes}.",
        "{path}: {number} rules could not be examined, since there is no selection of requirements yet: {codes}.",
    ),
    "check.not_examined.one": (
        "{path}: en regel kunde inte prövas, eftersom det inte finns något urval av krav ännu: {codes}.",
        "{path}: one rule could not be examined, since there is no selection of requirements yet: {codes}.",
    ),
    "check.burden": (
        "Vad kraven begär av en leverantör under första året, uppskattat: {low}–{high} timmar och {documents} "
        "handlingar, därefter {reports} rapporter om året.",
        "What the requirements ask of a supplier in the first year, estimated: {low}–{high} hours and {documents} "
        "documents, and after that {reports} reports a year.",
    ),
    "count.error": ("{number} fel", "{number} errors"),
    "count.error.one": ("1 fel", "1 error"),
    "count.warning": ("{number} varningar", "{number} warnings"),
    "count.warning.one": ("1 varning", "1 warning"),
    "count.information": ("{number} upplysningar", "{number} items of information"),
    "count.information.one": ("1 upplysning", "1 item of information"),
    "count.waived": ("{number} undantagna", "{number} waived"),
    "count.waived.one": ("1 undantagen", "1 waived"),
    "severity.error": ("fel", "error"),
    "severity.warning": ("varning", "warning"),
    "severity.information": ("upplysning", "information"),
    "explain": (
        "Förklara en regel: varför den finns, vad den vilar på, och ett exempel som bryter mot den och ett som följer "
        "den. Utan kod listas alla regler.",
        "Explain a rule: why it is there, what it rests on, and an example that breaks it and one that holds. Without "
        "a code, list every rule.",
    ),
    "explain.count": ("{number} regler.", "{number} rules."),
    "explain.rests": ("Vad regeln vilar på", "What the rule rests on"),
    "explain.unverified": ("Inte verifierat", "Not verified"),
    "explain.says": ("Vad ett fynd säger", "What a finding says"),
    "explain.no-rule": (
        "Detta är ingen regel om upphandlingen utan ett besked om en fil, ett urval eller ett kommando.",
        "This is no rule about the procurement but a notice about a file, a selection or a command.",
    ),
    "explain.example": ("Exempel: {title}", "Example: {title}"),
    "explain.breaks": ("Bryter mot regeln", "Breaks the rule"),
    "explain.finding": ("Fyndet", "The finding"),
    "explain.holds": ("Följer regeln", "Holds"),
    "explain.base": ("(övriga uppgifter som i {base})", "(the rest as in {base})"),
    "explain.in-swedish": ("", "The example is in Swedish, as the procurement documents are."),
    "why": (
        "Visa varför ett krav är med i en upphandling eller inte, vilken paragraf som låter det ställas, och hur det "
        "får ställas enligt andra regelverk.",
        "Show why a requirement is in a procurement or not, which provision lets it be asked, and how it may be asked "
        "under other regimes.",
    ),
    "reason-why.for": (
        "Upphandlingsfil; då kan ID också vara en nyckel i other_clauses.",
        "Procurement file; ID may then be a key of other_clauses too.",
    ),
    "reason-why.in": ("Med: {words}", "In: {words}"),
    "reason-why.out": ("Inte med: {words}", "Out: {words}"),
    "reason-why.elsewhere": (
        "Står på annan plats i upphandlingsdokumenten (other_clauses).",
        "Stands elsewhere in the procurement documents (other_clauses).",
    ),
    "reason-why.undecided": (
        "Det går inte att säga om kravet är med, eftersom inget urval kan göras. Kommandot check visar varför.",
        "It cannot be said whether the requirement is in, since no selection can be made. The command check shows why.",
    ),
    "reason-why.reason": ("Köparens skäl: {reason}", "The buyer's reason: {reason}"),
    "reason-why.regime": ("Regelverk", "Regime"),
    "reason-why.ground": ("Saklig grund", "Substantive ground"),
    "reason-why.no-ground": (
        "Ingen lag kräver det av leverantören; kravet vilar på beställarens val.",
        "No law demands it of the supplier; the requirement rests on the buyer's choice.",
    ),
    "reason-why.elsewhere.heading": ("Enligt andra regelverk", "Under other regimes"),
    "reason-why.everywhere.heading": ("Hur det får ställas", "How it may be asked"),
    "group.facts": ("Uppgifter som prövningen behöver", "Facts that the checks need"),
    "group.law": ("Regelverk och sort av krav", "Regime and kind of requirement"),
    "group.procedure": ("Förfarandet", "The procedure"),
    "group.qualification": ("Kvalificering", "Qualification"),
    "group.link": ("Anknytning till det som köps", "Link to what is bought"),
    "group.proportionality": ("Proportionalitet", "Proportionality"),
    "group.verification": ("Kontroll och uppföljning", "Verification and follow-up"),
    "group.award": ("Tilldelning", "Award"),
    "group.labels": ("Märken och varumärken", "Labels and brands"),
    "group.accessibility": ("Tillgänglighet", "Accessibility"),
    "group.labour": ("Arbetsrättsliga villkor", "Labour conditions"),
    "group.anti_discrimination": ("Antidiskrimineringsvillkor", "Anti-discrimination conditions"),
    "group.sanctions": ("Sanktioner", "Sanctions"),
    "group.headcount": ("Antal anställda", "Number of employees"),
    "group.terms": ("Begrepp och lagar", "Terms and acts"),
    "group.discrimination": ("Diskriminering", "Discrimination"),
    "group.data_protection": ("Personuppgifter", "Personal data"),
    "group.statistics": ("Statistik", "Statistics"),
    "group.goals": ("Mål som möts", "Goals that meet"),
    "group.assignment": ("Uppdraget", "The assignment"),
    "group.contract": ("Kontraktet", "The contract"),
}
