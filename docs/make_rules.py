"""Write `docs/rules.md`: every rule of the checks with how grave it is and what it rests on.

python docs/make_rules.py            write it
python docs/make_rules.py --check    leave with 1 where it is not up to date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from procurement_equality import Catalogue
from procurement_equality.checks.registry import RULES
from procurement_equality.checks.rule import Rule
from procurement_equality.findings.words import title, unverified, why

TARGET = Path(__file__).parent / "rules.md"
HEAD = """# The rules

Written by `docs/make_rules.py`; do not edit by hand. Each code leads to the rule's document: a procurement that breaks
it, the finding, and the procurement mended. `procurement-equality explain CODE` says the same. *E* error, *W* warning,
*I* information: the gravest that a finding of the rule can be. A star marks a rule that rests on something which has
not been verified, said below.
"""


def rules_page() -> str:
    """Give the whole page."""
    catalogue = Catalogue.load()
    rows = [_row(rule, catalogue) for rule in RULES]
    open_ends = [f"* `{rule.code}`: {unverified(rule.code, 'en')}" for rule in RULES if not rule.verified]
    of_texts = sum(rule.of_texts is not None for rule in RULES)
    count = f"{len(RULES)} rules, {of_texts} of them about texts, which `scan` uses too."
    table = ["| | rule | what it is about, and why | rests on |", "|---|---|---|---|", *rows]
    return "\n".join([HEAD, count, "", *table, "", "## Not verified", "", *open_ends]) + "\n"


def _row(rule: Rule, catalogue: Catalogue) -> str:
    mark = "" if rule.verified else "*"
    code = f"[{rule.code}](../requirements_catalog/checks/{rule.code}.md){mark}"
    about = f"**{title(rule.code, 'en')}.** {why(rule.code, 'en')}".replace("|", "\\|")
    return f"| {rule.severity[0].upper()} | {code} | {about} | {'; '.join(_grounds(rule, catalogue))} |"


def _grounds(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    if rule.legal_basis:
        yield catalogue.cite(rule.legal_basis, "en").replace("\u00a0", " ")
    for identifier in rule.sources:
        source = catalogue.head.sources[identifier]
        named = f"{source.publisher}: {source.title}".replace("|", "\\|")
        yield f"[{named}]({source.url})" if source.url else named


def main() -> int:
    """Write the page, or say whether it is up to date."""
    page = rules_page()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(page, encoding="utf-8")
        return 0
    if not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != page:
        sys.stderr.write("docs/rules.md is not up to date: run python docs/make_rules.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
