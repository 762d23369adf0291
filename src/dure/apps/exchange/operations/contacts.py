"""Two who stay in exchange after a consultation, and what they write."""

from datetime import datetime

from django.db import transaction

from dure.apps.exchange import permissions
from dure.apps.exchange.models import Contact, Message, Talk
from dure.apps.exchange.operations.holding import tell_people
from dure.apps.exchange.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.verdict import Refused


@transaction.atomic
def open_contact(*, talk: Talk, by: User, at: datetime) -> Contact:
    """Open the exchange of two who have met; it stays open until one of them closes it. Raises Refused."""
    talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    permissions.may_open(by, talk).require()
    home, abroad = talk.home.organisation, talk.abroad.organisation
    contact, is_new = Contact.objects.get_or_create(
        home=home,
        abroad=abroad,
        closed_at=None,
        defaults={"talk": talk, "opened_by": by, "opened_at": at},
    )
    if not is_new:
        raise Refused(Reason.OPEN_ALREADY)
    own = roles_of(by).organisations
    for side, other in ((home, abroad), (abroad, home)):
        if side.pk not in own:
            url = contact.get_absolute_url()
            tell_people([side], "OPENED", url=url, at=at, exclude=by, organisation=other)
    return contact


@transaction.atomic
def write(*, contact: Contact, text: str, by: User, at: datetime) -> Message:
    """Write to the other side, in one's own language. Raises Refused."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    permissions.may_write(by, contact).require()
    if not text.strip():
        raise Refused(Reason.TEXT_MISSING)
    is_home = contact.home_id in roles_of(by).verified
    own, other = (contact.home, contact.abroad) if is_home else (contact.abroad, contact.home)
    message = Message.objects.create(
        contact=contact, organisation=own, text=text.strip(), written_by=by, written_at=at
    )
    url = contact.get_absolute_url()
    tell_people([other], "WROTE", url=url, at=at, exclude=by, organisation=own)
    return message


@transaction.atomic
def close(*, contact: Contact, by: User, at: datetime) -> Contact:
    """Close an exchange; what was written stays. Raises Refused."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    permissions.may_write(by, contact).require()
    contact.closed_at = at
    contact.save(update_fields=["closed_at"])
    return contact
