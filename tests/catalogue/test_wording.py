"""The measures of prose: words, sentences, LIX, and phrases that are looked for fast and missed never."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_folder import rules, small_catalogue

from procurement_equality.catalogue import wording
from procurement_equality.catalogue.lint import lint
from procurement_equality.catalogue.text import Text
from procurement_equality.catalogue.wording import WordLists, WordRule


def found(phrases: Sequence[str], text: str, exceptions: Sequence[str] = ()) -> list[str]:
    """Give what a rule with these phrases finds in a text, in the order of the text."""
    rule = WordRule(where="everywhere", reason=Text(sv="Skäl", en="Reason"), words=WordLists(sv=tuple(phrases)))
    rule = rule.model_copy(update={"except_": WordLists(sv=tuple(exceptions))})
    mine = rules().model_copy(update={"words": {"mine": rule}})
    (one,) = small_catalogue().requirements.values()
    changed = one.model_copy(update={"title": Text(sv=text)})
    catalogue = small_catalogue().model_copy(update={"requirements": {one.id: changed}})
    flat = " ".join(text.split())
    problems = [problem for problem in lint(catalogue, mine) if problem.code == "lint.mine"]
    return sorted((problem.text for problem in problems if problem.location[0] == "title"), key=flat.index)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leverantören ska visa intyget.", ["leverantören", "ska", "visa", "intyget"]),
        ("Inom {{ first_months }} ska {{a}} visas", ["inom", "0", "ska", "0", "visas"]),
        ("AI-system och icke‑binära", ["ai-system", "och", "icke‑binära"]),
        ("the contract's and the supplier’s", ["the", "contract's", "and", "the", "supplier’s"]),
        ("3 kap. 13 § och/eller 2,5 %", ["3", "kap", "13", "och", "eller", "2", "5"]),
        ("- en punkt\n- *två*", ["en", "punkt", "två"]),
        ("in- och utgång, 'ett' ord", ["in", "och", "utgång", "ett", "ord"]),
        ("– … !", []),
    ],
)
def test_words_are_counted_as_a_reader_counts(text: str, expected: list[str]) -> None:
    """A placeholder and a word with a hyphen or an apostrophe are one word each, and signs are none."""
    assert wording.words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett. Två! Är det tre? Ja.", ["Ett.", "Två!", "Är det tre?", "Ja."]),
        ("Enligt 3 kap. 13 § gäller t.ex. lön.", ["Enligt 3 kap. 13 § gäller t.ex. lön."]),
        ("Se 3 kap. 13 § diskrimineringslagen. Den gäller.", ["Se 3 kap. 13 § diskrimineringslagen.", "Den gäller."]),
        ("Visa intyg, t.ex. ett märke, m.m. för varan.", ["Visa intyg, t.ex. ett märke, m.m. för varan."]),
        ("Han sade ”nej.” Sedan gick han.", ["Han sade ”nej.", "Sedan gick han."]),
        ("En rad\nsom bryts. Och en till.", ["En rad\nsom bryts.", "Och en till."]),
        ("Ett stycke\n\nett till", ["Ett stycke", "ett till"]),
        ("Ange\n\n- datum\n- namn\n* tid\n2. ort", ["Ange", "- datum", "- namn", "* tid", "2. ort"]),
        ("Ange\n  - datum\n    som bryts\n  - namn", ["Ange", "  - datum\n    som bryts", "  - namn"]),
    ],
)
def test_a_text_is_split_where_its_sentences_and_items_end(text: str, expected: list[str]) -> None:
    """Sentences and list items are parts of their own, and the full stop of an abbreviation ends nothing."""
    assert wording.sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words"),
    [
        ("Katten sover.", 2, 1, 0),
        ("Katten sover. Hunden vaktar huset.", 5, 2, 0),
        ("Leverantören ska visa dokumentationen varje år.", 6, 1, 2),
        ("Sjutton", 1, 1, 1),
        ("Rutinen ska ange\n\n- vem som svarar\n- vem som informeras.", 9, 3, 2),
        ("Enligt 3 kap. 13 § ska arbetsgivaren dokumentera arbetet.", 8, 1, 3),
        ("Inom {{ a_very_long_parameter }} visas intyget.", 4, 1, 1),
    ],
)
def test_lix_is_what_is_counted_by_hand(text: str, words: int, sentences: int, long_words: int) -> None:
    """LIX is words a sentence plus per cent words of more than six letters, as counted by hand."""
    assert (len(wording.words(text)), len(wording.sentences(text))) == (words, sentences)
    assert wording.lix(text) == pytest.approx(words / sentences + 100 * long_words / words)


def test_lix_of_a_whole_text_is_what_is_worked_out_by_hand() -> None:
    """Twenty words in two sentences, four of them long, give 10 + 20 = 30."""
    text = (
        "Den som köper en tjänst ska veta vad leverantören får betalt. "
        "Personal som utför uppdraget ska alltid läsa beställarens rutin."
    )
    assert len(wording.words(text)) == 20
    assert wording.lix(text) == 30


@pytest.mark.parametrize("text", ["", " \n ", "…"])
def test_a_text_without_words_has_no_lix(text: str) -> None:
    """A text without words has the index 0."""
    assert wording.lix(text) == 0


LETTERS = "abdefghiklmnoprstuvåäö"
WORDS = st.text(LETTERS, min_size=1, max_size=9)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_lix_of_any_text_follows_its_definition(sentences: list[list[str]]) -> None:
    """For any sentences, LIX follows from their number, their words and the words of more than six letters."""
    text = " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences)
    words = [word for sentence in sentences for word in sentence]
    long_words = [word for word in words if len(word) >= 7]
    assert wording.sentences(text) == [f"{' '.join(sentence).capitalize()}." for sentence in sentences]
    assert wording.lix(text) == pytest.approx(len(words) / len(sentences) + 100 * len(long_words) / len(words))


@given(st.text('aB .!?\n-*1§åÄ”"{}', max_size=60))
@settings(deadline=None, max_examples=150)
def test_splitting_into_sentences_loses_no_word(text: str) -> None:
    """The words of the sentences of any text are the words of the text, and no sentence is empty."""
    parts = wording.sentences(text)
    assert all(part.strip() for part in parts)
    assert [word for part in parts for word in wording.words(part)] == wording.words(text)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("god", "Maten ska vara god.", ["god"]),
        ("god", "GOD mat är God.", ["GOD", "God"]),
        ("god", "Godis godkänns av ungodar.", []),
        ("god", "mat_god_mat", []),
        ("m.m.", "Intyg m.m. lämnas.", ["m.m."]),
        ("så långt som möjligt", "Så långt\nsom  möjligt.", ["Så långt som möjligt"]),
        ("lämplig*", "Lämplig, lämpliga och lämpligheten, olämplig.", ["Lämplig", "lämpliga", "lämpligheten"]),
        ("aktivt arbet*", "Aktivt arbete.", ["Aktivt arbete"]),
        ("wheelchair-bound", "A wheelchair-bound person.", ["wheelchair-bound"]),
        ("the contract's", "By the contract's end.", ["the contract's"]),
        ("good", "A good-quality good, and all-good.", ["good", "good", "good"]),
        ("funktionsnedsatt*", "Icke-funktionsnedsatta.", ["funktionsnedsatta"]),
        ("ras", "Ras- och hudfärg.", ["Ras"]),
        ("good", "A 'good' one.", ["good"]),
        ("brandman*", "Deltids-brandmannen.", ["brandmannen"]),
    ],
)
def test_a_phrase_is_found_as_words_of_its_own(phrase: str, text: str, expected: list[str]) -> None:
    """A phrase is found whatever its case, its line breaks and what a hyphen joins to it, but not inside a word."""
    assert found([phrase], text) == expected


def test_an_exception_is_passed_over_where_it_stands_only() -> None:
    """The words of an exception are passed over, and the same words elsewhere in the text are found."""
    phrases, exceptions = ["god", "gode"], ["god man", "gode mann*"]
    assert found(phrases, "En god man och gode mannen.", exceptions) == []
    assert found(phrases, "En god man lagar god mat.", exceptions) == ["god"]


def test_the_longest_phrase_is_the_one_that_is_found() -> None:
    """Where one phrase begins another, the longer is given once."""
    assert found(["arbeta", "arbeta för"], "Att arbeta för alla och arbeta.") == [
        "arbeta för",
        "arbeta",
    ]


@pytest.mark.parametrize("text", ["Ord.", "- punkt", "§ 3"])
def test_an_empty_list_of_phrases_finds_nothing(text: str) -> None:
    """Without phrases nothing is found, with exceptions or without."""
    assert found([], text) == []
    assert found([], text, ["ord"]) == []


STEMS = st.text(LETTERS + LETTERS.upper(), min_size=4, max_size=8)
PHRASES = st.builds(
    lambda words, star, joint: joint.join(words) + star,
    st.lists(STEMS, min_size=1, max_size=3),
    st.sampled_from(["", "*"]),
    st.sampled_from([" ", " ", " ", "-", "."]),
)
AROUND = st.text(LETTERS + "AÅ -‑’'.,;:!?()§/\n\u00a0”0_", max_size=12)


@given(PHRASES, st.lists(PHRASES, max_size=3), AROUND, AROUND, st.sampled_from(["", "s", "arna"]))
@settings(deadline=None, max_examples=200)
def test_a_phrase_that_is_there_is_never_missed(
    phrase: str, others: list[str], before: str, after: str, ending: str
) -> None:
    """Whatever stands around a phrase, it is found exactly where no letter, digit or underscore touches it."""
    written = phrase.replace("*", ending)
    touched = re.fullmatch(r"\w", before[-1:]) or (re.match(r"\w", after) and not phrase.endswith("*"))
    matches = found([*others, phrase], f"x, {before}{written}{after}")
    assert touched or any(match.startswith(written) for match in matches)


@given(st.lists(PHRASES, min_size=1, max_size=4), AROUND)
@settings(deadline=None, max_examples=100)
def test_what_is_found_stands_in_the_text_as_it_is_given(phrases: list[str], between: str) -> None:
    """Every match is a piece of the text that follows one of the phrases."""
    text = between.join(phrase.rstrip("*") for phrase in phrases)
    stems = tuple(phrase.rstrip("*").lower() for phrase in phrases)
    for match in found(phrases, text):
        assert match in text
        assert match.lower().startswith(stems)
