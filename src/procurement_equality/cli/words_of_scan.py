"""Words of the command line for scanning tender documents: help and short sentences, (Swedish, English)."""

from __future__ import annotations

SCAN: dict[str, tuple[str, str]] = {
    "scan": (
        "Granska färdiga upphandlingsdokument (.docx, .dotx, .odt eller en mapp): vilka av katalogens krav de "
        "innehåller, nästan innehåller eller saknar, och vad kontrollerna invänder mot. Texter jämförs; lagligheten "
        "avgörs inte.",
        "Scan finished tender documents (.docx, .dotx, .odt or a folder): which of the catalogue's requirements they "
        "contain, nearly contain or lack, and what the checks object to. Texts are compared; lawfulness is not "
        "decided.",
    ),
    "scanning.for": (
        "Upphandlingsfil: det som saknas räknas mot dess krav, och reglerna följer dess lag.",
        "Procurement file: what is lacking is counted against its requirements, and the rules follow its act.",
    ),
    "scanning.regime": (
        "Regelverk när ingen upphandlingsfil finns, till exempel LOU-19.",
        "Regime where there is no procurement file, for example LOU-19.",
    ),
    "scanning.authority_type": (
        "Slag av myndighet när ingen upphandlingsfil finns.",
        "Kind of authority where there is no procurement file.",
    ),
    "scanning.sector": (
        "Visa vad som saknas av kraven i ett område; kan upprepas.",
        "Show what is lacking of the requirements in a sector; may be repeated.",
    ),
    "scanning.level": (
        "Visa vad som saknas av kraven upp till en nivå.",
        "Show what is lacking of the requirements up to a level.",
    ),
    "scanning.without_for": ("hör inte ihop med --for", "does not belong with --for"),
    "scanning.contains": (
        "Innehåller {number} av katalogens krav:",
        "Contains {number} of the catalogue's requirements:",
    ),
    "scanning.contains.none": (
        "Innehåller inget av katalogens krav.",
        "Contains none of the catalogue's requirements.",
    ),
    "scanning.near": ("Är nära {number} krav:", "Is near {number} requirements:"),
    "scanning.lacks": ("Saknar {number} av {of} krav:", "Lacks {number} of {of} requirements:"),
    "scanning.lacks.none": ("Saknar inget av {of} krav.", "Lacks none of {of} requirements."),
    "scanning.topics": (
        "Krav i katalogen som dokumenten inte innehåller, per ämne (--for, --sector eller --level visar vilka): "
        "{topics}.",
        "Requirements of the catalogue that the documents do not contain, by topic (--for, --sector or --level show "
        "which): {topics}.",
    ),
    "scanning.objections": ("Invändningar: {number}", "Objections: {number}"),
    "scanning.objections.none": ("Kontrollerna invänder inte mot något.", "The checks object to nothing."),
    "scanning.or": ("eller {others}", "or {others}"),
    "scanning.missing": ("Saknar {aspects}.", "Lacks {aspects}."),
    "scanning.missing.words": (
        "Ord i katalogens klausul som inte finns här: {words}.",
        "Words of the clause: {words}.",
    ),
    "scanning.aspect.obligation": ("bindande ord", "binding words"),
    "scanning.aspect.deadline": ("tidpunkt", "a time"),
    "scanning.aspect.evidence": ("det som visar att kravet är uppfyllt", "what shows that it is met"),
    "scanning.aspect.scope": ("avgränsning till kontraktet", "a limit to the contract"),
    "scanning.place": ("stycke {number}", "paragraph {number}"),
    "scanning.place.heading": ("under ”{heading}”", "under “{heading}”"),
    "scanning.place.cell": ("tabell {table}, rad {row}, kolumn {column}", "table {table}, row {row}, column {column}"),
    "scanning.place.text-box": ("i en textruta", "in a text box"),
    "scanning.place.header": ("i sidhuvudet", "in the header"),
    "scanning.place.footer": ("i sidfoten", "in the footer"),
    "scanning.place.footnote": ("i en fotnot", "in a footnote"),
    "scanning.place.endnote": ("i en slutnot", "in an endnote"),
    "scanning.place.hidden": ("dold text", "hidden text"),
    "scanning.severity.error": ("fel", "error"),
    "scanning.severity.warning": ("varning", "warning"),
    "scanning.severity.information": ("upplysning", "information"),
    "scanning.skipped.temporary": ("{path}: hoppades över, tillfällig fil.", "{path}: skipped, temporary file."),
    "scanning.skipped.other": ("{path}: hoppades över, inget dokument.", "{path}: skipped, no document."),
    "scanning.skipped.too-many": (
        "{path}: den och filerna efter hoppades över, mappen har för många filer.",
        "{path}: it and the files after it were skipped; the folder has too many files.",
    ),
    "scanning.limits": (
        "Jämförelsen gäller ord. Den kan missa krav och peka på fel krav, och den säger inte att ett dokument är "
        "lagligt.",
        "The comparison is of words. It may miss requirements and point at wrong ones, and it does not say that a "
        "document is lawful.",
    ),
}
