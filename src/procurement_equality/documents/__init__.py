"""Documents: one XHTML tree made from a template, written as Word or as one HTML file."""
