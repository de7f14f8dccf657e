"""Strict YAML: what is read means what it looks like, and everything else is refused with its place."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from procurement_equality.catalogue.strict_yaml import MAX_BYTES, MAX_DEPTH, Value, read, read_file
from procurement_equality.findings import Finding, describe

SURPRISES = [
    "no", "on", "yes", "off", "y", "n", "NO", "Yes", "True", "FALSE", "null", "Null", "~",
    "010", "0o17", "0x1F", "0b11", "1.10", "1.", ".5", "-.5", "+5", "1_000", "1_000.5", "1e3", "1.5e3",
    ".inf", "-.INF", ".nan", "12:30", "2017:30", "12:30:45", "1:30.5",
    "2026-2-12", "2026-02-1", "2026-02-12T10:00", "2026-02-12 10:00:00", "=", "<<",
]  # fmt: skip
PLAIN_VALUES: list[tuple[str, Value]] = [
    ("0", 0),
    ("7", 7),
    ("-12", -12),
    ("2500000", 2_500_000),
    ("0.5", 0.5),
    ("-1.25", -1.25),
    ("3.0", 3.0),
    ("true", True),
    ("false", False),
    ("2026-02-12", datetime.date(2026, 2, 12)),
    ("home-care", "home-care"),
    ("0.1.0", "0.1.0"),
    ("DL 3:13", "DL 3:13"),
    ("Å & Co", "Å & Co"),
    ("[1, a, [true]]", (1, "a", (True,))),
    ("{a: 1, b: {c: två}}", {"a": 1, "b": {"c": "två"}}),
    ("[]", ()),
    ("{}", {}),
]
BOM = b"\xef\xbb\xbf"


def value(text: str) -> Value:
    """Read a text that must be accepted."""
    file, findings = read(text, "a.yaml")
    assert findings == []
    assert file is not None
    return file.value


def refusals(text: str) -> list[tuple[str, str]]:
    """Read a text that must be refused, and give code and place of every finding."""
    file, findings = read(text, "a.yaml")
    assert file is None
    return said(findings)


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    """Give code and place of every finding, having said each in both languages."""
    for finding in findings:
        assert describe(finding, "sv") != describe(finding, "en")
    return [(finding.code, finding.place) for finding in findings]


@pytest.mark.parametrize(("text", "expected"), PLAIN_VALUES, ids=[text for text, _ in PLAIN_VALUES])
def test_a_plain_value_is_read_as_it_looks(text: str, expected: Value) -> None:
    """Whole numbers, decimals, dates, true and false, text, lists and maps are read with the type that they show."""
    found = value(f"a: {text}")
    assert found == {"a": expected}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(expected)


@pytest.mark.parametrize("text", SURPRISES)
def test_a_surprise_is_refused_at_its_place(text: str) -> None:
    """A plain value that YAML 1.1 reads as something other than it looks is refused with line and column."""
    assert refusals(f"first: 1\nlist:\n  - {text}\n") == [("yaml.surprise", "a.yaml:3:5")]


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("text", SURPRISES)
def test_a_surprise_in_quotes_is_text(text: str, quote: str) -> None:
    """What is refused as a plain value is text once it stands in quotes."""
    assert value(f"a: {quote}{text}{quote}") == {"a": text}


@pytest.mark.parametrize("text", ["no", "on", "y", "~", "010", "12:30", "True"])
def test_a_surprise_as_a_key_is_refused_and_accepted_in_quotes(text: str) -> None:
    """A key that YAML 1.1 reads as a boolean, nothing or another number is refused unless it is quoted."""
    assert refusals(f"a: 1\n{text}: 2\n") == [("yaml.surprise", "a.yaml:2:1")]
    assert value(f"a: 1\n'{text}': 2\n") == {"a": 1, text: 2}


@pytest.mark.parametrize("text", ["no", "010", "1.10", "12:30"])
def test_a_surprise_in_a_block_text_is_text(text: str) -> None:
    """A block text is text whatever stands in it."""
    assert value(f"a: |-\n  {text}\n") == {"a": text}
    assert value(f"a: >-\n  {text}\n") == {"a": text}


@settings(deadline=None, max_examples=600)
@given(st.text(alphabet="0123456789.:-+_eExXobTtyYnNoOfFsSuUlLrRaAiI~=<", min_size=1, max_size=9))
@example("1_")
@example("0.")
@example("1:60")
def test_what_is_accepted_means_the_same_to_yaml_1_1(text: str) -> None:
    """A plain value is either refused or read exactly as any YAML 1.1 reader would read it."""
    file, _ = read(f"a: {text}", "a.yaml")
    if file is not None:
        expected = yaml.safe_load(f"a: {text}")
        assert file.value == expected
        assert isinstance(file.value, dict)
        assert type(file.value["a"]) is type(expected["a"])


@pytest.mark.parametrize("text", ["2026-13-01", "2026-02-30", "0000-01-01"])
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    """A day that no calendar has is refused at its place."""
    assert refusals(f"a: 1\nday: {text}\n") == [("yaml.no-such-date", "a.yaml:2:6")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1"),
        ("a:\n  b: 1\n  'b': 2\n", "a.yaml:3:3"),
        ("- {a: 1, b: 2, a: 3}\n", "a.yaml:1:16"),
    ],
)
def test_a_duplicate_key_is_refused(text: str, place: str) -> None:
    """A duplicate key is refused with its line and column."""
    assert refusals(text) == [("yaml.duplicate-key", place)]


def test_the_same_key_in_two_maps_is_no_duplicate() -> None:
    """The same key may stand in two maps."""
    assert value("a: {x: 1}\nb: {x: 2}\n") == {"a": {"x": 1}, "b": {"x": 2}}


def test_every_fault_of_a_file_is_found_at_once() -> None:
    """All faults of a file are found in one reading, in the order of the file."""
    text = "a: no\na: 1\nb: 010\nc:\nd: [1, ~]\ne: 2026-13-01\n"
    assert refusals(text) == [
        ("yaml.surprise", "a.yaml:1:4"),
        ("yaml.duplicate-key", "a.yaml:2:1"),
        ("yaml.surprise", "a.yaml:3:4"),
        ("yaml.no-value", "a.yaml:4:3"),
        ("yaml.surprise", "a.yaml:5:8"),
        ("yaml.no-such-date", "a.yaml:6:4"),
    ]


@pytest.mark.parametrize(("text", "place"), [("a:\n", "a.yaml:1:3"), ("a: {b: }\n", "a.yaml:1:8")])
def test_a_missing_value_is_refused(text: str, place: str) -> None:
    """A key without a value is refused."""
    assert refusals(text) == [("yaml.no-value", place)]


def test_a_key_that_is_no_text_is_refused() -> None:
    """A list as a key is refused."""
    assert refusals("? [1]\n: 2\n") == [("yaml.key", "a.yaml:1:3")]


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: &x 1\n", "a.yaml:1:4"), ("a: 1\nb: *x\n", "a.yaml:2:4"), ("a: &x {b: 1}\nc: {<<: *x}\n", "a.yaml:1:4")],
)
def test_an_anchor_and_an_alias_are_refused(text: str, place: str) -> None:
    """An anchor or an alias is refused at its place."""
    assert refusals(text) == [("file.anchor", place)]


def test_an_anchor_bomb_is_refused_without_growing() -> None:
    """A bomb of anchors is refused at its first anchor, without being unfolded."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    tracemalloc.start()
    try:
        assert refusals("\n".join(lines)) == [("file.anchor", "a.yaml:1:5")]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: !!str 1\n", "a.yaml:1:4"),
        ("a: 1\nb: !!python/object/apply:os.system ['true']\n", "a.yaml:2:4"),
        ("!x {a: 1}\n", "a.yaml:1:1"),
        ("a: ! 1\n", "a.yaml:1:4"),
    ],
)
def test_a_tag_is_refused(text: str, place: str) -> None:
    """A tag is refused at its place, whatever it names."""
    assert refusals(text) == [("file.tag", place)]


