"""What people fill in of a need or a technology."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import (
    Cooperation,
    Language,
    Need,
    Technology,
    Visibility,
    field_choices,
    region_choices,
)
from dure.apps.catalog.presenters.kinds import EntryPages
from dure.apps.catalog.presenters.words import READINESS
from dure.apps.people.models import Organisation
from dure.apps.roadmaps.queries import branches
from dure.foundation.ui.forms import FilesField, TextField, WonField
from dure.values.text import words_in


class KeywordsField(TextField):
    """Words divided by semicolons, commas or lines; cleaned to a list without doubles."""

    def clean(self, value: Any) -> list[str]:
        words = words_in(super().clean(value))
        if any(len(word) > 100 for word in words):
            raise forms.ValidationError(_("A keyword is longer than 100 characters."))
        return list(dict.fromkeys(words))[:30]

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, list) else value


def _readiness(level: int) -> Any:
    return format_lazy("{level}. {meaning}", level=level, meaning=READINESS[level])


class FieldForm(forms.Form):
    """In which field people will look for an entry; those that fit its text can come first."""

    field = forms.ChoiceField(
        label=_("Field"),
        required=False,
        choices=lambda: [("", _("Please choose")), *field_choices()],
        help_text=_("The field in which people will look for it."),
    )
    explained = {"field": "field"}

    def offer_fields(self, likely: Sequence[str]) -> None:
        """Put the likely fields, as codes, before all the others."""
        names = dict(field_choices())
        if first := [(code, names[code]) for code in likely if code in names]:
            self.fields["field"].choices = [
                ("", _("Please choose")),
                (_("Fits your text"), first),
                (_("All fields"), field_choices()),
            ]


class EntryForm(FieldForm):
    """What needs and technologies have in common."""

    field_order = ("organisation", "title", "body")

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None, empty_label=_("Please choose")
    )
    title = TextField(label=_("Title"), max_length=300)
    body = TextField(
        label=_("Description"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 7})
    )
    branch = forms.ModelChoiceField(
        label=_("Branch of a roadmap"),
        queryset=branches(),
        required=False,
        widget=forms.HiddenInput,
    )
    trl = forms.TypedChoiceField(
        label=_("Readiness (TRL)"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not decided")), *((n, _readiness(n)) for n in READINESS)],
    )
    cooperation = forms.MultipleChoiceField(
        label=_("Form of cooperation"),
        required=False,
        choices=Cooperation.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that you can imagine."),
    )
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=lambda: [("", _("As the organisation")), *region_choices()],
    )
    keywords = KeywordsField(
        label=_("Keywords"),
        required=False,
        max_length=3_000,
        help_text=_("Divided by semicolons, for example: waste heat; heat exchanger"),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[
            (Visibility.PUBLIC, _("Everybody")),
            (Visibility.MEMBERS, _("Members of verified organisations")),
            (Visibility.TEASER, _("Everybody title and field, the rest only under an NDA")),
        ],
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of your text"), choices=Language.choices, initial=Language.KO
    )
    title_en = TextField(label=_("Title in English"), required=False, max_length=300)
    body_en = TextField(
        label=_("Description in English"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("A data sheet, a brochure, photos from your phone."),
    )
    seen_at = TextField(required=False, widget=forms.HiddenInput)

    first: tuple[str, ...] = ("organisation", "title", "body")
    second: tuple[str, ...] = (
        "field",
        "trl",
        "cooperation",
        "region",
        "keywords",
        "visibility",
        "files",
    )
    english: tuple[str, ...] = ("language", "title_en", "body_en")
    explained = {name: name for name in ("field", "trl", "cooperation", "visibility")}

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], entry: Any = None, **more: Any
    ) -> None:
        if entry is not None:
            more.setdefault("initial", {}).update(
                {n: getattr(entry, n) for n in self.base_fields if n not in ("files", "seen_at")}
            )
            more["initial"]["seen_at"] = entry.updated_at.isoformat()
        super().__init__(*args, **more)
        choice = self.fields["organisation"]
        choice.queryset = organisations
        if entry is not None:  # its files are added and taken away on its own page
            del self.fields["organisation"], self.fields["files"]
        elif len(own := list(organisations[:2])) == 1:
            choice.initial = own[0].pk
            choice.empty_label = None

    def groups(self) -> list[list[forms.BoundField]]:
        """The fields in the order of the page: what it is, how it is sought, English."""
        names = (self.first, self.second, self.english)
        return [[self[name] for name in group if name in self.fields] for group in names]

    def is_english_open(self) -> bool:
        """True when the English part holds something or is wrong, so that it is not overlooked."""
        return any(self[n].value() or self[n].errors for n in ("title_en", "body_en"))

    def values(self) -> dict[str, Any]:
        """The fields of the entry, without what belongs to the page."""
        outside = ("organisation", "files", "seen_at")
        return {n: value for n, value in self.cleaned_data.items() if n not in outside}

    def seen(self) -> datetime | None:
        """When the entry had last been changed as the writer saw it."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None


