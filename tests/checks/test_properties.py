"""Laws that hold for every case: no rule throws, and the order of requirements does not matter."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import EXAMPLES, selected
from procurement_equality import Catalogue, Procurement
from procurement_equality.catalogue.law import Kind
from procurement_equality.checks.case import make_case
from procurement_equality.checks.check import check
from procurement_equality.checks.registry import RULES
from procurement_equality.findings import Finding, describe

CATALOGUE = Catalogue.load()
TODAY = datetime.date(2026, 11, 23)
SECTORS = tuple(CATALOGUE.head.sectors)
LANGUAGES = ("sv", "en")

KINDS: tuple[Kind, ...] = (
    "exclusion-ground",
    "selection-criterion",
    "technical-specification",
    "award-criterion",
    "contract-performance-condition",
    "reserved-participation",
)

WORDS = st.sampled_from(
    [
        "Leverantören ska", "personal som utför kontraktet", "alla anställda", "jämställdhetsplan", "minst 40 procent",
        "kvinnor", "män", "aktivt verka för", "17 kap. 1 § LOU", "förordningen (2006:260)", "ISO 9001", "vite",
        "kollektivavtal", "lön", "policy", "etnisk tillhörighet", "religion", "sexuell läggning", "poäng", "CV",
        "svenska i tal och skrift", "underleverantörer", "25 anställda", "shall", "staff", "quota", "statistik",
        "brukare", "tillgänglighet", "barnets bästa", "insyn", "senast", "\n\n- ", "§", "(", "2008:567", "”", "å" * 40,
    ]
)  # fmt: skip
PROSE = st.one_of(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join).filter(str.strip), st.text(min_size=1, max_size=60)
).filter(lambda text: bool(text.strip()))
MAYBE = st.one_of(st.none(), PROSE)
BOOL = st.one_of(st.none(), st.booleans())
DATES = st.dates(datetime.date(2022, 2, 1), datetime.date(2030, 1, 1))
ASSESSMENT = st.fixed_dictionaries({"needed": st.booleans(), "reasons": PROSE})
WEIGHT = st.one_of(
    st.none(),
    st.integers(1, 100),
    st.tuples(st.integers(0, 49), st.integers(50, 100), st.one_of(st.none(), st.integers(0, 100))).map(
        lambda pair: {"at_least": pair[0], "at_most": pair[1]} | ({} if pair[2] is None else {"max_spread": pair[2]})
    ),
)
OTHER = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "title": PROSE,
        "text": PROSE,
        "cites": st.lists(st.sampled_from(["LOU 17:1", "LOU 19:9 p.5", "LOV 4:2", "2006:260 4", "fel", "SoL 3:1"])).map(
            tuple
        ),
        "capacity": st.sampled_from([None, "professional-activity", "technical-and-professional"]),
        "link_to_subject": MAYBE,
        "evidence": MAYBE,
        "follow_up": st.one_of(
            st.none(),
            st.fixed_dictionaries({"method": PROSE, "then_every_months": st.one_of(st.none(), st.integers(1, 60))}),
        ),
        "consequence": MAYBE,
        "weight": WEIGHT,
        "priority": st.one_of(st.none(), st.integers(1, 50)),
        "scale": MAYBE,
        "balancing": MAYBE,
    }
)


def _given(value: Any) -> Any:  # noqa: ANN401 - whatever a file may hold
    """Leave out what is not given, as a file does."""
    if isinstance(value, dict):
        return {key: _given(inner) for key, inner in value.items() if inner is not None}
    return value


PROCUREMENTS = st.fixed_dictionaries(
    {
        "title": PROSE,
        "reference": st.just("KS 1"),
        "authority": st.fixed_dictionaries(
            {
                "name": st.sampled_from(["Exempelkommunen", "Kiruna kommun", "Lantmäteriet", "Å & Co <AB>"]),
                "type": st.sampled_from(
                    ["municipality", "region", "municipal-company", "central-government", "other-authority"]
                ),
            }
        ),
        "act": st.sampled_from(["LOU", "LUF", "LUK", "LOV"]),
        "object": PROSE,
        "category": st.sampled_from(["services", "goods", "works"]),
        "cpv": st.lists(
            st.sampled_from(["85312000-9", "90911200", "80511000-1", "45000000-7", "60112000-6"]),
            min_size=1,
            max_size=3,
        ).map(tuple),
        "value": st.sampled_from([1, 240, 90_000, 240_000, 760_000, 3_000_000, 60_000_000, 900_000_000]),
        "months": st.integers(1, 240),
        "date": DATES,
        "direct_award": st.booleans(),
        "threshold": st.one_of(st.none(), st.just(2_400_000)),
        "languages": st.sampled_from([("sv",), ("sv", "en"), ("en",)]),
        "sectors": st.lists(st.sampled_from(SECTORS), min_size=1, max_size=4, unique=True).map(tuple),
        "level": st.sampled_from(["law", "basic", "advanced", "spearhead"]),
        "supplier_headcount": st.one_of(st.none(), st.integers(1, 300).map(lambda number: {"at_most": number})),
        "evaluation": st.sampled_from([None, "best-price-quality", "cost", "price"]),
        "link_to_subject": MAYBE,
        "other_clauses": st.dictionaries(st.sampled_from(["pris", "utbildning", "egen"]), OTHER, max_size=3),
        "used_by_people": BOOL,
        "accessibility": st.fixed_dictionaries(
            {"special_reasons": MAYBE, "products_or_services_act": BOOL, "referred_act": MAYBE}
        ),
        "digital_service": BOOL,
        "labour_conditions": st.one_of(st.none(), ASSESSMENT),
        "outside_swedish_labour_law": BOOL,
        "ilo_conditions": st.one_of(st.none(), ASSESSMENT),
        "performed_in_sweden": st.booleans(),
        "subcontracting": st.sampled_from([None, "none", "expected"]),
        "lots": st.one_of(st.none(), st.fixed_dictionaries({"divided": st.booleans(), "reasons": MAYBE})),
        "direct_award_record": MAYBE,
        "whole_need": st.one_of(st.none(), st.just({"value": 900_000, "months": 24})),
        "running_contract": st.one_of(
            st.none(), st.fixed_dictionaries({"reference": st.just("A"), "review_clause": st.booleans()})
        ),
        "concerns_children": BOOL,
        "private_provider": BOOL,
    }
).map(_given)


def key(finding: Finding) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Give a finding as something that can be compared whatever the order."""
    return finding.code, finding.severity, tuple(sorted(finding.data.items()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PROCUREMENTS)
def test_no_rule_throws_on_any_procurement_and_every_finding_has_words(facts: dict[str, Any]) -> None:
    """Whatever the facts, each rule gives findings that can be said in both languages, no graver than the rule."""
    procurement = Procurement.model_validate(facts)
    found = check(make_case(CATALOGUE, procurement), TODAY)
    for finding in found.findings:
        for language in LANGUAGES:
            assert describe(finding, language)  # type: ignore[arg-type]
    assert {rule.code for rule in found.not_examined} <= {rule.code for rule in RULES if rule.needs_selection}


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_order_of_requirements_does_not_matter(path: Any) -> None:  # noqa: ANN401
    """A catalogue in another order, and choices in another order, give the same findings."""
    selection = selected(path)
    catalogue, procurement = selection.catalogue, selection.procurement
    turned = catalogue.model_copy(update={"requirements": dict(reversed(list(catalogue.requirements.items())))})
    turned._paths = catalogue._paths
    turned._folders = catalogue._folders
    other = procurement.model_copy(
        update={
            "requirements": dict(reversed(list(procurement.requirements.items()))),
            "other_clauses": dict(reversed(list(procurement.other_clauses.items()))),
        }
    )
    first = check(make_case(catalogue, procurement), TODAY).findings
    second = check(make_case(turned, other), TODAY).findings
    assert sorted(map(_unordered, first)) == sorted(map(_unordered, second))


def _unordered(finding: Finding) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Give a finding with its lists of ids in one order: a list follows the catalogue, which was turned."""
    code, severity, data = key(finding)
    return (
        code,
        severity,
        tuple((name, " ".join(sorted(value.replace(",", " ").split()))) for name, value in data if name != "yaml"),
    )
