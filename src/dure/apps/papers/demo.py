"""The document box of the demonstration: papers that hold, that run out and that have run out.

A higher app calls this, once the organisations are there.
"""

from datetime import timedelta
from html import escape

from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.papers import operations
from dure.apps.papers.kinds import paper_kinds
from dure.apps.papers.models import Paper
from dure.apps.people.models import Organisation, User
from dure.foundation.demo import Demonstration
from dure.foundation.paper import pdf

# Kind, and how many days ago it was issued.
PAPERS = (
    ("BUSINESS_REGISTRATION", 2900),
    ("FINANCIAL_STATEMENTS", 240),
    ("SME_CERTIFICATE", 236),
    ("TAX_CLEARANCE", 25),
    ("SOCIAL_INSURANCE", 33),
    ("RESEARCH_INSTITUTE", 1500),
)


def fill_box(demonstration: Demonstration, organisation: Organisation, by: User) -> None:
    """File some papers of an organisation, unless its box holds any."""
    if Paper.objects.filter(organisation=organisation).exists():
        return
    now, today = timezone.now(), timezone.localdate()
    for kind, days in PAPERS:
        name, issued_on = paper_kinds()[kind].name_ko, today - timedelta(days=days)
        content = pdf(
            f'<!doctype html><html lang="ko"><head><title>{escape(name)}</title></head><body>'
            f"<h1>{escape(name)}</h1><p>{escape(organisation.name)}</p>"
            f"<p>발급일 {issued_on:%Y-%m-%d}</p><p>시연을 위해 만든 견본입니다.</p></body></html>"
        )
        operations.file_paper(
            organisation=organisation,
            kind=kind,
            file=ContentFile(content, name=f"{name}.pdf"),
            issued_on=issued_on,
            by=by,
            at=now,
        )
    demonstration.say(f"{len(PAPERS)} papers of {organisation.name}")
