"""What every translator knows."""

LANGUAGES = {"ko": "Korean", "en": "English"}


class TranslatorError(RuntimeError):
    """A translator cannot be reached, or answered with something else than a translation."""
