"""Templates: ours render, and a wrong one is refused with file, line and element."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest
from hypothesis import example as with_example
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_parts import (
    END,
    LANGUAGES,
    START,
    TEMPLATES,
    Word,
    faults,
    fold,
    open_package,
    text_of,
    write_template,
    write_whole,
)

from conftest import ROOT
from procurement_equality import Document, Procurement, Selection, compose
from procurement_equality.catalogue.requirement import Parameter, TextParameter
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.documents import templates, vocabulary
from procurement_equality.documents.commonmark import to_xhtml
from procurement_equality.findings import TemplateError, describe
from procurement_equality.procurement import parameters

FIRST_LINE = START.count("\n") + 1
"""The line that the body of a template of our own begins on."""

PRINTABLE = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")


# --- our own templates --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_bundled_templates_render(selection: Selection, template: str, language: Language) -> None:
    """Each template renders each example in each language, with every clause's title and id."""
    document = compose(selection, template, language)
    text = fold("".join(map(str, document.tree.itertext())))
    assert document.language == language
    assert document.kind == template
    for clause in selection.clauses:
        assert fold(clause.requirement.title[language]) in text
        assert clause.requirement.id in text


def test_names_are_those_that_render() -> None:
    """The names that are offered are the templates of a procurement, and not the files that they import."""
    assert templates.names() == sorted([*TEMPLATES, "annual-follow-up", "covering-letter"])


def test_language_is_the_procurements_first(home_care: Selection) -> None:
    """Where no language is asked for, the document is in the procurement's first."""
    procurement = home_care.procurement.model_copy(update={"languages": ("en", "sv")})
    assert compose(home_care.model_copy(update={"procurement": procurement}), "tender-section").language == "en"


def test_unknown_name_offers_the_nearest(home_care: Selection) -> None:
    """A template name that we do not have is refused with the nearest that we do."""
    [finding] = faults(home_care, "tender-secton")
    assert finding.code == "use.no-template"
    assert "tender-section" in describe(finding, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_template_with_own_words(tmp_path: Path, home_care: Selection, language: Language) -> None:
    """A template given as a path is rendered with the word list beside it, and with our common words."""
    path = write_template(tmp_path, "<p>{{ t.title }} {{ t.page }}</p>", words="title: {sv: Egen, en: Own}\n")
    document = compose(home_care, path, language)
    assert document.kind == "own"
    assert document.tree.findtext("body/p") == {"sv": "Egen Sida", "en": "Own Page"}[language]


def test_own_template_may_use_our_macros(tmp_path: Path, home_care: Selection) -> None:
    """An organisation's own template may import the answer rows of ours."""
    words = (ROOT / "templates" / "self-assessment.words.yaml").read_text(encoding="utf-8")
    path = write_whole(
        tmp_path,
        '{% from "answers.html" import answer_table %}' + START + '{{ answer_table("x", form.supplier, t) }}' + END,
        words=words,
    )
    assert {str(field.get("name")) for field in compose(home_care, path).tree.iter("input")} == {
        "LEV.name", "LEV.org_number", "LEV.contact_role", "LEV.contact", "LEV.headcount", "LEV.date",
        "LEV.part.service", "LEV.part.personal-care",
    }  # fmt: skip


def test_include_from_the_templates_folder(tmp_path: Path, home_care: Selection) -> None:
    """A template may include a file that lies beside it."""
    (tmp_path / "part.html").write_text("<p>{{ procurement.reference }}</p>", encoding="utf-8")
    path = write_template(tmp_path, '{% include "part.html" %}')
    assert compose(home_care, path).tree.findtext("body/p") == home_care.procurement.reference


# --- outside the vocabulary ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code", "element"),
    [
        ("<div>x</div>", "template.element", "div"),
        ('<p><img src="chart:x" alt="y"/></p>', "template.nesting", "img"),
        ("<script>x</script>", "template.element", "script"),
        ('<p id="x">a</p>', "template.attribute", "p"),
        ('<p onclick="x">a</p>', "template.attribute", "p"),
        ('<p><a href="javascript:x">a</a></p>', "template.attribute", "a"),
        ('<p><input type="text" name="å" title="x"/></p>', "template.attribute", "input"),
        (f'<p><input type="text" name="{"x" * 65}" title="x"/></p>', "template.attribute", "input"),
        ('<p class="loud">a</p>', "template.attribute", "p"),
        ('<section class="box"><p>a</p></section>', "template.attribute", "section"),
        ('<p><input type="text" title="x"/></p>', "template.attribute-missing", "input"),
        ('<p><select name="a"><option value="b">c</option></select></p>', "template.attribute-missing", "select"),
        ("<p><p>a</p></p>", "template.nesting", "p"),
        ("<ul><p>a</p></ul>", "template.nesting", "p"),
        ("<h2><strong>a</strong></h2>", "template.nesting", "strong"),
        ('<section class="requirement"><table><tbody/></table></section>', "template.nesting", "table"),
        ("<ul>stray</ul>", "template.stray-text", "ul"),
        ("<ul><li>a</li>stray</ul>", "template.stray-text", "ul"),
        ("<table><tbody>stray</tbody></table>", "template.stray-text", "tbody"),
        ("<p>a", "template.not-xml", "p"),
        ("<p>a</q>", "template.not-xml", "p"),
        ("<p class=note>a</p>", "template.not-xml", "p"),
        ("<p>&nbsp;</p>", "template.not-xml", "p"),
        ("<p>a & b</p>", "template.not-xml", "p"),
    ],
)
def test_outside_the_vocabulary(tmp_path: Path, home_care: Selection, body: str, code: str, element: str) -> None:
    """What the vocabulary does not have is refused with file, line and element."""
    path = write_template(tmp_path, f"<p>first</p>\n{body}")
    findings = [finding for finding in faults(home_care, path) if finding.code == code]
    assert [(finding.path, finding.line) for finding in findings] == [(str(path), FIRST_LINE + 1)]
    assert findings[0].data["element"] == element
    assert element in describe(findings[0], "sv")
    assert element in describe(findings[0], "en")


