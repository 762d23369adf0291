"""Rows to engine values and back: search words, sheets, documents."""
