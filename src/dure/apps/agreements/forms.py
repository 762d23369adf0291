"""Forms of agreements: the list, a draft, why not, a signed file, what the bank did."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements import adapter, queries
from dure.apps.agreements.models import (
    INSTRUMENTS,
    MOST_WON,
    ROLES,
    Agreement,
    Contribution,
    Cost,
    OutsideWay,
    Party,
)
from dure.apps.agreements.operations import NewAnnex, NewCost, NewMoney, NewParty
from dure.apps.agreements.stages import AgreementStage
from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.people.queries import Reader, organisations_visible_to, people_of
from dure.apps.programmes.queries import programmes, released_versions
from dure.engines.funding import Instrument, Kind, Role
from dure.foundation.ui.forms import DayInput, TextField

OTHERS = ("demand", "lead")


class AgreementsForm(forms.Form):
    """Which agreements are listed."""

    words = TextField(label=_("Words"), required=False)
    stage = forms.ChoiceField(label=_("Status"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["stage"].choices = [("", _("All")), *AgreementStage.choices]
        known = [(programme.slug, str(programme)) for programme in programmes().order_by("name")]
        self.fields["programme"].choices = [("", _("All")), *known]
        self.is_valid()

    def wanted(self) -> dict[str, str]:
        """What is asked for; a filter that makes no sense filters nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class DraftForm(forms.Form):
    """An agreement without a call: the agency, a lead, and if there is one who gives beside it."""

    version = forms.ModelChoiceField(label=_("Programme"), queryset=None)
    title = TextField(label=_("Title"), max_length=300)
    goal = TextField(label=_("Goal"), max_length=5000, required=False, widget=forms.Textarea)
    starts_on = forms.DateField(label=_("Starts"), widget=DayInput())
    ends_on = forms.DateField(label=_("Ends"), widget=DayInput())
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=1200)
    trl = forms.IntegerField(label=_("Readiness level"), min_value=1, max_value=9, required=False)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=None)
    lead = forms.ModelChoiceField(label=_("Lead organisation"), queryset=None)
    lead_representative = TextField(label=_("Representative"), max_length=100, required=False)
    bank = TextField(label=_("Bank"), max_length=40, required=False)
    account_number = TextField(label=_("Account number"), max_length=40, required=False)
    account_holder = TextField(label=_("Account holder"), max_length=100, required=False)
    other = forms.ModelChoiceField(label=_("Who gives beside it"), queryset=None, required=False)
    other_role = forms.ChoiceField(label=_("Its role"), required=False)
    public_instrument = forms.ChoiceField(label=_("Form of the public money"), choices=INSTRUMENTS)
    public_won = forms.IntegerField(label=_("Public cash (won)"), min_value=0, max_value=MOST_WON)
    other_won = forms.IntegerField(
        label=_("Its cash (won)"), min_value=0, max_value=MOST_WON, required=False
    )
    lead_won = forms.IntegerField(
        label=_("Cash of the lead (won)"), min_value=0, max_value=MOST_WON, required=False
    )
    lead_in_kind_won = forms.IntegerField(
        label=_("In kind of the lead (won)"), min_value=0, max_value=MOST_WON, required=False
    )

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        known = organisations_visible_to(user).order_by("name")
        self.fields["version"].queryset = released_versions().order_by("programme__name", "-number")
        self.fields["agency"].queryset = known.filter(kind=OrganisationKind.AGENCY)
        self.fields["lead"].queryset = known
        self.fields["other"].queryset = known
        roles = (Role.DEMAND, Role.INVESTOR, Role.OPERATOR, Role.INSTITUTION, Role.GUARANTOR)
        self.fields["other_role"].choices = [row for row in ROLES if row[0] in roles]

    def values(self) -> dict[str, Any]:
        """The arguments of the operation."""
        cleaned = self.cleaned_data
        names = ("version", "title", "goal", "starts_on", "ends_on", "months", "trl")
        parties = [
            NewParty(Role.GOVERNMENT, cleaned["agency"]),
            NewParty(
                Role.LEAD,
                cleaned["lead"],
                representative=cleaned["lead_representative"],
                bank=cleaned["bank"],
                account_number=cleaned["account_number"],
                account_holder=cleaned["account_holder"],
            ),
        ]
        if cleaned["other"]:
            parties.append(NewParty(cleaned["other_role"], cleaned["other"]))
        rows = [
            (0, cleaned["public_instrument"], Kind.CASH, cleaned["public_won"]),
            (1, Instrument.OWN_SHARE, Kind.CASH, cleaned["lead_won"]),
            (1, Instrument.OWN_SHARE, Kind.IN_KIND, cleaned["lead_in_kind_won"]),
            (2, Instrument.OWN_SHARE, Kind.CASH, cleaned["other_won"] if cleaned["other"] else 0),
        ]
        money = [NewMoney(*row) for row in rows if row[3]]
        return {name: cleaned[name] for name in names} | {"parties": parties, "money": money}


