"""Who may do what with registered originals."""

from dure.apps.origins.models import Origin
from dure.apps.origins.reasons import Reason
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_use_origins(user: Reader) -> Verdict:
    """Have registered originals at all: people of organisations."""
    return YES if roles_of(user).organisations else Verdict(Reason.NOT_OURS)


def may_register(user: Reader, organisation: Organisation) -> Verdict:
    """Register the fingerprint of an original for an organisation of one's own."""
    if organisation.pk not in roles_of(user).organisations:
        return Verdict(Reason.NOT_OURS)
    return YES if organisation.pk in roles_of(user).verified else Verdict(Reason.NOT_VERIFIED)


def may_certify(user: Reader, origin: Origin) -> Verdict:
    """Take the certificate of an original away; the file must be shown once more."""
    is_own = origin.organisation_id in roles_of(user).organisations
    return YES if is_own else Verdict(Reason.NOT_OURS)
