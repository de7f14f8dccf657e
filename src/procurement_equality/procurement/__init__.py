"""The procurement file, the law that applies to it, and the selection of requirements."""
