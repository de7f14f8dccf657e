"""Templates: found, rendered in the sandbox, parsed and checked, with faults placed in the template's own lines."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, TemplateNotFound, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket
from lxml import etree
from pydantic import RootModel

from procurement_equality.catalogue.strict_yaml import YamlFile, read, read_text
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.catalogue.validation import nearest, validate
from procurement_equality.documents import vocabulary
from procurement_equality.documents.sandbox import BudgetExceededError, Sandbox
from procurement_equality.findings import Finding, TemplateError
from procurement_equality.resources import bundled

_TAG = re.compile(r"<([A-Za-z][\w.:-]*)(?=[\s/>])")
_PLACED = re.compile(r'<([A-Za-z][\w.:-]*) data-place="([^"]*)"')
_MOST_COMPILED = 64
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Compiled(BytecodeCache):
    """The code of templates that this process has compiled, by name and source: compiling costs more than rendering."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def cache_clear(self) -> None:
        """Forget every template, as a new process would."""
        self._code.clear()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code of a template with this very source into the bucket, if there is any."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template; a process that compiles very many starts over."""
        if len(self._code) >= _MOST_COMPILED:
            self._code.clear()
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


COMPARISON = "catalogue-changes.html"
"""The template that is made of two versions of a catalogue."""

REMINDER = "reminder.html"
"""The template that is made of a form that was sent and has not come in."""

REPORTS = ("evaluation-record", "follow-up-report")
"""The names of the templates that are made of what suppliers have sent back."""

CHECK_REPORT = "check-report.html"
"""The template that is made of what the checks found."""

LETTER = "reply-letter.html"
"""The template of a letter that asks a supplier for what is missing or unclear."""

_OF_SOMETHING_ELSE = frozenset({COMPARISON, REMINDER, CHECK_REPORT, LETTER, *(f"{name}.html" for name in REPORTS)})


class _Words(RootModel[Mapping[str, Text]]):
    """A word list: each key with its text in every language."""


def find(template: str | Path, among: Sequence[str] | None = None) -> Path:
    """Give the file of a template: a name of ours (`tender-section`), or the path of an organisation's own.

    `among` are the names that may be meant, else those of `names`.
    """
    path = Path(template)
    if path.suffix != ".html":
        path = bundled("templates") / f"{template}.html"
        known = names() if among is None else among
        if str(template) not in known:
            data = {"name": str(template), "nearest": nearest(str(template), known)}
            raise TemplateError([Finding("use.no-template", data=data)])
    return path


def names() -> list[str]:
    """Give the names of the templates that come with this package and are made of a procurement."""
    with_words = (path for path in bundled("templates").glob("*.html") if _words_beside(path).is_file())
    return sorted(path.stem for path in with_words if path.name not in _OF_SOMETHING_ELSE)


def _words_beside(template: Path) -> Path:
    return template.with_name(f"{template.stem}.words.yaml")


def words(template: Path, language: Language) -> dict[str, str]:
    """Read the word list beside a template, over the common one. Raises `TemplateError` with every finding."""
    listed: dict[str, str] = {}
    findings: list[Finding] = []
    for path in (bundled("templates") / "common.words.yaml", _words_beside(template)):
        text, problems = read_text(path, str(path))
        file, made, problems = _word_list(text, str(path)) if text is not None else (None, None, problems)
        findings += problems
        if file is None or made is None:
            continue
        untranslated = [key for key, text in made.root.items() if language == "en" and text.en is None]
        findings += [file.finding("text.missing-en", (key,)) for key in untranslated]
        listed.update({key: text[language] for key, text in made.root.items()})
    if findings:
        raise TemplateError(findings)
    return listed


@lru_cache(maxsize=32)
def _word_list(text: str, name: str) -> tuple[YamlFile | None, _Words | None, list[Finding]]:
    """Read and check the text of a word list; the common one comes again with every document."""
    file, findings = read(text, name)
    if file is None:
        return None, None, findings
    return file, *validate(_Words, file)


def render(template: Path, context: Mapping[str, Any], pictures: Container[str] = ()) -> etree._Element:
    """Render a template into a checked tree. Raises `TemplateError` that names file, line and element.

    `pictures` are the names of the pictures that the document supplies.
    """
    rendering = _Rendering(template)
    text = rendering.text(context)
    try:
        root = etree.fromstring(text.encode(), _parser())
    except etree.XMLSyntaxError as error:
        raise TemplateError([_not_xml(template, context, error)]) from None
    if not vocabulary.holds(root, pictures):
        raise TemplateError(_faults(template, context, pictures))
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