@pytest.mark.parametrize("element", ["P", "my-element", "svg:rect"])
def test_strange_element_names_its_own_line(tmp_path: Path, home_care: Selection, element: str) -> None:
    """An element whose name is none of HTML's is refused with the line that it stands on."""
    path = write_template(tmp_path, f"<p>first</p>\n<p>\n<{element}>x</{element}>\n</p>")
    [finding] = faults(home_care, path)
    assert finding.code in ("template.element", "template.not-xml")
    assert (finding.path, finding.line) == (str(path), FIRST_LINE + 2)


@pytest.mark.parametrize("comment", ["<!-- x -->", "<?php x ?>"])
def test_comments_are_refused(tmp_path: Path, home_care: Selection, comment: str) -> None:
    """A comment or an instruction is refused with the line of the element that it stands in."""
    path = write_template(tmp_path, f"<p>a</p>\n<ul>{comment}<li>a</li></ul>")
    [finding] = faults(home_care, path)
    assert (finding.code, finding.path, finding.line) == ("template.comment", str(path), FIRST_LINE + 1)


def test_jinja_comments_are_free(tmp_path: Path, home_care: Selection) -> None:
    """A comment of the template language is no part of the document."""
    path = write_template(tmp_path, "{# <div> & #}<p>a</p>")
    assert faults(home_care, path) == ()


def test_text_beside_blocks_is_refused(tmp_path: Path, home_care: Selection) -> None:
    """Text straight in the body is refused with what it says."""
    [finding] = faults(home_care, write_template(tmp_path, "<p>a</p>\nTappad text"))
    assert (finding.code, finding.data["element"], finding.data["text"]) == (
        "template.stray-text", "body", "Tappad text",
    )  # fmt: skip