@pytest.mark.parametrize("text", ["R&D", "Å & Co", "*", "utan! tagg", "stjärna * och & tecken!"])
def test_signs_of_anchors_and_tags_may_stand_in_text(text: str) -> None:
    """The signs of anchors, aliases and tags are ordinary signs inside a quoted text or a block text."""
    assert value(f'a: "{text}"') == {"a": text}
    assert value(f"a: |-\n  {text}\n") == {"a": text}


@pytest.mark.parametrize("number", [2_000, 100_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "x: ["])
def test_many_levels_are_refused(opening: str, number: int) -> None:
    """Thousands of levels in each other are refused as too deep, not tried."""
    assert [code for code, _ in refusals(opening * number)] == ["file.too-deep"]


@pytest.mark.parametrize("unit", ["[[],", "{a: {}, b: ", "[{},", "- []\n- "], ids=["lists", "maps", "mixed", "block"])
def test_levels_with_something_closed_between_them_do_not_kill_the_process(unit: str, tmp_path: Path) -> None:
    """A file whose levels are interrupted by closed lists is refused too, and the process lives to say so."""
    path = tmp_path / "deep.yaml"
    path.write_text(unit * (400_000 // len(unit)), encoding="utf-8")
    program = (
        "import sys; from procurement_equality.catalogue.strict_yaml import read_file\n"
        "file, findings = read_file(sys.argv[1])\n"
        "print('refused' if file is None else 'read', *(finding.code for finding in findings))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, f"the process ended with {run.returncode}: {run.stderr[-500:]}"
    assert run.stdout.startswith("refused")


def flow_lists(depth: int) -> str:
    """Give lists in brackets, `depth` levels."""
    return "[" * depth + "b" + "]" * depth


def interrupted_lists(depth: int) -> str:
    """Give lists in brackets, each after an empty list, `depth` levels."""
    return "[[], " * (depth - 1) + "[b]" + "]" * (depth - 1)


def block_maps(depth: int) -> str:
    """Give maps by indentation of one space, `depth` levels."""
    return "".join(" " * level + "a:\n" for level in range(depth)) + " " * depth + "b"


def block_lists(depth: int) -> str:
    """Give lists by indentation on lines of their own, `depth` levels."""
    return "".join(" " * level + "-\n" for level in range(depth)) + " " * depth + "b"


@pytest.mark.parametrize("shape", [flow_lists, interrupted_lists, block_maps, block_lists])
def test_the_deepest_level_allowed_is_the_same_in_every_form(shape: object) -> None:
    """Levels up to the limit are read and one more is refused, however they are written."""
    assert callable(shape)
    assert value(shape(MAX_DEPTH))
    for depth in (MAX_DEPTH + 1, MAX_DEPTH + 20, 1000):
        assert [code for code, _ in refusals(shape(depth))] == ["file.too-deep"]


@pytest.mark.parametrize("text", ["", " \n\n", "# bara en kommentar\n", "\ufeff"])
def test_an_empty_file_is_refused(text: str, tmp_path: Path) -> None:
    """A file with nothing in it, or with comments only, is refused as empty."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    file, findings = read_file(path)
    assert file is None
    assert said(findings) == [("file.empty", str(path))]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder in place of a file is refused."""
    assert said(read_file(tmp_path)[1]) == [("file.directory", str(tmp_path))]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that does not exist is refused."""
    path = tmp_path / "a.yaml"
    assert said(read_file(path)[1]) == [("file.missing", str(path))]


def test_a_name_can_be_given_for_findings(tmp_path: Path) -> None:
    """Findings give the name that the caller gave instead of the path."""
    assert said(read_file(tmp_path / "a.yaml", "katalog/a.yaml")[1]) == [("file.missing", "katalog/a.yaml")]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_leave_to_read_is_refused(tmp_path: Path) -> None:
    """A file that may not be read is refused as unreadable."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 1", encoding="utf-8")
    path.chmod(0)
    assert said(read_file(path)[1]) == [("file.unreadable", str(path))]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a: 1\nb: \xe5\n", "2:4"),
        (b"\xe5: 1\n", "1:1"),
        ("a: hjälp\n".encode("latin-1"), "1:6"),
        (BOM + b"a: \xe5\n", "1:4"),
    ],
    ids=["second line", "first byte", "in a word", "after a byte order mark"],
)
def test_latin_1_is_refused_with_the_place_of_the_byte(raw: bytes, place: str, tmp_path: Path) -> None:
    """A file in Latin-1 is refused, and the finding names the first such byte and its place."""
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    file, findings = read_file(path)
    assert file is None
    assert said(findings) == [("file.encoding", f"{path}:{place}")]
    byte = next(byte for byte in raw.removeprefix(BOM) if byte >= 0x80)
    assert findings[0].data == {"byte": f"0x{byte:02X}"}


