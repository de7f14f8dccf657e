"""Words of the command line for writing documents and sending forms: help and short sentences, (Swedish, English)."""

from __future__ import annotations

SENDING: dict[str, tuple[str, str]] = {
    "render": (
        "Skriv ett dokument för en upphandling: tender-section, self-assessment, annual-follow-up, covering-letter "
        "eller en egen mall (.html). Med --suppliers: ett formulär till varje leverantör i en lista.",
        "Write a document for a procurement: tender-section, self-assessment, annual-follow-up, covering-letter, or a "
        "template of your own (.html). With --suppliers: a form to each supplier of a list.",
    ),
    "render.output": (
        "Fil att skriva; .docx eller .html bestämmer formatet. Med --suppliers: mapp.",
        "File to write; .docx or .html decides the form. With --suppliers: a folder.",
    ),
    "render.year": (
        "Året som följs upp, till annual-follow-up.",
        "The year that is followed up, for annual-follow-up.",
    ),
    "render.reply_by": (
        "Sista dag att svara (ÅÅÅÅ-MM-DD), annars reply_by i upphandlingsfilen.",
        "Last day to answer (YYYY-MM-DD); otherwise reply_by of the procurement file.",
    ),
    "render.suppliers": (
        "Lista med leverantörer (.xlsx, .ods, .csv): skriv ett formulär och ett missiv till var och en, och en logg, i "
        "mappen -o.",
        "List of suppliers (.xlsx, .ods, .csv): write a filled-in form and a letter each, and a log, in the folder -o.",
    ),
    "render.supplier": (
        "Bara leverantören med detta organisationsnummer eller namn ur listan; kan upprepas.",
        "Only the supplier of the list with this organisation number or name; may be repeated.",
    ),
    "render.contact": (
        "Funktion som svarar på frågor, med e-post eller telefon; skrivs i missivet.",
        "Function that answers questions, with e-mail or telephone; written in the letter.",
    ),
    "render.prefill": (
        "Fyll i från tidigare svar: mappen från collect, eller ett svar som JSON. Val och texter följer med.",
        "Fill in from earlier responses: the folder of collect, or a response as JSON. Choices and texts are carried "
        "over.",
    ),
    "render.prefill_all": (
        "Låt också antal, datum, tabeller och bilagor följa med; försäkran lämnas alltid på nytt.",
        "Carry numbers, dates, tables and attachments over too; declarations are always made anew.",
    ),
    "render.needs_suppliers": ("hör ihop med --suppliers", "belongs with --suppliers"),
    "render.needs_prefill": ("hör ihop med --prefill", "belongs with --prefill"),
    "render.one_response": (
        "filen har svar från {number} leverantörer; använd --suppliers",
        "the file has responses from {number} suppliers; use --suppliers",
    ),
    "render.mailed": (
        "{folder}: {written} formulär skrivna, {kept} fanns redan, {earlier} ifyllda från tidigare svar.",
        "{folder}: {written} forms written, {kept} were there already, {earlier} filled in from earlier responses.",
    ),
    "render.mailed_next": (
        "Skicka varje formulär med sitt missiv och anteckna det sedan: procurement-equality sent {folder}",
        "Send each form with its letter, and then note it: procurement-equality sent {folder}",
    ),
    "sent": (
        "Anteckna att formulär har skickats. Programmet skickar inget självt.",
        "Note that forms have been sent. The program itself sends nothing.",
    ),
    "sent.supplier": (
        "Bara leverantören med detta organisationsnummer eller namn; kan upprepas.",
        "Only the supplier with this organisation number or name; may be repeated.",
    ),
    "sent.date": ("Dagen (ÅÅÅÅ-MM-DD), annars i dag.", "The day (YYYY-MM-DD); otherwise today."),
    "sent.done": ("{number} formulär antecknade som skickade {date}.", "{number} forms noted as sent on {date}."),
    "sent.before": ("{name} skickades redan {date}.", "{name} was sent on {date} already."),
    "remind": (
        "Lista leverantörer vars svar är försenade, skriv en påminnelse till var och en och anteckna dagen.",
        "List suppliers whose answers are late, write a reminder to each and note the day.",
    ),
    "remind.reply_by": (
        "Ny sista dag (ÅÅÅÅ-MM-DD), som skrivs i påminnelsen och loggen.",
        "New last day (YYYY-MM-DD), written in the reminder and the log.",
    ),
    "remind.list": ("Lista bara; skriv och anteckna inget.", "Only list; write and note nothing."),
    "remind.late": ("{name}: sista dag {deadline}, {file}", "{name}: last day {deadline}, {file}"),
    "remind.count": (
        "{late} försenade, {written} påminnelser skrivna.",
        "{late} late, {written} reminders written.",
    ),
    "letters": (
        "Skriv ett brev till varje leverantör vars formulär har något som saknas eller är oklart och som ingen har "
        "beslutat om. RESULT är mappen från collect.",
        "Write a letter to each supplier whose form has something that is missing or unclear and that no one has "
        "decided. RESULT is the folder of collect.",
    ),
    "letters.to": ("Mapp att skriva breven i, som Word-filer.", "Folder to write the letters in, as Word files."),
    "letters.reply_by": (
        "Sista dag att svara (ÅÅÅÅ-MM-DD); annars ”så snart ni kan”.",
        "Last day to reply (YYYY-MM-DD); otherwise “as soon as you can”.",
    ),
    "letters.past": ("dagen har redan varit", "the day has passed already"),
    "letters.written": ("{number} brev skrivna i {folder}.", "{number} letters written in {folder}."),
    "letters.without": (
        "{number} leverantörer behöver inget brev: {names}.",
        "{number} suppliers need no letter: {names}.",
    ),
    "letters.unread": (
        "{number} filer kunde inte läsas, så ingen vet vilka brev de hör till: {files}.",
        "{number} files could not be read, so nobody knows which letters they belong to: {files}.",
    ),
    "letters.next": (
        "Läs igenom breven innan ni skickar dem. Kör collect igen när svaren har kommit.",
        "Read the letters through before you send them. Run collect again when the replies have come.",
    ),
}