def test_every_fault_is_told(tmp_path: Path, home_care: Selection) -> None:
    """All faults of a template are told at once, each once however often a loop repeats it."""
    path = write_template(tmp_path, '{% for c in clauses %}\n<div/>\n<p id="a">x</p>\n{% endfor %}\n<ul>y</ul>')
    found = [(finding.code, finding.line) for finding in faults(home_care, path)]
    assert sorted(found) == [
        ("template.attribute", FIRST_LINE + 2),
        ("template.element", FIRST_LINE + 1),
        ("template.stray-text", FIRST_LINE + 4),
    ]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<div/>", "template.root"),
        ('<html xmlns="http://www.w3.org/1999/xhtml" lang="sv"><head/><body/></html>', "template.root"),
        ("<html><head><title>x</title></head><body><p>a</p></body></html>", "template.attribute-missing"),
        ('<html lang="fi"><head><title>x</title></head><body><p>a</p></body></html>', "template.attribute"),
        ("no markup at all", "template.not-xml"),
    ],
)
def test_wrong_outermost_element(tmp_path: Path, home_care: Selection, source: str, code: str) -> None:
    """A template must begin with html and its language."""
    path = write_whole(tmp_path, source)
    assert [(finding.code, finding.path) for finding in faults(home_care, path)] == [(code, str(path))]


@pytest.mark.parametrize(
    "source",
    [
        '<html lang="sv"></html>',
        '<html lang="sv"><head><title>x</title></head></html>',
        '<html lang="sv"><body><p>x</p></body></html>',
        '<html lang="sv"><head><title>x</title></head><body><p>a</p></body><body><p>b</p></body></html>',
        f"{START}<table></table>{END}",
        f"{START}<table><tbody><tr></tr></tbody></table>{END}",
        f'{START}<table><colgroup><col style="width: 50%"/></colgroup></table>{END}',
    ],
    ids=["empty", "no-body", "no-head", "two-bodies", "table-without-rows", "row-without-cells", "only-columns"],
)
def test_documents_with_parts_missing_are_refused(tmp_path: Path, home_care: Selection, source: str) -> None:
    """A document without head or body, or with a table that has no cells, is refused, and nothing falls over."""
    findings = faults(home_care, write_whole(tmp_path, source))
    assert findings
    assert all(finding.code.startswith("template.") for finding in findings)


@pytest.mark.parametrize("cells", [1, 3])
def test_rows_must_fit_their_table(tmp_path: Path, home_care: Selection, cells: int) -> None:
    """A row with more or fewer cells than its table has columns is refused: no cell is dropped in silence."""
    row = "".join(f"<td>cell {number}</td>" for number in range(cells))
    path = write_template(
        tmp_path,
        '<table class="grid"><caption>c</caption><thead><tr><th>a</th><th>b</th></tr></thead>\n'
        f"<tbody><tr>{row}</tr></tbody></table>",
    )
    assert [(finding.path, finding.line) for finding in faults(home_care, path)] == [(str(path), FIRST_LINE + 1)]


def test_field_names_are_unique(tmp_path: Path, home_care: Selection) -> None:
    """Two fields with one name are refused at the second."""
    field = '<p><input type="text" name="A.b" title="x"/></p>'
    path = write_template(tmp_path, f"{field}\n{field}")
    [finding] = faults(home_care, path)
    assert (finding.code, finding.line, finding.data["name"]) == ("template.name-twice", FIRST_LINE + 1, "A.b")


