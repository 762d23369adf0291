"""What of proofs of origin stands in the sealed record."""

from django.utils.translation import gettext_lazy as _

from dure.apps.records.kinds import record_kind

REGISTERED = record_kind("ORIGIN_REGISTERED", _("Fingerprint of an original registered"))
CERTIFIED = record_kind("ORIGIN_CERTIFIED", _("Certificate of an original given"))
