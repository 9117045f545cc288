"""Answers of several people become one label with a confidence."""