# --- the template language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ language", "template.syntax"),
        ("{% if language %}", "template.syntax"),
        ("{% nonsense %}", "template.syntax"),
        ("{{ ''.__class__ }}", "template.syntax"),
        ("{{ clauses[0].__class__ }}", "template.syntax"),
        ("{{ clauses[0]['__class__'] }}", "template.syntax"),
        ("{% for clause in clauses %}{{ clause.__class__ }}{% endfor %}", "template.syntax"),
        ("{% set x = 'a' %}{% set x = x ~ x %}", "template.syntax"),
        ("{{ 'a' * 10 }}", "template.syntax"),
        ("{{ 1 + 1 }}", "template.syntax"),
        ("{{ 10 ** 10 }}", "template.syntax"),
        ("{{ 'a'[0:1] }}", "template.syntax"),
        ("{{ {'a': 1} }}", "template.syntax"),
        ("{{ procurement.title | safe }}", "template.syntax"),
        ("{{ 'a' | replace('a', 'b') }}", "template.syntax"),
        ("{{ 'a' | center(1000) }}", "template.syntax"),
        ("{{ clauses | map('upper') }}", "template.syntax"),
        ("{{ 'a' | nonsense }}", "template.syntax"),
        ("{{ 'a' is callable }}", "template.syntax"),
        ("{{ language.upper() }}", "template.syntax"),
        ("{{ procurement.title.format(x) }}", "template.syntax"),
        ("{{ clauses[0].pop('id') }}", "template.syntax"),
        ("{% autoescape false %}{{ language }}{% endautoescape %}", "template.syntax"),
        ("{% extends 'answers.html' %}", "template.syntax"),
        ("{% import 'answers.html' as a %}", "template.syntax"),
        ("{% set x %}a{% endset %}", "template.syntax"),
        ("{% block a %}b{% endblock %}", "template.syntax"),
        ("{{ range(3) }}", "template.undefined"),
        ("{{ lipsum() }}", "template.undefined"),
        ("{{ cycler }}", "template.undefined"),
        ("{{ nonsense }}", "template.undefined"),
        ("{{ procurement.nonsense }}", "template.undefined"),
        ("{{ t.nonsense }}", "template.undefined"),
        ("{{ t[nonsense] }}", "template.undefined"),
        ("{{ clauses[9999].id }}", "template.undefined"),
        ("{{ clauses() }}", "template.undefined"),
        ("{% for a in 5 %}b{% endfor %}", "template.undefined"),
        ("{% from 'answers.html' import nonsense %}{{ nonsense() }}", "template.undefined"),
    ],
)
def test_faults_of_the_template_language(tmp_path: Path, home_care: Selection, body: str, code: str) -> None:
    """A slip in the template language, a name that is not there or syntax not allowed is refused with its line."""
    path = write_template(tmp_path, f"<p>first</p>\n<p>\n{body}</p>")
    assert [(finding.code, finding.path, finding.line) for finding in faults(home_care, path)] == [
        (code, str(path), FIRST_LINE + 2)
    ]


@pytest.mark.parametrize(
    "body", ["{{ clauses[0].items }}", "{{ t.values }}", "{{ procurement.copy }}", "{{ language.upper }}"]
)
def test_methods_are_no_data(tmp_path: Path, home_care: Selection, body: str) -> None:
    """The methods of Python's dicts and strings are not there: none is printed into a document."""
    [finding] = faults(home_care, write_template(tmp_path, f"<p>{body}</p>"))
    assert (finding.code, finding.line) == ("template.undefined", FIRST_LINE)


def test_words_named_as_methods_are_words(tmp_path: Path, home_care: Selection) -> None:
    """A word list may call a word `values` or `items`."""
    path = write_template(tmp_path, "<p>{{ t.values }}</p>", words="values: {sv: Värden, en: Values}\n")
    assert compose(home_care, path).tree.findtext("body/p") == "Värden"


@pytest.mark.parametrize("level", ["if", "for"])
def test_deep_nesting_is_refused(tmp_path: Path, home_care: Selection, level: str) -> None:
    """Blocks nested deeper than Python can compile are a fault of the template, not a crash."""
    start, end = {
        "if": ("{% if language %}", "{% endif %}"),
        "for": ("{% for c in language %}", "{% endfor %}"),
    }[level]
    findings = faults(home_care, write_template(tmp_path, f"<p>{start * 120}x{end * 120}</p>"))
    assert [finding.code for finding in findings] in (["template.syntax"], ["template.endless"])


@pytest.mark.parametrize(
    "statement",
    ["{% include 'nonsense.html' %}", "{% from 'nonsense.html' import a %}", "{% include 'own.words.yaml' %}"],
)
def test_missing_include_is_named(tmp_path: Path, home_care: Selection, statement: str) -> None:
    """An included file that is not there, or is no template, is named."""
    path = write_template(tmp_path, statement)
    [finding] = faults(home_care, path)
    assert finding.code == "template.not-found"
    assert finding.path == str(path)
    assert finding.data["name"] in statement


@pytest.mark.parametrize("name", ["../secret.html", "{folder}/secret.html", "sub/../../secret.html", "..\\secret.html"])
def test_include_takes_no_path(tmp_path: Path, home_care: Selection, name: str) -> None:
    """A template includes files of its own folder only, by name: a path leads nowhere."""
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("<p>SECRET</p>", encoding="utf-8")
    included = name.replace("{folder}", tmp_path.as_posix()).replace("\\", "\\\\")
    [finding] = faults(home_care, write_template(folder, f"{{% include '{included}' %}}"))
    assert finding.code == "template.not-found"


