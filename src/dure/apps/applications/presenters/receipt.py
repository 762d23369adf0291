"""The receipt, on paper and as an e-mail."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.applications import queries
from dure.apps.applications.models import Submission
from dure.apps.people.models import User
from dure.foundation.paper import pdf


def receipt_paper(submission: Submission) -> bytes:
    """The receipt of a submission as a PDF, in the reader's language."""
    application = submission.application
    context = {
        "submission": submission,
        "application": application,
        "opens_at": queries.opens_at(application.call, application.round),
        "language": translation.get_language(),
        "operator": settings.DURE_OPERATOR,
    }
    return pdf(render_to_string("applications/receipt_paper.html", context))


def receipt_mail(submission: Submission, person: User) -> EmailMessage:
    """The receipt as an e-mail in a person's language, with the PDF."""
    application = submission.application
    with translation.override(person.language):
        page = reverse("applications:receipt", args=[application.pk])
        text = _(
            "%(call)s\n\nApplication number: %(number)s\nReceipt number: %(receipt)s\n"
            "Received: %(at)s (Seoul)\nSHA-256: %(hash)s\n\n%(url)s"
        ) % {
            "call": application.call,
            "number": application.number,
            "receipt": submission.receipt_number,
            "at": f"{localtime(submission.submitted_at):%Y-%m-%d %H:%M:%S}",
            "hash": submission.content_hash,
            "url": f"{settings.BASE_URL}{page}",
        }
        mail = EmailMessage(
            _("Receipt %(receipt)s") % {"receipt": submission.receipt_number},
            text,
            to=[person.email],
        )
        mail.attach(
            f"receipt-{submission.receipt_number}.pdf", receipt_paper(submission), "application/pdf"
        )
    return mail
