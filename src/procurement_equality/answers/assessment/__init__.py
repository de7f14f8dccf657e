"""How each supplier stands with each requirement: observed by rules, judged by persons."""
