"""Where files that people send are kept."""

from uuid import uuid4

from django.db.models import Model
from django.utils.deconstruct import deconstructible


@deconstructible
class AnonymousPlace:
    """A folder as `upload_to`: a file's own name says nothing there and can do no harm."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, record: Model, name: str) -> str:
        """A random name in the folder."""
        return f"{self.folder}/{uuid4().hex}"
