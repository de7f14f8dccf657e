"""A tender document that someone else wrote, read behind the guard as paragraphs with their places."""
