"""What is recorded of applications, in the sealed record."""

from django.utils.translation import gettext_lazy as _

from dure.apps.records.kinds import record_kind

RECEIVED = record_kind("APPLICATION_RECEIVED", _("Application received"))
WITHDRAWN = record_kind("APPLICATION_WITHDRAWN", _("Application withdrawn"))
