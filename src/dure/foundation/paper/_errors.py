"""What goes wrong with marks."""


class CannotMark(ValueError):
    """The file cannot be read as what it says it is, is encrypted, or too large."""
