"""Forms of courses."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation
from dure.apps.training.kinds import SCORES, Kind, Level, Topic
from dure.apps.training.models import Course
from dure.apps.training.stages import CourseStage
from dure.foundation.ui.forms import DayInput, TextField, long_text, text_formfield


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A course."""

    class Meta:
        model = Course
        fields = (
            "kind", "topic", "level", "title", "title_en", "text", "host", "seats",
            "register_until", "percent",
        )  # fmt: skip
        widgets = {"register_until": DayInput(), "text": forms.Textarea(attrs={"rows": 5})}
        formfield_callback = text_formfield

    def clean_seats(self) -> int:
        """At least one, and no more than a hall holds."""
        seats: int = self.cleaned_data["seats"]
        if not 1 <= seats <= 5000:
            raise forms.ValidationError(gettext("Between 1 and 5,000."))
        return seats

    def clean_percent(self) -> int:
        """A share of the whole."""
        percent: int = self.cleaned_data["percent"]
        if percent > 100:
            raise forms.ValidationError(gettext("At most 100."))
        return percent


class DayForm(forms.Form):
    """A day of a course."""

    on = forms.DateField(label=_("Day"), widget=DayInput())
    begins = forms.TimeField(
        label=_("From"),
        initial=time(10),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("To"),
        initial=time(17),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = TextField(label=_("Place"), max_length=200)
    text = TextField(label=_("What it is about"), max_length=300, required=False)

    def values(self) -> dict[str, Any]:
        """What was written, with moments instead of times of a day."""
        cleaned, zone = self.cleaned_data, get_current_timezone()
        return {
            "starts_at": datetime.combine(cleaned["on"], cleaned["begins"], zone),
            "ends_at": datetime.combine(cleaned["on"], cleaned["ends"], zone),
            "place": cleaned["place"],
            "text": cleaned["text"],
        }


class RegisterForm(forms.Form):
    """For which firm somebody comes."""

    organisation = forms.ModelChoiceField(
        label=_("For which firm?"), queryset=None, required=False,
        empty_label=pgettext_lazy("training", "For myself"),
    )  # fmt: skip

    def __init__(self, *args: Any, firms: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["organisation"]
        field.queryset, field.initial = firms, firms.first()


class WhyForm(forms.Form):
    """Why."""

    why = long_text(_("Why"), 300)


class PresenceForm(forms.Form):
    """Who came."""

    present = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("training", "Who came"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["present"].choices = seats


class FeedbackForm(forms.Form):
    """How it was."""

    score = forms.TypedChoiceField(
        label=_("How useful was it? (1 little, 5 very)"),
        choices=[(score, str(score)) for score in SCORES], coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    text = long_text(
        _("In words"), 2000, rows=4, required=False,
        help_text=_("It is kept without your name and the time. Do not write who you are."),
    )  # fmt: skip


class CheckForm(forms.Form):
    """The number of a certificate."""

    number = TextField(label=_("Number of the certificate"), max_length=40)


class CoursesFilter(forms.Form):
    """Which courses are listed."""

    words = TextField(label=_("Title"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Kind.choices]
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("All")), *Topic.choices]
    )
    level = forms.ChoiceField(
        label=pgettext_lazy("training", "Level"), required=False,
        choices=[("", _("All")), *Level.choices],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *CourseStage.choices]
    )

    def narrow(self, courses: QuerySet[Course]) -> QuerySet[Course]:
        """The courses that fit; a filter that makes no sense filters nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        for word in (cleaned.get("words") or "").split():
            courses = courses.filter(Q(title__icontains=word) | Q(title_en__icontains=word))
        wanted = {name: cleaned[name] for name in ("kind", "topic", "level") if cleaned.get(name)}
        if state := cleaned.get("state"):
            wanted["stage"] = state
        return courses.filter(**wanted)