class _Rendering:
    """One rendering of a template; with `placed`, each element says where in which file it stands."""

    def __init__(self, template: Path, *, placed: bool = False) -> None:
        self.template = template
        self.placed = placed
        self.paths = {template.name: template}

    def text(self, context: Mapping[str, Any]) -> str:
        """Render to text. Raises `TemplateError`."""
        sandbox = Sandbox(FunctionLoader(self._load), _COMPILED)
        try:
            text = sandbox.get_template(self.template.name).render(context)
        except TemplateError:
            raise
        except TemplateSyntaxError as error:
            path = str(self.paths.get(error.name or "", self.template))
            finding = Finding("template.syntax", path, error.lineno, data={"problem": error.message or ""})
            raise TemplateError([finding]) from None
        except TemplateNotFound as error:
            finding = Finding("template.not-found", *self._line(error), data={"name": str(error.name)})
            raise TemplateError([finding]) from None
        except (BudgetExceededError, RecursionError, SyntaxError, MemoryError) as error:
            raise TemplateError([Finding("template.endless", *self._line(error))]) from None
        except (JinjaError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
            finding = Finding("template.undefined", *self._line(error), data={"problem": str(error)})
            raise TemplateError([finding]) from None
        return text

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """Read a file of the template's own folder, or else of ours; no path leads out of them."""
        if "/" in name or "\\" in name or not name.endswith(".html"):
            return None
        path = self.template.with_name(name)
        if name != self.template.name and not path.is_file():
            path = bundled("templates") / name
            if not path.is_file():
                return None
        source, findings = read_text(path, str(path))
        if source is None:
            raise TemplateError(findings)
        self.paths[name] = path
        return _with_places(source, name) if self.placed else source, name, None

    def place(self, mark: str) -> tuple[str, int | None]:
        """Give path and line of a place that an element carries."""
        name, _, number = mark.rpartition(":")
        return str(self.paths.get(name, self.template)), int(number or 0) or None

    def _line(self, error: BaseException) -> tuple[str, int | None]:
        """Give the innermost template and line that an error passed through."""
        place: tuple[str, int | None] = (str(self.template), None)
        trace = error.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name in self.paths:
                place = (str(self.paths[name]), trace.tb_lineno)
            trace = trace.tb_next
        return place


def _with_places(source: str, name: str) -> str:
    """Mark each start tag of a template's source with its line."""

    def mark(match: re.Match[str]) -> str:
        line = source.count("\n", 0, match.start()) + 1
        return f'<{match[1]} {vocabulary.PLACE}="{name}:{line}"'

    return _TAG.sub(mark, source)


def _not_xml(template: Path, context: Mapping[str, Any], error: etree.XMLSyntaxError) -> Finding:
    """Place an XML error at the last element that was opened before it."""
    rendering = _Rendering(template, placed=True)
    text = rendering.text(context)
    if control := _CONTROL.search(text):  # the parser refuses these too, but does not say it as well
        data = {"character": f"U+{ord(control[0]):04X}"}
        return Finding("template.control", str(template), data=data)
    try:
        etree.fromstring(text.encode(), _parser())
    except etree.XMLSyntaxError as placed_error:
        lines = text.split("\n")
        line, column = placed_error.position
        before = "\n".join([*lines[: line - 1], lines[line - 1][: max(column - 1, 0)]])
        opened = _PLACED.findall(before)
        if opened:
            element, mark = opened[-1]
            data = {"element": element, "problem": str(placed_error.msg)}
            return Finding("template.not-xml", *rendering.place(mark), data=data)
    return Finding("template.not-xml", str(template), data={"element": "?", "problem": str(error.msg)})


def _faults(template: Path, context: Mapping[str, Any], pictures: Container[str]) -> list[Finding]:
    """Give every fault of the vocabulary, once for each place and element of the template."""
    rendering = _Rendering(template, placed=True)
    root = etree.fromstring(rendering.text(context).encode(), _parser())
    found: dict[tuple[str, str, str], Finding] = {}
    for element, code, data in vocabulary.faults(root, pictures):
        placed = next((e for e in (element, *element.iterancestors()) if e.get(vocabulary.PLACE)), None)
        mark = str(placed.get(vocabulary.PLACE)) if placed is not None else f"{template.name}:0"
        found.setdefault((mark, code, str(data)), Finding(code, *rendering.place(mark), data=data))
    assert found, "what the quick check refuses, the slow one explains"  # noqa: S101
    return list(found.values())
