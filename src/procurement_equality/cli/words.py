"""The command line's own words: help texts and short sentences, (Swedish, English)."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Literal

from procurement_equality.cli.words_of_burden import BURDEN
from procurement_equality.cli.words_of_checks import CHECKS
from procurement_equality.cli.words_of_scan import SCAN
from procurement_equality.cli.words_of_sending import SENDING
from procurement_equality.cli.words_of_versions import VERSIONS

Language = Literal["sv", "en"]

VARIABLE = "PROCUREMENT_EQUALITY_LANG"

WORDS: dict[str, tuple[str, str]] = {
    "group": (
        "Krav på jämställdhet och icke-diskriminering i offentlig upphandling: från en kort fil om vad som köps till "
        "ett avsnitt i upphandlingsdokumenten och en självskattning i Word. Ingen juridisk rådgivning.",
        "Equality and non-discrimination requirements in public procurement: from one short file about what is bought "
        "to a tender section and a self-assessment form in Word. No legal advice.",
    ),
    "lang": (
        "Språk i meddelanden, annars datorns språk.",
        "Language of messages; otherwise the computer's.",
    ),
    "version": ("Visa version och sluta.", "Show the version and exit."),
    "help": ("Visa hjälp och sluta.", "Show this help and exit."),
    "catalogue": (
        "Mapp med en katalog, annars den som följer med.",
        "Folder with a catalogue; otherwise the bundled one.",
    ),
    "overlay": (
        "Mapp med ett eget lager över katalogen; kan upprepas.",
        "Folder with a layer of your own over the catalogue; may be repeated.",
    ),
    "json": ("Skriv JSON för andra program.", "Write JSON for other programs."),
    "new": (
        "Skriv en kommenterad upphandlingsfil att börja från. Frågar efter det som inte anges.",
        "Write a commented procurement file to start from. Asks for what is not given.",
    ),
    "new.title": ("Upphandlingens namn", "Title of the procurement"),
    "new.reference": ("Diarienummer", "Reference number"),
    "new.authority": ("Upphandlande myndighet", "Contracting authority"),
    "new.type": ("Slag av myndighet", "Kind of authority"),
    "new.act": ("Lag", "Act"),
    "new.object": ("Vad som köps, i en mening", "What is bought, in one sentence"),
    "new.cpv": ("CPV-kod, huvudkoden först; kan upprepas", "CPV code, main code first; may be repeated"),
    "new.value": ("Värde i kronor utan moms, hela avtalstiden", "Value in kronor without VAT, whole term"),
    "new.months": ("Avtalstid i månader med förlängningar", "Term in months with extensions"),
    "new.date": ("Datum för annons eller förfrågan", "Date of the notice or enquiry"),
    "new.sector": ("Område; kan upprepas", "Sector; may be repeated"),
    "new.level": ("Högsta nivå på kraven", "Highest level of the requirements"),
    "new.direct": ("Direktupphandling.", "Direct award."),
    "new.written": (
        "{path} är skriven. Läs kommentarerna i filen och gå vidare med:",
        "{path} is written. Read the comments in the file and go on with:",
    ),
    "force": ("Ersätt filen om den finns.", "Replace the file if it exists."),
    "list": (
        "Lista katalogens krav, eller med --for vilka som är med i en upphandling och varför.",
        "List the catalogue's requirements, or with --for which are in a procurement and why.",
    ),
    "list.for": ("Upphandlingsfil: visa vad som är med, vad som inte är det, och varför.",
                 "Procurement file: show what is in, what is not, and why."),
    "list.search": (
        "Fritext: alla ord ska finnas i kravet; böjningar räknas som samma ord.",
        "Free text: every word shall be in the requirement; inflections count as the same word.",
    ),
    "list.topic": ("Ett ämne.", "A topic."),
    "list.level": ("En nivå: law, basic, advanced, spearhead.", "A level: law, basic, advanced, spearhead."),
    "list.kind": ("Krav som finns som denna sort.", "Requirements that exist as this kind."),
    "list.sector": ("Krav som passar ett område.", "Requirements that fit a sector."),
    "list.status": ("active, draft eller withdrawn.", "active, draft or withdrawn."),
    "list.ground": ("En av de sju diskrimineringsgrunderna.", "One of the seven grounds."),
    "list.article": ("En artikel i CEMR-deklarationen.", "An article of the CEMR charter."),
    "list.regime": (
        "Krav som passar ett regelverk (LOU, LOU-19, LOV …).",
        "Requirements that fit a regime (LOU, LOU-19, LOV …).",
    ),
    "list.cpv": ("Krav som passar en CPV-kod.", "Requirements that fit a CPV code."),
    "list.headcount": ("En storleksregel, till exempel dl-3-13.", "A headcount rule, for example dl-3-13."),
    "list.act": ("En lag i den lagliga grunden (DL, SoL …).", "An act in the legal basis (DL, SoL …)."),
    "list.provision": ("Början av en hänvisning (\"DL 3:13\").", "The beginning of a citation (\"DL 3:13\")."),
    "list.method": ("Sättet att följa upp.", "The method of follow-up."),
    "list.responsible": ("Den som följer upp.", "Who follows up."),
    "list.ladder": ("Trappan av konsekvenser.", "The ladder of consequences."),
    "list.question": ("En frågetyp i formuläret.", "A type of question in the form."),
    "list.table": ("En tabell i formuläret.", "A table in the form."),
    "list.goal": ("Ett mål som kravet vägs mot.", "A goal that the requirement is balanced against."),
    "list.source": ("En källa.", "A source."),
    "list.parameter": ("En parameter.", "A parameter."),
    "list.replaces": ("Krav som gör detta krav överflödigt.", "Requirements that make this one superfluous."),
    "list.since": ("Katalogversionen som kravet kom med.", "The catalogue version that the requirement came with."),
    "list.verified": (
        "När hänvisningarna kontrollerades (början av datum).",
        "When citations were checked (beginning of the date).",
    ),
    "list.layer": ("Ett eget lager, eller katalogens id.", "A layer, or the catalogue's id."),
    "list.id": ("Id", "Id"),
    "list.title": ("Krav", "Requirement"),
    "list.kinds": ("Sort", "Kind"),
    "list.level.head": ("Nivå", "Level"),
    "list.status.head": ("Status", "Status"),
    "list.layer.head": ("Lager", "Layer"),
    "status.active": ("gällande", "active"),
    "status.draft": ("utkast", "draft"),
    "status.withdrawn": ("tillbakadraget", "withdrawn"),
    "list.why": ("Varför", "Why"),
    "list.in": ("Med", "In"),
    "list.out": ("Inte med", "Out"),
    "list.count": ("{number} krav.", "{number} requirements."),
    "list.count.for": (
        "{inside} krav är med och {outside} är inte med.",
        "{inside} requirements are in and {outside} are out.",
    ),
    "show": ("Visa ett krav i sin helhet.", "Show one requirement in full."),
    "show.rationale": ("Varför", "Why"),
    "show.grounds": ("Diskrimineringsgrunder", "Grounds"),
    "show.level": ("Nivå", "Level"),
    "show.applies": ("Gäller", "Applies to"),
    "show.everywhere": ("alla upphandlingar", "every procurement"),
    "show.parameters": ("Parametrar", "Parameters"),
    "show.evidence": ("Visas genom", "Shown by"),
    "show.small": ("Mindre leverantör", "Small supplier"),
    "show.follow_up": ("Uppföljning", "Follow-up"),
    "show.consequence": ("Konsekvens", "Consequence"),
    "show.questions": ("Frågor till leverantören", "Questions to the supplier"),
    "show.conflicts": ("Avvägning", "Balancing"),
    "show.legal": ("Laglig grund", "Legal basis"),
    "show.charter": ("CEMR-deklarationen", "CEMR charter"),
    "show.articles": ("artikel {articles} ({version} års version)", "articles {articles} (version of {version})"),
    "show.sources": ("Källor", "Sources"),
    "show.verified": ("Hänvisningar kontrollerade {date}", "Citations checked {date}"),
    "show.layer": ("Lager", "Layer"),
    "show.layer.digest": ("Lydelsens kontrollsumma: {digest}", "Digest of this wording: {digest}"),
    "verb.add": ("tillagt", "added"),
    "verb.replace": ("ersatt", "replaced"),
    "verb.append": ("tillägg", "appended"),
    "verb.withdraw": ("tillbakadraget", "withdrawn"),
    "verb.set": ("inställt", "set"),
    "show.request": ("Väntar tills det begärs", "Waits until asked for"),
    "show.replaces": ("Gör överflödiga", "Makes superfluous"),
    "show.replaced_by": ("Använd i stället", "Use instead"),
    "show.changes": ("Ändringar", "Changes"),
    "show.waivers": ("Undantag från språkkontrollen", "Waivers of language checks"),
    "show.follow_up.how": ("{method}, {when}; ansvarig: {responsible}", "{method}, {when}; responsible: {responsible}"),
    "when.tender": ("när anbudet eller ansökan prövas", "when the tender or application is examined"),
    "when.months": ("{months} månader efter avtalsstart", "{months} months after the start of the contract"),
    "when.then": ("därefter var {months}:e månad", "then every {months} months"),
    "method.document": ("granskning av handlingar", "review of documents"),
    "method.declaration": ("försäkran", "declaration"),
    "method.form": ("självskattning", "self-assessment form"),
    "method.statistics": ("statistik", "statistics"),
    "method.meeting": ("uppföljningsmöte", "follow-up meeting"),
    "method.visit": ("besök", "visit"),
    "method.sample": ("stickprov", "sample check"),
    "method.register": ("kontroll i register", "check in a register"),
    "responsible.procurement-officer": ("upphandlare", "procurement officer"),
    "responsible.contract-manager": ("avtalsansvarig", "contract manager"),
    "responsible.unit-manager": ("verksamhetschef", "head of unit"),
    "show.review": ("Utkast, att se över", "Draft, to be reviewed"),
    "show.points": ("{points} poäng", "{points} points"),
    "validate": (
        "Kontrollera katalogmappar, egna lager och upphandlingsfiler. Visar alla fynd på en gång.",
        "Check catalogue folders, layers and procurement files. Shows all findings at once.",
    ),
    "validate.clean": ("{path}: inga fynd.", "{path}: no findings."),
    "validate.count": ("{number} fynd.", "{number} findings."),
    "schema": (
        "Skriv JSON Schema för en sorts fil, så att en editor kan fylla i och kontrollera den. Utan namn listas alla.",
        "Write the JSON Schema of a kind of file, for an editor to complete and check it; without a name, list all.",
    ),
    "schema.all": ("Skriv alla scheman som filer i en mapp.", "Write every schema as a file in a folder."),
    "schema.both": ("namn och --all går inte ihop", "a name and --all exclude each other"),
    "schema.written": ("{number} scheman är skrivna i {folder}.", "{number} schemas are written in {folder}."),
    "schema.name.requirement": ("ett krav i katalogen eller ett lager", "a requirement of the catalogue or of a layer"),
    "schema.name.table": ("en tabell som leverantörer fyller i", "a table that suppliers fill in"),
    "schema.name.checklist": ("beställarens egna frågor", "the buying organisation's own questions"),
    "schema.name.catalogue": ("catalogue.yaml: det krav hänvisar till", "catalogue.yaml: what requirements refer to"),
    "schema.name.procurement": ("en upphandling", "a procurement"),
    "schema.name.overlay": ("overlay.yaml: ett eget lager", "overlay.yaml: a layer of your own"),
    "schema.name.change": ("det ett lager ändrar i ett krav", "what a layer changes in a requirement"),
    "schema.name.lint": ("lint.yaml: språkkontrollerna", "lint.yaml: the language checks"),
    "schema.name.assessment": (
        "assessment.yaml: vad ett svar visar",
        "assessment.yaml: what an answer shows",
    ),
    "schema.name.response": ("ett ifyllt formulär som data", "a filled form as data"),
    "schema.name.file-record": ("en fil som kommit in", "a file that came in"),
    "schema.name.acts": ("law/acts.yaml: lagar att hänvisa till", "law/acts.yaml: acts that citations may name"),
    "schema.name.kinds": ("law/kinds.yaml: sorternas namn", "law/kinds.yaml: the names of the kinds"),
    "schema.name.regimes": ("law/regimes.yaml: vad lagarna tillåter", "law/regimes.yaml: what the regimes allow"),
    "schema.name.thresholds": ("law/thresholds.yaml: beloppsgränser", "law/thresholds.yaml: thresholds and limits"),
    "schema.name.headcount": (
        "law/headcount.yaml: skyldigheter från ett antal anställda",
        "law/headcount.yaml: duties from a number of employees",
    ),
    "schema.name.cpv_lists": ("law/cpv_lists.yaml: listor med CPV-koder", "law/cpv_lists.yaml: lists of CPV codes"),
    "schema.name.known": ("law/known.yaml: hur långt lagen är läst", "law/known.yaml: how far the law is known"),
    "schema.name.name_lists": (
        "law/name_lists.yaml: myndigheter och kommuner som en lag räknar upp",
        "law/name_lists.yaml: authorities and municipalities that an act lists",
    ),
    "schema.name.scan": ("checks/scan.yaml: så jämförs dokument", "checks/scan.yaml: how documents are compared"),
    "schema.name.words": ("checks/words/: ord som reglerna söker efter", "checks/words/: words that rules look for"),
    "render.language": (
        "Dokumentets språk, annars upphandlingens första.",
        "Language of the document; otherwise the procurement's first.",
    ),
    "render.unprotected": (
        "Lås inte formuläret: allt i dokumentet kan ändras, inte bara fälten.",
        "Do not lock the form: everything can be changed, not only the fields.",
    ),
    "render.done": (
        "{path}: {inside} krav under {regime}, {outside} inte med (se list --for). Innehållets kontrollsumma {digest}",
        "{path}: {inside} requirements under {regime}, {outside} out (see list --for). Content digest {digest}",
    ),
    "checklist": (
        "Visa beställarens egen checklista, eller frågorna i en jämställdhetsanalys.",
        "Show the buyer's own checklist, or the questions of an equality analysis.",
    ),
    "checklist.role": ("Bara frågor till en roll.", "Only questions to one role."),
    "checklist.section": ("Bara ett skede eller steg.", "Only one stage or step."),
    "checklist.why": ("Varför", "Why"),
    "checklist.result": ("I akten", "In the case file"),
    "checklist.requirements": ("Krav i katalogen", "Requirements in the catalogue"),
    "role.strategist": ("upphandlingsstrateg", "procurement strategist"),
    "role.contract-manager": ("avtalsansvarig", "contract manager"),
    "role.board": ("nämnd eller styrelse", "committee or board"),
    "read": (
        "Läs ett ifyllt formulär (.docx eller .odt) och skriv svaren som JSON.",
        "Read a filled form (.docx or .odt) and write the answers as JSON.",
    ),
    "read.sent": (
        "Mapp med utskicket, för formulär som har förlorat uppgifterna om vad de frågar efter.",
        "Folder that was sent, for forms that have lost their record of what they ask.",
    ),
    "read.short": ("En rad för varje besvarad fråga.", "A line for each answered question."),
    "report": (
        "Skriv ett dokument av det som leverantörerna har svarat: uppföljningsrapport eller utvärderingsprotokoll.",
        "Write a document of what the suppliers have answered: a follow-up report or an evaluation record.",
    ),
    "report.done": (
        "Skrev {path}: {suppliers} leverantörer, {open} uppgifter som väntar på beslut.",
        "Wrote {path}: {suppliers} suppliers, {open} items that wait for a decision.",
    ),
    "collect": (
        "Läs en mapp eller zip-fil med ifyllda formulär, och gör en arbetsbok av det som kommit in. Läser bara det "
        "som är nytt sedan sist.",
        "Read a folder or a zip file of filled forms, and make a workbook of what came in. Reads only what is new "
        "since last time.",
    ),
    "collecting.into": ("Mapp för resultatet.", "Folder for the result."),
    "collecting.procurement": (
        "Upphandlingsfil: formulär från andra upphandlingar räknas inte, och svaren bedöms mot kraven.",
        "Procurement file: forms of other procurements do not count, and answers are held against the requirements.",
    ),
    "collecting.sent": (
        "Mapp med utskicket: visar vad som saknas och kommit sent.",
        "Folder of what was sent: shows what is missing and late.",
    ),
    "collecting.before": (
        "Förra årets resultatmapp, att jämföra statistiken med.",
        "Last year's result folder, to compare the statistics with.",
    ),
    "collecting.contract-start": (
        "Dag då avtalet började, för krav med tidsgräns.",
        "Day when the contract began, for requirements with a time limit.",
    ),
    "collecting.mask": ("Antal som är mindre än detta döljs i statistiken.",
                     "Numbers smaller than this are hidden in the statistics."),
    "collecting.jobs": (
        "Antal processer som läser, annars så många som datorn har plats för.",
        "Number of processes that read; otherwise as many as the computer has room for.",
    ),
    "collecting.parquet": ("Skriv också Parquet.", "Write Parquet too."),
    "collecting.language": ("Arbetsbokens språk.", "Language of the workbook."),
    "collecting.force": (
        "Skriv om arbetsboken även om besluten i den inte kan läsas; en kopia sparas.",
        "Rewrite the workbook even if its decisions cannot be read; a copy is kept.",
    ),
    "collecting.reading": ("Läser", "Reading"),
    "collecting.files": ("{number} filer:", "{number} files:"),
    "collecting.removed": (
        "{number} av dem finns inte längre i mappen; det som stod i dem är kvar.",
        "{number} of them are no longer in the folder; what was in them stays.",
    ),
    "collecting.references": (
        "Formulären hör till flera upphandlingar: {references}. Ange en med --procurement.",
        "The forms belong to several procurements: {references}. Give one with --procurement.",
    ),
    "collecting.decisions": (
        "{number} beslut gäller, varav {new} nya.",
        "{number} decisions are in force, {new} of them new.",
    ),
    "collecting.to-check": (
        "{number} saker behöver en människa: se {path}.",
        "{number} things need a person: see {path}.",
    ),
    "collecting.nothing": ("Inget behöver en människa. Allt står i {path}.",
                        "Nothing needs a person. Everything is in {path}."),
    "collecting.interrupted": (
        "Avbrutet. Det som hann läsas är kvar i {path}; kör igen för att fortsätta.",
        "Interrupted. What was read is kept in {path}; run again to go on.",
    ),
    "decide": (
        "Skriv ned vad en person beslutar om ett svar eller en bedömning. Kör sedan collect igen.",
        "Record what a person decides of an answer or a judgement. Then run collect again.",
    ),
    "decide.supplier": (
        "Leverantörens organisationsnummer, namn eller fil.",
        "The supplier's organisation number, name or file.",
    ),
    "decide.question": ("Frågan, till exempel AKT-03.date.", "The question, for example AKT-03.date."),
    "decide.requirement": ("Kravet som bedöms, i stället för en fråga.",
                           "The requirement that is judged, instead of a question."),
    "decide.value": (
        "Värdet som ska gälla, eller bedömningen. Inget värde: frågan räknas som obesvarad.",
        "The value that shall count, or the judgement. No value: the question counts as unanswered.",
    ),
    "decide.points": ("Poäng för ett tilldelningskriterium.", "Points for an award criterion."),
    "decide.deadline": ("Dag då en brist ska vara åtgärdad.", "Day when a shortcoming shall be corrected."),
    "decide.by": ("Rollen som beslutar, inte ett namn.", "The role that decides, not a name."),
    "decide.date": ("Beslutets dag, annars i dag.", "The day of the decision; otherwise today."),
    "decide.reason": ("Skälet.", "The reason."),
    "decide.withdraw": ("Ta tillbaka beslutet.", "Take the decision back."),
    "decide.one": ("Ange --question eller --requirement, inte båda.", "Give --question or --requirement, not both."),
    "decide.done": (
        "Beslut {number} är nedskrivet i {path}. Kör collect igen, så kommer det med överallt.",
        "Decision {number} is recorded in {path}. Run collect again to have it everywhere.",
    ),
    "decide.same": ("Det beslutet gäller redan.", "That decision is in force already."),
    "completion": (
        "Skriv ut komplettering för skalet (bash, zsh, fish).",
        "Print completion for the shell (bash, zsh, fish).",
    ),
    "interrupted": ("Avbrutet. Inget är skrivet.", "Interrupted. Nothing was written."),
    "usage": ("Användning:", "Usage:"),
    "options": ("Val", "Options"),
    "commands": ("Kommandon", "Commands"),
}  # fmt: skip
WORDS |= SCAN
WORDS |= SENDING
WORDS |= VERSIONS
WORDS |= BURDEN
WORDS |= CHECKS


def language(arguments: Sequence[str] = ()) -> Language:
    """Give the language of messages: `--lang`, our variable, or the locale; Swedish where none says English."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "sv"
        if argument.startswith("--lang="):
            return "en" if argument[7:] == "en" else "sv"
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return "en" if value.lower().startswith("en") else "sv"
    return "sv"


LANGUAGE: Language = language(sys.argv[1:])
"""The language of this run, settled before the commands are made since help is part of them."""


def say(key: str, **data: object) -> str:
    """Give a text in the language of this run."""
    text = WORDS[key][0 if LANGUAGE == "sv" else 1]
    return text.format(**data) if data else text