def test_fault_in_an_included_file_names_that_file(tmp_path: Path, home_care: Selection) -> None:
    """A fault in an included file is told with that file and its line."""
    (tmp_path / "part.html").write_text("<p>a</p>\n\n<p>{{ nonsense }}</p>\n", encoding="utf-8")
    [finding] = faults(home_care, write_template(tmp_path, "{% include 'part.html' %}"))
    assert (finding.code, finding.path, finding.line) == ("template.undefined", str(tmp_path / "part.html"), 3)


def test_fault_in_our_macros_names_our_file(tmp_path: Path, home_care: Selection) -> None:
    """What our answer rows need and a template does not give them is told with the file of ours that asks for it."""
    path = write_whole(
        tmp_path,
        '{% from "answers.html" import answer_table %}' + START + '{{ answer_table("x", clauses, t) }}' + END,
    )
    [finding] = faults(home_care, path)
    assert finding.code == "template.undefined"
    assert finding.path == str(ROOT / "templates" / "answers.html")


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xff\xfe\xff", "file.encoding"), (None, "file.missing"), (b"", "file.empty")]
)
def test_unreadable_template_says_why(tmp_path: Path, home_care: Selection, content: bytes | None, code: str) -> None:
    """A template file that is missing, empty or not UTF-8 is told as such, with its path."""
    path = write_template(tmp_path, "<p>a</p>")
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    [finding] = faults(home_care, path)
    assert (finding.code, finding.path) == (code, str(path))


@pytest.mark.parametrize(
    ("words", "language", "code"),
    [
        ("title: {sv: Ord}\nother: {sv: Ord, en: Word}\n", "en", "text.missing-en"),
        ("other: {sv: Ord, en: Word}\ntitle: {en: Word}\n", "sv", "text.missing-sv"),
        ("title: {sv: Ord, en: Word}\ntitle: {sv: Ord, en: Word}\n", "sv", "yaml.duplicate-key"),
        ("- Ord\n", "sv", "model.wrong-type"),
        ("title: {sv: Ord, en: Word, fi: Sana}\n", "sv", "model.unknown-key"),
    ],
)
def test_faults_of_the_word_list(
    tmp_path: Path, home_care: Selection, words: str, language: Language, code: str
) -> None:
    """A word list without a translation, or that is none, is refused with its file and line."""
    path = write_template(tmp_path, "<p>{{ t.title }}</p>", words=words)
    [finding] = faults(home_care, path, language)
    assert (finding.code, finding.path) == (code, str(path.with_name("own.words.yaml")))
    assert finding.line is not None


def test_missing_word_list_is_named(tmp_path: Path, home_care: Selection) -> None:
    """A template without a word list beside it is refused with the name that the list should have."""
    path = write_template(tmp_path, "<p>a</p>")
    path.with_name("own.words.yaml").unlink()
    [finding] = faults(home_care, path)
    assert (finding.code, finding.path) == ("file.missing", str(tmp_path / "own.words.yaml"))


def test_bundled_template_with_a_key_missing(tmp_path: Path, home_care: Selection) -> None:
    """Our template with a word list that lacks a key is refused with the line that asks for it."""
    source = (ROOT / "templates" / "tender-section.html").read_text(encoding="utf-8")
    words = (ROOT / "templates" / "tender-section.words.yaml").read_text(encoding="utf-8")
    assert "\ncontents:" in words
    path = write_whole(tmp_path, source, words=words.replace("\ncontents:", "\nkontents:"))
    [finding] = faults(home_care, path)
    line = next(number for number, text in enumerate(source.splitlines(), 1) if "t.contents" in text)
    assert (finding.code, finding.path, finding.line) == ("template.undefined", str(path), line)
    assert "contents" in describe(finding, "sv")


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\uffff"])
def test_control_characters_are_refused(tmp_path: Path, home_care: Selection, character: str) -> None:
    """A control character in the buyer's words is named: no Word file can hold it."""
    title = Text.model_construct(sv=f"Städ{character}ning", en="Cleaning")
    procurement = home_care.procurement.model_copy(update={"title": title})
    path = write_template(tmp_path, "<p>{{ procurement.title }}</p>")
    [finding] = faults(home_care.model_copy(update={"procurement": procurement}), path)
    assert (finding.code, finding.path) == ("template.control", str(path))
    assert finding.data["character"] == f"U+{ord(character):04X}"


