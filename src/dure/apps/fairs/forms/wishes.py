"""One word about a partner, and the filters of the office's overview."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.fairs.models import Level, Registration, Side
from dure.foundation.ui.forms import TextField


class WishForm(forms.Form):
    """Whom, how much, and what about."""

    other = forms.IntegerField(min_value=1)
    level = forms.ChoiceField(choices=Level.choices)
    note = TextField(required=False, max_length=1000)


class OverviewForm(forms.Form):
    """Whose wishes are listed."""

    q = TextField(label=_("Organisation"), required=False, max_length=100)
    side = forms.ChoiceField(
        label=_("Comes as"), choices=[("", _("All")), *Side.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("Answers"),
        choices=[
            ("", _("All")),
            ("never", _("Never looked")),
            ("open", _("Proposals unanswered")),
            ("silent", _("Said nothing at all")),
        ],
        required=False,
    )
    ORDERS = {
        "organisation": "organisation__name",
        "musts": "musts",
        "meets": "meets",
        "noes": "noes",
        "open": "open_proposals",
        "looked": "looked_at",
    }

    def narrow(self, registrations: QuerySet[Registration]) -> QuerySet[Registration]:
        """The registrations that are asked for; they come with counts of wishes."""
        self.is_valid()
        cleaned = self.cleaned_data
        if words := cleaned.get("q"):
            named = Q(organisation__name__icontains=words)
            registrations = registrations.filter(named | Q(organisation__name_en__icontains=words))
        if cleaned.get("side"):
            registrations = registrations.filter(side=cleaned["side"])
        match cleaned.get("state"):
            case "never":
                registrations = registrations.filter(looked_at__isnull=True)
            case "open":
                registrations = registrations.filter(open_proposals__gt=0)
            case "silent":
                registrations = registrations.filter(musts=0, meets=0, noes=0)
        wish = self.data.get("sort", "")
        order = self.ORDERS.get(wish.removeprefix("-"))
        if order:
            return registrations.order_by(f"-{order}" if wish.startswith("-") else order, "pk")
        return registrations
