"""Word: our own slim package and styles, blocks, form fields."""