# --- templates that never end -------------------------------------------------------------------------------

_LOOPS = 12
_ENDLESS = {
    "nested-loops": "<p>" + "".join(f"{{% for a{n} in clauses %}}" for n in range(_LOOPS))
    + "x" + "{% endfor %}" * _LOOPS + "</p>",
    "macros-that-double": "{% macro m1() %}xxxxxxxxxx{% endmacro %}"
    + "".join(f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}" for n in range(2, 41))
    + "<p>{{ m40() }}</p>",
    "macro-calls-itself": "{% macro m() %}{{ m() }}{% endmacro %}<p>{{ m() }}</p>",
    "loop-calls-itself": "<p>{% for a in clauses recursive %}{{ loop(clauses) }}{% endfor %}</p>",
    "includes-itself": "{% include 'own.html' %}",
    "brackets": "<p>{{ " + "(" * 3000 + "language" + ")" * 3000 + " }}</p>",
    "printing-much-often": "<p>" + "{% for a in clauses %}" * 2 + "{{ clauses }}" + "{% endfor %}" * 2 + "</p>",
    "lists-that-double": "{% set x = 'aaaaaaaaaa' %}" + "{% set x = [x, x] %}" * 40 + "<p>{{ x }}</p>",
    "joins-that-double": "{% set x = 'aaaaaaaaaa' %}" + "{% set x = [x, x] | join %}" * 40 + "<p>{{ x }}</p>",
    "joins-in-joins": "<p>{{ clauses | join(clauses | join(clauses | join(clauses | join(clauses)))) }}</p>",
    "includes-that-double": "{% include 'part1.html' %}",
}  # fmt: skip

_LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
from procurement_equality import Catalogue, Procurement, ProcurementEqualityError, compose, select
selection = select(Catalogue.load(), Procurement.load(sys.argv[1]))
try:
    compose(selection, Path(sys.argv[2]))
except ProcurementEqualityError as error:
    print(*(f"{finding.code} {Path(finding.path).name}" for finding in error.findings))
else:
    print("rendered")
"""


@pytest.mark.parametrize("body", _ENDLESS.values(), ids=_ENDLESS.keys())
def test_endless_templates_stop(tmp_path: Path, body: str) -> None:
    """A template that would run for ever or fill the memory is stopped, and told by name, or is refused."""
    pytest.importorskip("resource", reason="the operating system has no limits on memory for a process")
    for number in range(1, 40):
        twice = f"{{% include 'part{number + 1}.html' %}}" * 2
        (tmp_path / f"part{number}.html").write_text(twice if number < 39 else "<p>x</p>", encoding="utf-8")
    path = write_template(tmp_path, body)
    example = ROOT / "examples" / "hemtjanst-lov.yaml"
    run = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(example), str(path)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    code, _, name = run.stdout.strip().partition(" ")
    assert code in ("template.endless", "template.syntax", "template.undefined"), run.stderr[-500:]
    assert name in ("own.html", *(f"part{number}.html" for number in range(1, 40)))


def test_many_clauses_are_not_endless(tmp_path: Path, home_care: Selection) -> None:
    """Work that is large but ends is not refused: every clause against every clause."""
    path = write_template(
        tmp_path, "<p>{% for a in clauses %}{% for b in clauses %}{{ b.id }} {% endfor %}{% endfor %}</p>"
    )
    text = str(compose(home_care, path).tree.findtext("body/p"))
    assert len(text.split()) == len(home_care.clauses) ** 2


# --- escaping by construction -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def title_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a template that says the procurement's title in the places where a text can stand."""
    source = START.replace("<title>x</title>", "<title>{{ procurement.title }}</title>")
    body = (
        "<header><p>{{ procurement.title }}</p></header>\n<h1>{{ procurement.title }}</h1>\n"
        "<p>Före {{ procurement.title }} efter</p>\n"
        '<table><caption>{{ procurement.title }}</caption><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td><select name="A.b" title="{{ procurement.title }}">'
        '<option value="c">{{ procurement.title }}</option></select></td></tr></tbody></table>'
    )
    return write_whole(tmp_path_factory.mktemp("title"), source + body + END)