def test_the_place_of_a_byte_counts_characters(tmp_path: Path) -> None:
    """A column counts characters, so that letters of two bytes before the bad byte do not shift it."""
    path = tmp_path / "a.yaml"
    path.write_bytes("a: åäö ".encode() + b"\xe5")
    assert said(read_file(path)[1]) == [("file.encoding", f"{path}:1:8")]


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    """A byte order mark is passed over, and places on the first line are as without it."""
    path = tmp_path / "a.yaml"
    path.write_bytes(BOM + "a: å\n".encode())
    file, findings = read_file(path)
    assert findings == []
    assert file is not None
    assert file.value == {"a": "å"}
    path.write_bytes(BOM + b"a: no\n")
    assert said(read_file(path)[1]) == [("yaml.surprise", f"{path}:1:4")]


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    """A file of 100 MB is refused as too large, and no more of it than the limit is read."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    tracemalloc.start()
    try:
        file, findings = read_file(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert file is None
    assert said(findings) == [("file.too-large", str(path))]
    assert peak < 5 * MAX_BYTES


def test_the_largest_file_allowed_is_read(tmp_path: Path) -> None:
    """A file of exactly the limit is read, and one byte more is refused."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n#".ljust(MAX_BYTES, "x"), encoding="ascii")
    file, findings = read_file(path)
    assert findings == []
    assert file is not None
    path.write_text("a: 1\n#".ljust(MAX_BYTES + 1, "x"), encoding="ascii")
    assert said(read_file(path)[1]) == [("file.too-large", str(path))]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1"),
        ("a:\n\tb: 1\n", "a.yaml:2:1"),
        ("a: b: c\n", "a.yaml:1:5"),
        ("a: [1, 2\n", "a.yaml:2:1"),
        ("a: @b\n", "a.yaml:1:4"),
    ],
    ids=["two documents", "tab", "colon in text", "open list", "at sign"],
)
def test_what_is_no_yaml_is_refused_at_its_place(text: str, place: str) -> None:
    """Two documents, a tab as indentation and other broken YAML are refused with line and column."""
    assert refusals(text) == [("file.not-yaml", place)]


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet="ab:-? \n\t[]{},&*!|>'\"%@#~1.\\\ufeff\u2028\x85\x00é😀", max_size=60),
    )
)
def test_reading_any_text_gives_a_value_or_findings(text: str) -> None:
    """Whatever the text, reading raises nothing and gives either a value or findings that can be said."""
    file, findings = read(text, "a.yaml")
    assert (file is None) == bool(findings)
    said(findings)


