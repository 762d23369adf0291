"""What a researcher's consent adds to the page on which a firm and a researcher meet."""

from typing import Any

from dure.apps.people.queries import Reader
from dure.apps.researchstaff import permissions, queries
from dure.apps.support.models import Candidate
from dure.foundation.ui.panels import fills


@fills("support partner", "researchstaff/_contact_panel.html")
def contact_of(candidate: Candidate, reader: Reader) -> dict[str, Any] | None:
    """For the researcher the buttons; for the firm name and contact, where it may read them."""
    application = queries.application_of(candidate)
    if application is None:
        return None
    is_own = bool(permissions.may_change(reader, application))
    reads = queries.reads_contact(reader, candidate)
    if not (is_own or reads or candidate.stage in queries.ASKED):
        return None
    return {
        "candidate": candidate,
        "is_own": is_own,
        "application": application if reads or is_own else None,
        "consent": queries.consent_for(candidate),
        "may_consent": permissions.may_consent(reader, candidate),
    }
