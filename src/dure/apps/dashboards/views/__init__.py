"""The start page, and the lists behind its figures."""
