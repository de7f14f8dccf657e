"""The door that every file from outside comes through: checked, or refused."""
