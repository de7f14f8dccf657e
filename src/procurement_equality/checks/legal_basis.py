"""What a clause rests on: the law of a requirement, or what the documents cite for a clause of their own."""

from __future__ import annotations

from procurement_equality.catalogue import citation
from procurement_equality.checks.texts import StatedClause


def rests_on(stated: StatedClause, act: str, provision: str = "") -> bool:
    """Say whether a clause rests on a provision ("10:9" or "4"), or on any of the act where none is given."""
    cited = stated.other.cites if stated.other else ()
    texts = stated.requirement.legal_basis if stated.requirement else cited
    parsed = [one for one in map(citation.parse, texts) if one is not None and one.act == act]
    return any(not provision or provision in _provisions(one) for one in parsed)


def _provisions(cited: citation.Citation) -> set[str]:
    """Give every provision of a citation: 10:8 and 10:9 for 10:8-9."""
    first, last = cited.section or "", cited.to or ""
    if not (first.isdigit() and last.isdigit()):
        return set(cited.provisions)
    chapter = f"{cited.chapter}:" if cited.chapter else ""
    return {f"{chapter}{section}" for section in range(int(first), int(last) + 1)}
