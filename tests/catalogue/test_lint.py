"""The language checks: a clause that breaks a rule gives its code where the words stand, and the mended one nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lint_folder import EN, FILE, REQUIREMENT, SV, LintFolder, block, requirement

from procurement_equality.findings import describe

SEVEN_SV = (
    "kön, könsöverskridande identitet eller uttryck, etnisk tillhörighet, religion eller annan trosuppfattning, "
    "funktionsnedsättning, sexuell läggning och ålder"
)
SEVEN_EN = (
    "sex, transgender identity or expression, ethnicity, religion or other belief, disability, sexual orientation "
    "and age"
)
HARD = (
    "Dokumentationen omfattar lönekartläggningar, handlingsplaner, utvärderingar, uppföljningsrapporter, "
    "utbildningsinsatser, arbetsmiljöundersökningar, rekryteringsrutiner, befordringsprinciper, "
    "tillgänglighetsanpassningar, diskrimineringsutredningar"
)
LONG_SV = "Den anger " + ", ".join(f"vem som {verb} den" for verb in ("läser", "får", "ser", "tar", "ger", "har"))
LONG_EN = "It states " + ", ".join(f"who {verb} it" for verb in ["reads", "gets", "sees", "takes"] * 3)


@pytest.fixture
def folder(tmp_path: Path) -> LintFolder:
    """Give a small catalogue folder to edit."""
    return LintFolder(tmp_path)


def test_the_small_catalogue_has_no_findings(folder: LintFolder) -> None:
    """The requirement that the other tests break is without findings before they break it."""
    assert folder.report() == []


@pytest.mark.parametrize(
    ("code", "words", "broken", "mended"),
    [
        ("vague", "tillräckligt", "Rutinen är tillräckligt tydlig.", "Rutinen är undertecknad."),
        ("recommendation", "bör", "Rutinen bör vara undertecknad.", "Rutinen är undertecknad."),
        ("firm-wide", "leverantörens värdegrund", "Den följer leverantörens värdegrund.", "Den följer avtalet."),
        ("outdated", "handikappade", "Den nämner handikappade.", "Den nämner personer med funktionsnedsättning."),
        ("gendered-title", "tjänsteman", "En tjänsteman läser den.", "En handläggare läser den."),
        ("quota", "minst hälften kvinnor", "Gruppen har minst hälften kvinnor.", "Den anger andelen kvinnor."),
        ("label", "certifierad", "Rutinen är certifierad.", "Rutinen är certifierad eller likvärdig."),
        ("obligations", "och ska", "Den undertecknas och ska förvaras.", "Den undertecknas."),
        ("scope", "personal", "Den nämner personal.", "Den nämner personal som utför kontraktet."),
        ("sentence", "Den anger vem som", f"{LONG_SV}.", f"{LONG_SV.replace(', vem som har', '. Den som har')}."),
        ("lix", "", f"{HARD} samt introduktion och inköp.", "Den är kort. Den är lätt. Den är en sida."),
        ("grounds", "", "Den rör kön, ålder och funktionsnedsättning.", f"Den rör {SEVEN_SV}."),
        ("act-repealed", "jämställdhetslagen", "Den följer jämställdhetslagen.", "Den följer diskrimineringslagen."),
        ("act-unknown", "hittepålagen", "Den följer 5 § hittepålagen.", "Den följer 5 § diskrimineringslagen."),
        ("act-unknown", "1999:9", "Den följer 1999:9.", "Den följer DL 3:13 och 2008:567."),
        ("act-repealed", "1991:433", "Den följer lagen (1991:433).", "Den följer lagen (2008:567)."),
        ("act-unknown", "XY 3:13", "Den följer XY 3:13.", "Den följer DL 3:13."),
    ],
)
def test_a_swedish_clause_that_breaks_a_rule_gives_its_code(
    code: str, words: str, broken: str, mended: str, folder: LintFolder
) -> None:
    """A Swedish clause that breaks a rule gives its code at the words, or at the key; the mended one gives nothing."""
    folder.write(FILE, requirement(f"{SV} {broken}", EN + numbers("Items", broken)))
    at = folder.place(words) if words else folder.place('sv: "Leverantören')
    assert folder.report() == [(f"lint.{code}", at)]
    folder.write(FILE, requirement(f"{SV} {mended}", EN + numbers("Items", mended)))
    assert folder.report() == []


@pytest.mark.parametrize(
    ("code", "words", "broken", "mended"),
    [
        ("vague", "adequate", "The routine is adequate.", "The routine is signed."),
        ("recommendation", "should", "The routine should be signed.", "The routine is signed."),
        ("firm-wide", "the supplier's values", "It follows the supplier's values.", "It follows the contract."),
        ("outdated", "the disabled", "It names the disabled.", "It names persons with disabilities."),
        ("gendered-title", "chairman", "The chairman reads it.", "The chair reads it."),
        ("quota", "at least half women", "The group has at least half women.", "It states the share of women."),
        ("label", "certified", "The routine is certified.", "The routine is certified or equivalent."),
        ("obligations", "and shall", "It is signed and shall be kept.", "It is signed."),
        ("scope", "staff", "It names staff.", "It names staff who perform the contract."),
        ("sentence", "It states who reads", f"{LONG_EN}.", f"{LONG_EN.replace(', who gets', '. One who gets')}."),
        ("grounds", "", "It covers sex, age and disability.", f"It covers {SEVEN_EN}."),
        ("act-repealed", "1991:433", "It follows the act (1991:433).", "It follows the act (2008:567)."),
        ("act-unknown", "1999:9", "It follows 1999:9.", "It follows 2008:567."),
        ("act-unknown", "XY 3:13", "It follows XY 3:13.", "It follows DL 3:13."),
        ("drift-number", "12 parts", "It has 12 parts and 1 page.", "It has parts and one page."),
        ("drift-number", "twenty-four", "It has twenty-four parts.", "It has a part."),
        ("drift-time", "week", "It is read every week.", "It is read often."),
        ("drift-time", "calendar years", "It covers calendar years.", "It covers time."),
    ],
)
def test_an_english_clause_that_breaks_a_rule_gives_its_code(
    code: str, words: str, broken: str, mended: str, folder: LintFolder
) -> None:
    """An English clause that breaks a rule gives its code at the words, or at the key; the mended one gives nothing."""
    for tail, at in ((broken, words or 'en: "Within'), (mended, None)):
        folder.write(FILE, requirement(SV + ("" if "drift" in code else numbers("Tal", tail)), f"{EN} {tail}"))
        placed = 'en: "Within' if words == "twenty-four" else at  # the finding is about 24, which does not stand there
        assert folder.report() == ([(f"lint.{code}", folder.place(placed))] if placed and at else [])


def numbers(word: str, text: str) -> str:
    """Give a sentence with the numbers of a text, so that both languages have the same."""
    found = "".join(sign if sign.isdigit() else " " for sign in text).split()
    return f" {word}: {', '.join(found)}." if found else ""


@pytest.mark.parametrize(
    ("code", "sv", "en"),
    [
        ("drift-number", "Rutinen har 12 delar.", "The routine has parts."),
        ("drift-number", "Rutinen har fyra delar.", "The routine has five parts."),
        ("drift-number", "Vitet är 10 000 kronor.", "The penalty is 10,500 kronor."),
        ("drift-time", "Den läses varje vecka.", "It is read often."),
        ("drift-time", "Den läses på vardagar.", "It is read on sundays."),
    ],
)
def test_what_stands_only_in_swedish_is_a_finding_at_the_english_text(
    code: str, sv: str, en: str, folder: LintFolder
) -> None:
    """A number or a time that the English text lacks is a finding at the key of the English text."""
    folder.write(FILE, requirement(f"{SV} {sv}", f"{EN} {en}"))
    assert folder.report() == [(f"lint.{code}", folder.place('en: "Within'))]


@pytest.mark.parametrize(
    ("sv", "en"),
    [
        ("Rutinen har tolv delar.", "The routine has 12 parts."),
        ("Vitet är 10 000 kronor, 2,5 procent.", "The penalty is 10,000 kronor, 2.5 per cent."),
        ("Den läses varje år.", "It is read annually."),
        ("Den gäller en sida.", "It covers 1 page."),
        ("Den läses på vardagar.", "It is read on weekdays."),
    ],
)
def test_the_same_number_and_time_in_each_language_is_no_drift(sv: str, en: str, folder: LintFolder) -> None:
    """Digits and number words, decimal commas and points, and words for the same time say the same."""
    folder.write(FILE, requirement(f"{SV} {sv}", f"{EN} {en}"))
    assert folder.report() == []


@pytest.mark.parametrize(
    ("sv", "en", "key"),
    [
        ("Leverantören ska visa en rutin.", "The supplier shall show a routine at once.", 'sv: "Lev'),
        ("Leverantören ska genast visa en rutin.", "The supplier shall show a routine.", 'en: "The supplier'),
    ],
)
def test_a_contract_condition_without_a_time_is_found(sv: str, en: str, key: str, folder: LintFolder) -> None:
    """A contract condition that does not say when it shall be met is a finding in the language that lacks the time."""
    folder.write(FILE, requirement(sv, en))
    assert folder.report() == [("lint.deadline", folder.place(key))]
    folder.edit(FILE, "kind: contract-performance-condition", "kind: technical-specification")
    assert folder.report() == []


@pytest.mark.parametrize("written", ["{{ first_months }}", "{{first_months}}", "{{  first_months }}"])
def test_a_parameter_of_time_is_a_deadline(written: str, folder: LintFolder) -> None:
    """A parameter in months says when, however the braces are spaced; another parameter does not."""
    folder.write(FILE, requirement(f"Leverantören ska visa rutinen: {written}.", f"The supplier shall: {written}."))
    assert folder.codes() == []
    folder.write(FILE, requirement("Leverantören ska visa en rutin på {{ pages }}.", "The supplier shall {{ pages }}."))
    label = 'label: {sv: "Sidor", en: "Pages"}'
    folder.edit(
        FILE, "  form:\n", f"  pages: {{type: integer, unit: number, default: 2, min: 1, max: 3, {label}}}\n  form:\n"
    )
    assert folder.codes() == ["lint.deadline"] * 2


@pytest.mark.parametrize("kind", ["exclusion-ground", "reserved-participation"])
def test_a_kind_about_the_supplier_itself_may_name_its_staff(kind: str, folder: LintFolder) -> None:
    """An exclusion ground and a reserved participation are about the supplier, and need no limit to the contract."""
    folder.write(FILE, requirement(f"{SV} Den nämner anställda.", f"{EN} It names employees."))
    assert folder.codes() == ["lint.scope"] * 2
    folder.edit(FILE, "kind: contract-performance-condition", f"kind: {kind}")
    assert folder.codes() == []


@pytest.mark.parametrize(
    ("language", "missing"),
    [("sv", ground) for ground in SEVEN_SV.replace(" och ", ", ").split(", ")]
    + [("en", ground) for ground in SEVEN_EN.replace(" and ", ", ").split(", ")],
)
def test_a_list_of_six_grounds_names_the_seventh(language: str, missing: str, folder: LintFolder) -> None:
    """A list that lacks one of the seven grounds is a finding that names it, also where its word is part of another."""
    listed = SEVEN_SV.replace(" och ", ", ") if language == "sv" else SEVEN_EN.replace(" and ", ", ")
    six = ", ".join(ground for ground in listed.split(", ") if ground != missing)
    sv, en = (f"{SV} Den rör {six}.", EN) if language == "sv" else (SV, f"{EN} It covers {six}.")
    folder.write(FILE, requirement(sv, en))
    (finding,) = folder.findings()
    assert (finding.code, finding.data["missing"]) == ("lint.grounds", missing)


@pytest.mark.parametrize("tail", ["Den rör kön och ålder.", "Den rör kön. Den rör ålder. Den rör religion."])
def test_two_grounds_in_a_sentence_are_no_list(tail: str, folder: LintFolder) -> None:
    """A sentence that names one or two grounds is not a list of grounds."""
    folder.write(FILE, requirement(f"{SV} {tail}"))
    assert folder.report() == []


@pytest.mark.parametrize("extra", [0, 1])
def test_a_sentence_may_have_as_many_words_as_the_bound(extra: int, folder: LintFolder) -> None:
    """A sentence of exactly the bound is fine and one word more is not, on one line or broken over several."""
    for text, bound, first in ((SV, 25, "Den"), (EN, 37, "It")):
        words = " ".join([first] + ["x"] * (bound + extra - 1))
        for tail in (words, words.replace(" x x", "\nx x"), words.replace(" x x", "\n x x", 3)):
            clause = f"{text} {tail}."
            folder.write(FILE, block(clause, EN) if text == SV else block(SV, clause))
            found = [(finding.code, finding.data["number"]) for finding in folder.findings()]
            assert found == [("lint.sentence", str(bound + 1))] * extra


@pytest.mark.parametrize("sign", ["–", ":", ";", "(", "\t", "…", "\u00a0"])
@pytest.mark.parametrize("word", ["x", "ж"])
def test_words_are_counted_whatever_parts_them(sign: str, word: str, folder: LintFolder) -> None:
    """A sentence is as long as the words in it, also where no space stands between them, in any alphabet."""
    for extra in (0, 1):
        words = sign.join(["Den"] + [word] * (24 + extra))
        folder.write(FILE, requirement(f"{SV} {words}."))
        assert [finding.data.get("number") for finding in folder.findings()] == ["26"] * extra


def test_a_short_clause_is_not_measured_for_readability(folder: LintFolder) -> None:
    """LIX is asked of a clause with as many words as the bound says, and not of a shorter one."""
    for words, codes in (("samt introduktion", []), ("samt introduktion och inköp", ["lint.lix"])):
        folder.write(FILE, requirement(f"{SV} {HARD} {words}."))
        folder.edit("lint.yaml", "lix_from_words: 25", "lix_from_words: 26") if words.endswith("inköp") else None
        assert folder.codes() == codes


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("vague", "Den läses så långt\nsom möjligt."),
        ("firm-wide", "Den följer leverantörens\nvärdegrund."),
        ("quota", "Gruppen har minst\nhälften kvinnor."),
        ("obligations", "Den undertecknas och\nska förvaras."),
        ("act-repealed", "Den följer lagen om förbud mot\ndiskriminering."),
    ],
)
def test_words_that_are_broken_over_two_lines_are_found(code: str, broken: str, folder: LintFolder) -> None:
    """A wording whose words stand on two lines is found, at its first word or at the key of its text."""
    folder.write(FILE, block(f"{SV}\n{broken}"))
    first = broken.split("\n")[0].split()[-1]
    allowed = {folder.place("sv: |-"), folder.place(" ".join(broken.split("\n")[0].split()[2:])), folder.place(first)}
    (finding,) = folder.findings()
    assert finding.code == f"lint.{code}"
    assert finding.place in allowed


@pytest.mark.parametrize(
    ("sv", "en"),
    [
        (f"Den rör {SEVEN_SV}.".replace("identitet eller", "identitet\neller"), "It is short."),
        ("Den är kort.", f"It covers {SEVEN_EN}.".replace("sexual ", "sexual\n")),
        ("Den följer 5 § lagen om\nvalfrihetssystem.", "It is item 5."),
        ("Den nämner personal som utför\nkontraktet.", "It names staff who perform\nthe contract."),
        ("Lista: lagen om stöd och service till\nvissa funktionshindrade.", "It is short."),
    ],
)
def test_what_is_right_is_right_over_two_lines_too(sv: str, en: str, folder: LintFolder) -> None:
    """A line break inside a name, a ground, a limit or an exception is not a fault."""
    folder.write(FILE, block(f"{SV}\n{sv}", f"{EN}\n{en}"))
    assert folder.report() == []


@pytest.mark.parametrize(
    ("tail", "part", "number"),
    [
        ("Den är godkänd och god.", "god.", 1),
        ("Leverantören ska läsa den.", "Leverantören ska", 2),
        ("Den undertecknas av barbra och är bra.", "bra.", 1),
    ],
)
def test_the_place_is_that_of_the_words_themselves(tail: str, part: str, number: int, folder: LintFolder) -> None:
    """A finding points at the words that it is about, not at the same letters earlier in the text."""
    folder.write(FILE, requirement(f"{SV} {tail}"))
    (finding,) = folder.findings()
    assert finding.place == folder.place(part, number=number)


def test_words_that_stand_twice_are_two_findings_at_two_places(folder: LintFolder) -> None:
    """Each of two faulty words has a finding of its own, at its own place."""
    folder.write(FILE, requirement(f"{SV} Den är god. Maten är god."))
    assert folder.report() == [("lint.vague", folder.place("god", number=n)) for n in (1, 2)]


def test_a_finding_of_language_stops_nothing_and_says_why(folder: LintFolder) -> None:
    """A finding of the language checks is a warning that gives the rule's reason and where that comes from."""
    folder.write(FILE, requirement(f"{SV} Gruppen har minst hälften kvinnor."))
    (finding,) = folder.findings()
    assert finding.severity == "warning"
    for said in ("minst hälften kvinnor", "kvot", "diskrimineringslagen (2008:567)"):
        assert said in describe(finding, "sv")
    assert "Discrimination Act" in describe(finding, "en")


