"""The cast and one of everything, for the tests that walk all routes."""

from importlib import import_module
from pathlib import Path

import pytest
import weasyprint
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import translation

from tests.cast import make_cast

FOLDERS = Path(__file__).parents[1] / "apps"


@pytest.fixture(scope="module")
def cast_and_world(django_db_setup, django_db_blocker):
    """The cast, and one of everything, the buyer's and the supplier's: ids by name of a parameter.

    Each app brings its own in `tests/apps/<app>/world.py`, the lower ones first. What «pk» means
    stands by the name of a route, or by a beginning of it that ends with «:» or «_». Made once;
    every test takes back what it did.
    """
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own: what is durable in life may stand inside
    with django_db_blocker.unblock(), translation.override(settings.LANGUAGE_CODE), whole:
        cast, known = make_cast(), {}
        for app in apps.get_app_configs():
            if (FOLDERS / app.label / "world.py").exists():
                known |= import_module(f"tests.apps.{app.label}.world").things(cast, known)
        yield cast, known
        transaction.set_rollback(True)


@pytest.fixture
def each_paper_once(monkeypatch):
    """PDF files of one title are set once: a third of the time went into their fonts."""
    set_anew, papers = weasyprint.HTML.write_pdf, {}

    def write_pdf(document, **how):
        title = document.etree_element.findtext(".//title")
        if title not in papers:
            papers[title] = set_anew(document, **how)
        return papers[title]

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", write_pdf)