class AgencyForm(forms.Form):
    """Which agency pays the public money."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=None)

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        known = organisations_visible_to(user).filter(kind=OrganisationKind.AGENCY)
        self.fields["agency"].queryset = known.order_by("name")


class ParticularsForm(forms.Form):
    """Who represents an organisation, and its account."""

    representative = TextField(label=_("Representative"), max_length=100)
    bank = TextField(label=_("Bank"), max_length=40)
    account_number = TextField(label=_("Account number"), max_length=40)
    account_holder = TextField(label=_("Account holder"), max_length=100)


class AmountsForm(forms.Form):
    """The amounts of a plan, row by row, and one cost more."""

    def __init__(self, *args: Any, agreement: Agreement, **more: Any) -> None:
        super().__init__(*args, **more)
        own_fields = list(self.fields)
        for row in agreement.contributions.select_related("payer", "recipient"):
            self._amount(f"money_{row.pk}", row.amount, _named(row.payer, row, _instrument(row)))
        names = adapter.category_names(agreement, get_language())
        for cost in agreement.costs.select_related("party").order_by("party", "year", "pk"):
            name = names.get(cost.category, cost.category)
            self._amount(f"cost_{cost.pk}", cost.amount, _named(cost.party, cost, name))
        self._new_cost(agreement)
        self.order_fields([name for name in self.fields if name not in own_fields])

    def _amount(self, name: str, won: int, label: str) -> None:
        self.fields[name] = forms.IntegerField(
            label=label, initial=won, min_value=0, max_value=MOST_WON
        )

    def _new_cost(self, agreement: Agreement) -> None:
        categories = list(adapter.category_names(agreement, get_language()).items())
        parties = agreement.parties.exclude(role__in=[Role.GOVERNMENT, Role.DEMAND])
        if not categories:
            return
        self.fields["new_category"] = forms.ChoiceField(
            label=_("One more cost: budget category"),
            choices=[("", _("None")), *categories],
            required=False,
        )
        self.fields["new_party"] = forms.ModelChoiceField(
            label=_("Its organisation"), queryset=parties, required=False, initial=parties.first()
        )
        self.fields["new_kind"] = forms.ChoiceField(
            label=_("Its kind"), choices=[(Kind.CASH, _("Cash")), (Kind.IN_KIND, _("In kind"))]
        )
        self.fields["new_year"] = forms.IntegerField(
            label=_("Its year of the project"), min_value=1, max_value=30, initial=1
        )
        self.fields["new_won"] = forms.IntegerField(
            label=_("Its amount (won)"), min_value=0, max_value=MOST_WON, required=False
        )

    def clean(self) -> dict[str, Any]:
        """A cost more needs its organisation and amount."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("new_category"):
            for name in ("new_party", "new_won"):
                if not values.get(name):
                    self.add_error(name, self.fields[name].default_error_messages["required"])
        return values

    def amounts(self, kind: str) -> dict[int, int]:
        """The amounts of the rows of a kind, "money" or "cost", by their ids."""
        return {
            int(name.partition("_")[2]): won
            for name, won in self.cleaned_data.items()
            if name.startswith(f"{kind}_")
        }

    def more(self) -> list[NewCost]:
        """The cost that is new, if there is one."""
        cleaned = self.cleaned_data
        if not cleaned.get("new_category"):
            return []
        return [
            NewCost(
                cleaned["new_party"].pk,
                cleaned["new_category"],
                cleaned["new_kind"],
                cleaned["new_won"],
                cleaned["new_year"],
            )
        ]


