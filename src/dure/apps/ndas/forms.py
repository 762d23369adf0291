"""What people fill in: the filters of the list."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.ndas.models import Nda
from dure.apps.ndas.queries import IN_FORCE, TO_SIGN, overdue, unreturned
from dure.foundation.ui.forms import TextField

ORDERS = {
    "material": "material",
    "disclosing_party": "disclosing_party__name",
    "receiving_party": "receiving_party__name",
    "ends": "ends_at",
}


class NdasForm(forms.Form):
    """Which agreements are listed."""

    STATES = (
        ("", _("All")),
        ("ASKED", _("To be signed")),
        ("IN_FORCE", _("In force")),
        ("OVER", _("Over")),
        ("UNRETURNED", _("Return not confirmed")),
        ("OVERDUE", _("Return overdue")),
    )
    SIDES = (
        ("", _("All")),
        ("disclosing_party", _("We disclose")),
        ("receiving_party", _("We receive")),
    )
    words = TextField(label=_("Material or organisation"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Status"), choices=STATES, required=False)
    side = forms.ChoiceField(label=_("Our part"), choices=SIDES, required=False)

    def __init__(self, data: Any, *, own: frozenset[int], today: date) -> None:
        super().__init__(data)
        self.own, self.today = own, today
        if not own:
            del self.fields["side"]
        self.is_valid()

    def narrow(self, ndas: QuerySet[Nda]) -> QuerySet[Nda]:
        """The agreements that are asked for; a filter that makes no sense filters nothing."""
        states = {"ASKED": TO_SIGN, "IN_FORCE": IN_FORCE, "OVER": ~(TO_SIGN | IN_FORCE)}
        state = self.cleaned_data.get("state", "")
        ndas = ndas.filter(states.get(state, Q()))
        if state == "UNRETURNED":
            ndas = unreturned(ndas)
        elif state == "OVERDUE":
            ndas = overdue(ndas, self.today)
        if side := self.cleaned_data.get("side"):
            ndas = ndas.filter(**{f"{side}__in": self.own})
        if words := self.cleaned_data.get("words"):
            ndas = ndas.filter(
                Q(material__icontains=words)
                | Q(disclosing_party__name__icontains=words)
                | Q(disclosing_party__name_en__icontains=words)
                | Q(receiving_party__name__icontains=words)
                | Q(receiving_party__name_en__icontains=words)
            )
        return ndas.order_by(*self._order())

    def _order(self) -> list[str]:
        wish = self.data.get("sort", "")
        key = ORDERS.get(wish.removeprefix("-"), "requested_at")
        return [f"-{key}" if wish.startswith("-") or not wish else key, "-pk"]
