"""Exchange with other programs: what the files hold, in forms that editors and systems read."""