class ReplanForm(AmountsForm):
    """The plan as it is revised, and what was."""

    note = TextField(
        label=_("What was revised"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Answer each condition of the panel in a sentence."),
    )

    def values(self) -> dict[str, Any]:
        """The arguments of the operation."""
        return {
            "note": self.cleaned_data["note"],
            "money": self.amounts("money"),
            "costs": self.amounts("cost"),
            "more": self.more(),
        }


class ChangeForm(AmountsForm):
    """What is to become otherwise in an agreement in force, and why."""

    ends_on = forms.DateField(label=_("Ends"), widget=DayInput())
    goal = TextField(
        label=_("Goal"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    annex_what = TextField(label=_("New annex: what it is"), max_length=200, required=False)
    annex = forms.FileField(
        label=_("New annex: file"),
        required=False,
        help_text=_("PDF, image, Hangul or Office file, at most 20 MB."),
    )
    dropped = forms.ModelMultipleChoiceField(
        label=_("Annexes that it replaces or leaves out"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    duties = forms.ModelMultipleChoiceField(
        label=_("Whose duties these annexes change"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They sign the agreement anew, with the lead and the agency."),
    )
    stated = forms.MultipleChoiceField(
        label=_("What the amounts do not show"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leader = forms.ModelChoiceField(
        label=_("New project leader"),
        queryset=None,
        required=False,
        help_text=_(
            "Somebody of the lead organisation. Nobody: the project has no leader for now."
        ),
    )
    left_on = forms.DateField(
        label=_("Last day of the project leader so far"), required=False, widget=DayInput()
    )
    ground = forms.ChoiceField(label=_("Why the project leader changes"), required=False)
    reason = TextField(label=_("Reason"), max_length=4000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, agreement: Agreement, **more: Any) -> None:
        known = {"ends_on": agreement.ends_on, "goal": agreement.goal}
        super().__init__(*args, agreement=agreement, initial=known, **more)
        self.fields["dropped"].queryset = queries.annexes_in(agreement)
        self.fields["duties"].queryset = agreement.parties.exclude(role=Role.GOVERNMENT)
        self._of_leader(agreement)
        questions = adapter.questions_of(agreement, get_language())
        self.fields["stated"].choices = list(questions.items())
        if not questions:
            del self.fields["stated"]

    def _of_leader(self, agreement: Agreement) -> None:
        lead = agreement.parties.filter(role=Role.LEAD).select_related("organisation").first()
        grounds = adapter.grounds_of(agreement, get_language())
        self.fields["ground"].choices = [("", _("None")), *grounds.items()]
        if lead is None or lead.organisation is None:
            for name in ("leader", "left_on", "ground"):
                del self.fields[name]
            return
        people = people_of(lead.organisation)
        self.fields["leader"].queryset = people.exclude(pk=agreement.leader_id)

    def clean(self) -> dict[str, Any]:
        """A new annex is a file with a name for what it is."""
        values = super().clean()
        for name, other in (("annex", "annex_what"), ("annex_what", "annex")):
            if values.get(other) and not values.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].default_error_messages["required"])
        return values

    def brought(self) -> list[NewAnnex]:
        """The annex that the change brings, if there is one."""
        cleaned = self.cleaned_data
        return [NewAnnex(cleaned["annex_what"], cleaned["annex"])] if cleaned["annex"] else []

    def wish(self) -> adapter.Wish:
        """What is wished for; what stays as it is may be in it."""
        return adapter.Wish(
            money=self.amounts("money"),
            costs=self.amounts("cost"),
            more=tuple(asdict(cost) for cost in self.more()),
            ends_on=self.cleaned_data["ends_on"],
            goal=self.cleaned_data["goal"],
            dropped=tuple(annex.pk for annex in self.cleaned_data["dropped"]),
            duties=tuple(party.pk for party in self.cleaned_data["duties"]),
            stated=tuple(self.cleaned_data.get("stated", ())),
            **self._leader(),
        )

    def _leader(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        leader, left_on = cleaned.get("leader"), cleaned.get("left_on")
        if leader is None and left_on is None:
            return {}
        pk = leader.pk if leader else None
        return {"leader": pk, "left_on": left_on, "ground": cleaned.get("ground", "")}


class AnswerForm(forms.Form):
    """Yes or no to a change."""

    is_yes = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Approve")), ("no", pgettext_lazy("change", "Refuse"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    answer = TextField(
        label=_("Answer"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )


class ExtendForm(forms.Form):
    """Until when a change is answered instead, and why it takes longer."""

    until = forms.DateField(label=_("To be answered by"), widget=DayInput())
    reason = TextField(
        label=_("Why it takes longer"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )


class PleaForm(forms.Form):
    """Whether the reason for an exemption is accepted."""

    is_yes = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("yes", _("The reason is justified: exempt")),
            ("no", _("Not exempt")),
        ],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    answer = TextField(
        label=_("Answer"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )


class NoteForm(forms.Form):
    """How an obligation was met."""

    note = TextField(label=_("How it was met"), max_length=2000, widget=forms.Textarea({"rows": 3}))


def _instrument(row: Contribution) -> str:
    return str(row.get_instrument_display())


def _named(party: Party, row: Contribution | Cost, what: str) -> str:
    """How an amount is called: whose it is, what for, in which year."""
    parts = [str(party), what, str(row.get_kind_display())]
    if row.year:
        parts.append(gettext("year %(year)s") % {"year": row.year})
    return " · ".join(parts)


class OpenForm(forms.Form):
    """Until when everybody signs, and whether the agency does so last."""

    sign_by = forms.DateField(label=_("To be signed by"), widget=DayInput())
    is_agency_last = forms.BooleanField(
        label=_("The agency signs last"),
        required=False,
        initial=True,
        help_text=_("Else it signs in any order, as the other parties do."),
    )


class FactForm(forms.Form):
    """What was shown, of what the programme asks for."""

    fact = forms.ChoiceField(label=_("What was shown"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, facts: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["fact"].choices = facts


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class SignedFileForm(forms.Form):
    """The text as it was signed elsewhere."""

    file = forms.FileField(
        label=_("Signed PDF"), help_text=_("The text with your signature added.")
    )


class ApproverForm(forms.Form):
    """Who of an organisation approves what it signs."""

    user = forms.ModelChoiceField(
        label=_("Internal approver"),
        queryset=None,
        required=False,
        empty_label=_("Nobody has to approve"),
        help_text=_("Somebody else signs than who approved."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["user"].queryset = people_of(organisation)


class OutsideFileForm(forms.Form):
    """A file that all parties signed outside."""

    way = forms.ChoiceField(
        label=_("How it was signed"), choices=OutsideWay, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "The PDF of the contract service, or the scan as PDF, PNG or JPG; at most 20 MB."
        ),
    )


class AnnexForm(forms.Form):
    """A file that is agreed on with the text."""

    what = TextField(label=_("What it is"), max_length=200)
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, image, Hangul or Office file, at most 20 MB.")
    )


class PaidForm(forms.Form):
    """On which day an instalment came in."""

    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput())


class BankFileForm(forms.Form):
    """What the bank did, as it hands it out."""

    file = forms.FileField(
        label=_("The bank's list"),
        help_text=_(
            "Excel or CSV with the columns of the payment file and the day of the transfer."
        ),
    )
