"""Words of the command line for what requirements ask of a supplier, and of their data files, (Swedish, English)."""

from __future__ import annotations

BURDEN: dict[str, tuple[str, str]] = {
    "schema.name.burden": ("burden.yaml: vad krav kostar att visa", "burden.yaml: what requirements cost to show"),
    "schema.name.goal_conflicts": ("goal_conflicts.yaml: mål som möts", "goal_conflicts.yaml: goals that meet"),
    "burden": (
        "Uppskatta vad kraven i en upphandling begär av en leverantör: timmar, handlingar och redovisningar.",
        "Estimate what the requirements of a procurement ask of a supplier: hours, documents and reports.",
    ),
    "burden.headcount": (
        "Räkna för en leverantör med så många anställda, annars för flera storlekar.",
        "Estimate for a supplier with so many employees; otherwise for several sizes.",
    ),
    "burden.hours": (
        "{title}: att visa att {number} krav uppfylls tar en leverantör omkring {first} timmar första året{following}.",
        "{title}: showing that {number} requirements are met takes a supplier some {first} hours in the first "
        "year{following}.",
    ),
    "burden.following": (" och {hours} timmar varje år därefter", " and {hours} hours each year after that"),
    "burden.cost": (
        "Under {months} månader kostar det omkring {cost} kronor, {share} procent av kontraktets värde.",
        "Over {months} months it costs some {cost} kronor, {share} per cent of the contract's value.",
    ),
    "burden.cost.shared": (
        "Under {months} månader kostar det omkring {cost} kronor. Hur stor del det är av en leverantörs ersättning är "
        "inte känt: värdet delas av alla i valfrihetssystemet.",
        "Over {months} months it costs some {cost} kronor. What share that is of a supplier's payment is not known: "
        "all in the system of choice share the value.",
    ),
    "burden.documents": (
        "Leverantören lämnar in {first} handlingar första året och {total} under hela tiden. Ett år har {reports} "
        "redovisningar, i {occasions} olika månader.",
        "The supplier hands in {first} documents in the first year and {total} over the whole term. A year has "
        "{reports} reports, in {occasions} different months.",
    ),
    "burden.assumed": (
        "Uppskattningen är grov. Den gäller att visa kraven, inte att göra det de säger, och tiderna i burden.yaml är "
        "antaganden. Klausuler som står någon annanstans i dokumenten räknas inte.",
        "The estimate is rough. It is about showing the requirements, not about doing what they say, and the times in "
        "burden.yaml are assumptions. Clauses that stand elsewhere in the documents are not counted.",
    ),
    "burden.sizes": ("Efter leverantörens storlek", "By the size of the supplier"),
    "burden.employees": ("Anställda", "Employees"),
    "burden.requirements": ("Krav", "Requirements"),
    "burden.first": ("Timmar första året", "Hours, first year"),
    "burden.each": ("Per anställd", "For each employee"),
    "burden.later": ("Timmar per år därefter", "Hours a year after that"),
    "burden.heaviest": ("Väger mest under hela tiden", "Weighs most over the whole term"),
    "burden.id": ("Krav", "Requirement"),
    "burden.title": ("Titel", "Title"),
    "burden.total": ("Timmar", "Hours"),
    "burden.small": ("En mindre leverantör kan lämna", "A smaller supplier may give"),
}