class NeedForm(EntryForm):
    """A need."""

    requirements = TextField(
        label=_("Requirements"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What must be reached, in numbers where there are some."),
    )
    budget = WonField(
        label=_("Budget (won)"),
        min_value=0,
        required=False,
        help_text=_("As you say it: 1억 5천만원 or 150,000,000. Leave it empty if it is open."),
    )
    first = ("organisation", "title", "body", "requirements")
    second = ("field", "trl", "cooperation", "budget", "region", "keywords", "visibility", "files")


class TechnologyForm(EntryForm):
    """A technology."""

    track_record = TextField(
        label=_("Where it is in use"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Customers, deliveries, tests: what shows that it works."),
    )
    keeps_secret = forms.BooleanField(
        label=_("The closed details are technical data that we keep secret"),
        required=False,
        help_text=_(
            "A large or mid-size firm or a public body then reads them only after it asked in writing, you agreed, and"
            " both have signed an agreement on secrecy."
        ),
    )
    first = ("organisation", "title", "body", "track_record")
    second = (
        "field",
        "trl",
        "cooperation",
        "region",
        "keywords",
        "visibility",
        "keeps_secret",
        "files",
    )

    def clean(self) -> dict[str, Any]:
        """What is kept secret is not open to everybody at the same time."""
        cleaned = super().clean()
        visibility = cleaned.get("visibility")
        if cleaned.get("keeps_secret") and visibility not in (None, Visibility.TEASER):
            self.add_error(
                "keeps_secret",
                _(
                    "What you keep secret must not be open: let the details be read only under an NDA."
                ),
            )
        return cleaned


FORMS: dict[type, type[EntryForm]] = {Need: NeedForm, Technology: TechnologyForm}
HELP = {
    Need: {
        "title": _("In one line, as you would say it to a colleague."),
        "body": _("What is the problem, where does it occur, what have you tried?"),
        "trl": _("How ready must the technology be?"),
    },
    Technology: {
        "title": _("In one line, as you would say it to a customer."),
        "body": _("What can it do, for whom, and how well? Two or three sentences are enough."),
        "trl": _("How ready is it today?"),
    },
}


def entry_form(kind: EntryPages, *args: Any, **more: Any) -> EntryForm:
    """The form for one kind of entry, with the help that fits it."""
    form = FORMS[kind.model](*args, **more)
    for name, text in HELP[kind.model].items():
        form.fields[name].help_text = text
    return form


class UploadForm(forms.Form):
    """A file to take in."""

    file = forms.FileField(label=_("File"))


class DocumentForm(forms.Form):
    """A document to make a draft of."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None, empty_label=_("Please choose")
    )
    file = forms.FileField(label=_("Document"), help_text=_("HWPX or HWP, up to 20 MB."))

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations
        if len(own := list(organisations[:2])) == 1:
            self.fields["organisation"].initial = own[0].pk
            self.fields["organisation"].empty_label = None
