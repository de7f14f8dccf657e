"""Many forms: a folder or a zip file becomes records, and persons' decisions are kept beside them."""
