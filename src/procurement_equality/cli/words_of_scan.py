"""Words of the command line for scanning tender documents: help and short sentences, (Swedish, English)."""

from __future__ import annotations

SCAN: dict[str, tuple[str, str]] = {
    "scan": (
        "Granska färdiga upphandlingsdokument (.docx, .dotx, .odt eller en mapp): vilka av katalogens krav de "
        "innehåller, nästan innehåller eller saknar, och vad kontrollerna invänder mot. Texter jämförs; lagligheten "
        "avgörs inte.",
        "Scan finished tender documents (.docx, .dotx, .odt or a folder): which of the catalogue's requirements they "
        "contain, nearly contain or lack, and what the checks object to. Texts are compared; lawfulness is not decided.",
    ),
    "scan.for": (
        "Upphandlingsfil: det som saknas räknas mot dess krav, och reglerna följer dess lag.",
        "Procurement file: what is lacking is counted against its requirements, and the rules follow its act.",
    ),
    "scan.regime": (
        "Regelverk när ingen upphandlingsfil finns, till exempel LOU-19.",
        "Regime where there is no procurement file, for example LOU-19.",
    ),
    "scan.authority_type": (
        "Slag av myndighet när ingen upphandlingsfil finns.",
        "Kind of authority where there is no procurement file.",
    ),
    "scan.sector": (
        "Visa vad som saknas av kraven i ett område; kan upprepas.",
        "Show what is lacking of the requirements in a sector; may be repeated.",
    ),
    "scan.level": (
        "Visa vad som saknas av kraven upp till en nivå.",
        "Show what is lacking of the requirements up to a level.",
    ),
    "scan.without_for": ("hör inte ihop med --for", "does not belong with --for"),
    "scan.contains": ("Innehåller {number} av katalogens krav:", "Contains {number} of the catalogue's requirements:"),
    "scan.contains.none": ("Innehåller inget av katalogens krav.", "Contains none of the catalogue's requirements."),
    "scan.near": ("Är nära {number} krav:", "Is near {number} requirements:"),
    "scan.lacks": ("Saknar {number} av {of} krav:", "Lacks {number} of {of} requirements:"),
    "scan.lacks.none": ("Saknar inget av {of} krav.", "Lacks none of {of} requirements."),
    "scan.topics": (
        "Krav i katalogen som dokumenten inte innehåller, per ämne (--for, --sector eller --level visar vilka): {topics}.",
        "Requirements of the catalogue that the documents do not contain, by topic (--for, --sector or --level show "
        "which): {topics}.",
    ),
    "scan.objections": ("Invändningar: {number}", "Objections: {number}"),
    "scan.objections.none": ("Kontrollerna invänder inte mot något.", "The checks object to nothing."),
    "scan.or": ("eller {others}", "or {others}"),
    "scan.missing": ("Saknar {aspects}.", "Lacks {aspects}."),
    "scan.missing.words": ("Ord i katalogens klausul som inte finns här: {words}.", "Words of the clause: {words}."),
    "scan.aspect.obligation": ("bindande ord", "binding words"),
    "scan.aspect.deadline": ("tidpunkt", "a time"),
    "scan.aspect.evidence": ("det som visar att kravet är uppfyllt", "what shows that it is met"),
    "scan.aspect.scope": ("avgränsning till kontraktet", "a limit to the contract"),
    "scan.place": ("stycke {number}", "paragraph {number}"),
    "scan.place.heading": ("under ”{heading}”", "under “{heading}”"),
    "scan.place.cell": ("tabell {table}, rad {row}, kolumn {column}", "table {table}, row {row}, column {column}"),
    "scan.place.text-box": ("i en textruta", "in a text box"),
    "scan.place.header": ("i sidhuvudet", "in the header"),
    "scan.place.footer": ("i sidfoten", "in the footer"),
    "scan.place.footnote": ("i en fotnot", "in a footnote"),
    "scan.place.endnote": ("i en slutnot", "in an endnote"),
    "scan.place.hidden": ("dold text", "hidden text"),
    "scan.severity.error": ("fel", "error"),
    "scan.severity.warning": ("varning", "warning"),
    "scan.severity.information": ("upplysning", "information"),
    "scan.skipped.temporary": ("{path}: hoppades över, tillfällig fil.", "{path}: skipped, temporary file."),
    "scan.skipped.other": ("{path}: hoppades över, inget dokument.", "{path}: skipped, no document."),
    "scan.skipped.too-many": (
        "{path}: den och filerna efter hoppades över, mappen har för många filer.",
        "{path}: it and the files after it were skipped; the folder has too many files.",
    ),
    "scan.limits": (
        "Jämförelsen gäller ord. Den kan missa krav och peka på fel krav, och den säger inte att ett dokument är lagligt.",
        "The comparison is of words. It may miss requirements and point at wrong ones, and it does not say that a "
        "document is lawful.",
    ),
}