def _titled(selection: Selection, title: Text) -> Selection:
    procurement: Procurement = selection.procurement.model_copy(update={"title": title})
    return selection.model_copy(update={"procurement": procurement})


@settings(deadline=None, max_examples=60)
@given(raw=st.text(PRINTABLE, min_size=1, max_size=40).filter(lambda text: text.strip()))
@with_example(raw='Å & Co <AB> "x"')
@with_example(raw="{{ language }} {% raw %} </p> &amp; ' ]]> <!-- -->")
def test_any_title_comes_out_as_written(title_template: Path, home_care: Selection, raw: str) -> None:
    """Whatever characters the buyer's title has, it is found again word for word in Word and in HTML."""
    title = Text(sv=raw)
    document = compose(_titled(home_care, title), title_template, "sv")
    _same_in_word(document, fold(title.sv), title.sv)
    _same_in_html(document, fold(title.sv))


def _same_in_word(document: Document, folded: str, exact: str) -> None:
    parts = open_package(document.to_docx())
    paragraphs = [text_of(paragraph) for paragraph in parts["word/document.xml"].iter("{*}p")]
    assert paragraphs[:3] == [folded, fold(f"Före {folded} efter"), folded]
    assert text_of(parts["word/header1.xml"]) == folded
    assert parts["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title") == exact
    [item] = parts["word/document.xml"].iter("{*}listItem")
    [caption] = parts["word/document.xml"].iter("{*}tblCaption")
    assert [fold(str(value)) for value in (item.values()[0], caption.values()[0])] == [folded, folded]


def _same_in_html(document: Document, folded: str) -> None:
    page = lxml.html.document_fromstring(document.to_html().encode())
    assert fold(str(page.xpath("string(//h1)"))) == folded
    assert fold(str(page.xpath("string(/html/body/p)"))) == fold(f"Före {folded} efter")
    assert fold(str(page.xpath("string(//title)"))) == folded
    assert fold(str(page.xpath("string(//select/@title)"))) == folded
    assert fold(str(page.xpath("string(//option[last()])"))) == folded


@pytest.mark.parametrize("template", TEMPLATES)
def test_title_in_our_templates(home_care: Selection, template: str) -> None:
    """A title of signs that markup uses comes out right in the documents that we ship."""
    title = 'Å & Co <AB> "x"'
    document = compose(_titled(home_care, Text(sv=title)), template, "sv")
    word = Word(document, home_care)
    assert any(title in text_of(paragraph) for paragraph in word.paragraphs)
    page = lxml.html.document_fromstring(document.to_html().encode())
    assert title in str(page.xpath("string(//body)"))


