"""The catalogue: what can be required, read from YAML and checked."""
