"""Rows of fairs to values of the outside and back."""