# --- clause texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "xhtml"),
    [
        ("En mening.", "<p>En mening.</p>"),
        ("Ett *viktigt* och **viktigare** ord.", "<p>Ett <em>viktigt</em> och <strong>viktigare</strong> ord.</p>"),
        ("Ett stycke.\n\nEtt till.", "<p>Ett stycke.</p>\n<p>Ett till.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("- a\n  1. b", "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>\n"),
        ("`kod`", "<p><code>kod</code></p>"),
        ("[lag](https://lagen.nu)", '<p><a href="https://lagen.nu">lag</a></p>'),
        ("<b>fet</b> & <script>x</script>", "<p>&lt;b&gt;fet&lt;/b&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>"),
        ("# Inte rubrik", "<p># Inte rubrik</p>"),
        ("\\*inte betonat\\*", "<p>*inte betonat*</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
    ],
)
def test_clause_texts_are_commonmark(text: str, xhtml: str) -> None:
    """A clause text has paragraphs, lists, emphasis and links; raw HTML in it is text."""
    assert str(to_xhtml(text)).strip() == xhtml.strip()


def _faults_of_clause(text: str) -> list[str]:
    source = (
        '<html lang="sv"><head><title>x</title></head><body><section class="requirement">'
        f"{to_xhtml(text)}</section></body></html>"
    )
    root = etree.fromstring(source.encode())
    return [code for _, code, _ in vocabulary.faults(root)]


@pytest.mark.parametrize(
    "text",
    [
        "Rad ett  \nrad två", "Rad ett\\\nrad två", "3. tredje\n4. fjärde", '[lag](https://lagen.nu "titel")',
        "[bilaga](bilaga.docx)", "- a\n\n  b\n- c", "> citat", "---", "```\nkod\n```", "![bild](https://a.se/b.png)",
        "<https://lagen.nu>", "<info@example.se>", "a | b\n--|--\nc | d", "&nbsp;&copy;&#1;",
    ],
)  # fmt: skip
def test_clause_texts_stay_inside_the_vocabulary(text: str) -> None:
    """Every sign of CommonMark gives either elements that a document can hold, or text."""
    assert _faults_of_clause(text) == []


@settings(deadline=None, max_examples=200)
@given(text=st.text(st.sampled_from("ab *_`<>[]()#-+1.!\\&:/\"'\n"), max_size=40))
def test_any_clause_text_stays_inside_the_vocabulary(text: str) -> None:
    """No clause text, however it is marked up, gives an element or attribute that documents do not have."""
    assert _faults_of_clause(text) == []


_PARAMETER: Parameter = TextParameter(type="text", label=Text(sv="Ord", en="Word"))


@settings(deadline=None, max_examples=300)
@given(value=st.text(PRINTABLE | st.sampled_from("*_`<>[](){}#-+.!\\&|~=1"), min_size=1, max_size=30))
@with_example(value="*a* [b](http://c) <i> &amp; `d` {{ x }}")
@with_example(value="1. a")
@with_example(value="http://example.se/a_b_c")
def test_parameter_values_stay_literal(value: str) -> None:
    """A value that the buyer writes comes out sign for sign, whatever the signs mean in Markdown."""
    if parameters.problem("x", _PARAMETER, value) is not None or not value.strip():
        return
    written = parameters.written(_PARAMETER, value)
    assert written is not None
    for frame in ("Före {{ x }} efter.", "- {{ x }} efter", "{{ x }}, *efter*"):
        text = parameters.fill(Text(sv=frame), {"x": written}).sv
        shown = "".join(map(str, etree.fromstring(f"<div>{to_xhtml(text)}</div>").itertext()))
        expected = frame.removeprefix("- ").replace("*", "").replace("{{ x }}", value.strip())
        assert fold(shown) == fold(expected)


def test_clause_texts_reach_the_document_formatted(home_care: Selection) -> None:
    """A clause's list and emphasis are list paragraphs and bold or italic runs in Word."""
    clause = home_care.clauses[0].model_copy(
        update={"text": Text(sv="Ett **fett** ord:\n\n- punkt *ett*\n- punkt två")}
    )
    selection = home_care.model_copy(update={"clauses": (clause,)})
    word = Word(compose(selection, "tender-section", "sv"), selection)
    bullets = [p for p in word.paragraphs if text_of(p) in ("punkt ett", "punkt två")]
    assert [p.find("{*}pPr/{*}pStyle") is not None for p in bullets] == [True, True]
    assert {p.find("{*}pPr/{*}pStyle").values()[0] for p in bullets} == {"PERequirementList"}  # type: ignore[union-attr]
    bold = [text_of(run).strip() for run in word.body.iter("{*}r") if run.find("{*}rPr/{*}b") is not None]
    italic = [text_of(run).strip() for run in word.body.iter("{*}r") if run.find("{*}rPr/{*}i") is not None]
    assert "fett" in bold
    assert "ett" in italic


def test_template_error_is_a_value_error(tmp_path: Path, home_care: Selection) -> None:
    """A wrong template raises `TemplateError`, whose text says place and way out in both languages."""
    path = write_template(tmp_path, "<div/>")
    with pytest.raises(TemplateError, match=r"own\.html:4: template\.element .*docs/templates\.md") as caught:
        compose(home_care, path)
    assert "vocabulary" in str(caught.value)
    assert "vokabulär" in str(caught.value)