def test_half_a_surrogate_pair_is_refused() -> None:
    """A text with half a surrogate pair, which no file can hold, is refused like other text that is no YAML."""
    file, findings = read("a: \ud800", "a.yaml")
    assert file is None
    assert len(said(findings)) == 1


@settings(deadline=None, max_examples=200)
@given(raw=st.one_of(st.binary(max_size=300), st.text(max_size=100).map(str.encode)))
def test_reading_any_bytes_gives_a_value_or_findings(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever the bytes of a file, reading raises nothing and gives either a value or findings that can be said."""
    path = tmp_path_factory.getbasetemp() / "junk.yaml"
    path.write_bytes(raw)
    file, findings = read_file(path)
    assert (file is None) == bool(findings)
    said(findings)


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.text(), st.text()))
def test_quoted_text_comes_back_as_it_was(texts: dict[str, str]) -> None:
    """Any texts that PyYAML writes in quotes are read back unchanged."""
    assert value(yaml.safe_dump(texts, allow_unicode=True, default_style='"')) == texts


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(st.booleans(), st.integers(-(10**16), 10**16), st.dates())))
def test_plain_values_come_back_as_they_were(values: list[Value]) -> None:
    """Booleans, whole numbers and dates that PyYAML writes are read back with value and type."""
    found = value(yaml.safe_dump({"a": values}))
    assert found == {"a": tuple(values)}
    assert isinstance(found, dict)
    assert isinstance(found["a"], tuple)
    assert [type(item) for item in found["a"]] == [type(item) for item in values]


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ((), (1, 1)),
        (("a",), (1, 1)),
        (("b", 0), (3, 5)),
        (("b", 1, "c"), (4, 5)),
        (("b", 1, "missing"), (4, 5)),
        (("missing",), (1, 1)),
        (("b", 7), (2, 1)),
    ],
)
def test_a_location_has_a_place(location: tuple[int | str, ...], place: tuple[int, int]) -> None:
    """A key stands where it is written, an item where it begins, and what is missing at the nearest part above."""
    file, _ = read("a: 1\nb:\n  - x\n  - c: 2\n", "a.yaml")
    assert file is not None
    assert file.position(location) == place
