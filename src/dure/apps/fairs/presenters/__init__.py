"""Fairs in words."""