@pytest.mark.parametrize(
    "old",
    [
        line.split('sv: "')[1].split('"')[0]
        for line in REQUIREMENT.split("\n")
        if 'sv: "' in line and 'sv: "SV"' not in line
    ],
)
def test_an_outdated_word_is_found_in_every_text(old: str, folder: LintFolder) -> None:
    """A word that no text may hold is found wherever it stands in a requirement."""
    folder.edit(FILE, f'sv: "{old}', f'sv: "Handikapp, {old}')
    assert folder.report() == [("lint.outdated", folder.place("Handikapp"))]


def test_a_word_that_only_a_clause_may_not_hold_is_right_elsewhere(folder: LintFolder) -> None:
    """A vague word in the rationale is no finding, in a clause it is."""
    folder.edit(FILE, "Rutinen visar vad som görs.", "En god rutin visar vad som görs.")
    assert folder.report() == []
    folder.edit(FILE, "Anbudet beskriver", "Anbudet med god mat beskriver")
    assert folder.codes() == ["lint.vague"]


@pytest.mark.parametrize(
    ("code", "sv"),
    [
        (None, "Den följer lagen om förbud mot diskriminering av deltidsarbetande arbetstagare och arbetstagare med "
         "tidsbegränsad anställning."),
        ("act-repealed", "Den följer lagen om förbud mot diskriminering."),
        ("act-repealed", "Den följer 5 § jämställdhetslagen."),
        ("act-repealed", "Den följer personuppgiftslagens regler."),
        (None, "Den följer 5 § första stycket diskrimineringslagen (2008:567)."),
        (None, "Den bygger på SOU 2024:40."),
        (None, "Den bygger på prop. 2015/16:195."),
        ("act-unknown", "Den följer SFS 2024:40."),
    ],
)  # fmt: skip
def test_an_act_is_judged_by_its_whole_name(code: str | None, sv: str, folder: LintFolder) -> None:
    """A repealed act is one finding, one in force with a longer name is none, and a report is no act."""
    folder.edit(FILE, 'sv: "Rutinen visar vad som görs."', f'sv: "{sv}"')
    folder.edit(FILE, "The routine shows what is done.", f"It rests on an act.{numbers('Items', sv)}")
    assert folder.codes() == ([f"lint.{code}"] if code else [])
