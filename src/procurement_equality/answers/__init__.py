"""What comes back: filled forms behind a guard, as responses, statistics by sex and assessments."""
