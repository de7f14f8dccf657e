"""The rules, grouped by topic: each module has its functions and, last, its `RULES` in order."""
