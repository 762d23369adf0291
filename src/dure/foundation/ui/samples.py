"""Invented content for the component page; no organisation here exists."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.foundation.ui.forms import TextField

Sample = dict[str, Any]

SECTIONS = (
    (
        "button",
        _("Buttons"),
        _("One primary button per view. A button that cannot be used says why."),
    ),
    (
        "form",
        _("Form fields"),
        _("Label, help and error stand together; the hint comes before the field."),
    ),
    (
        "django_form",
        _("Django forms"),
        _("Every Django form is drawn in this markup by the renderer."),
    ),
    (
        "upload",
        _("File upload"),
        _("The whole area takes a file; problems come back cell by cell."),
    ),
    ("table", _("Table"), _("Sortable, selectable, and a stack of cards on a narrow screen.")),
    ("filters", _("Filters"), _("What is active is a chip that can be taken away.")),
    ("navigation", _("Tabs and pages"), _("Every tab and every page has its own address.")),
    ("card", _("Cards and lists"), _("Hairlines part them; nothing else is drawn.")),
    ("badge", _("Badges, states and tags"), _("A colour never stands without a word.")),
    ("stage", _("Stage"), _("Where it is, what comes next, whose turn it is, and until when.")),
    ("match", _("Match card"), _("Who, in their own words, answering which passage of my need.")),
    ("alert", _("Alerts and toasts"), _("Alerts stay in the page; a toast answers an action.")),
    ("empty", _("Empty state"), _("An empty list says how to fill it.")),
    ("progress", _("Progress"), _("Counts, time left, a way out; it goes on when you leave.")),
    ("dialog", _("Dialog"), _("For a decision that cannot be undone.")),
    ("term", _("Terms and help"), _("The official word explains itself.")),
    ("figures", _("Key figures"), _("Each figure is a link to the list behind it.")),
    ("chart", _("Charts"), _("Where a shape says more than words; each with its table.")),
    ("history", _("History"), _("Who changed what, and when.")),
)

FIELDS = (
    ("battery", _("Batteries")),
    ("robot", _("Robotics")),
    ("vision", _("Machine vision")),
    ("hydrogen", _("Hydrogen")),
    ("bio", _("Bioprocess")),
)
STATES = (
    ("open", _("Open")),
    ("matched", _("Matched")),
    ("meeting", _("Meeting set")),
    ("draft", _("Draft")),
    ("closed", _("Closed")),
)
TONES = {"open": "primary", "matched": "success", "meeting": "success", "draft": "", "closed": ""}

NEED_TITLE = _("Detecting surface defects on battery electrodes in line")

NEEDS = (
    (
        "N-2026-0147",
        NEED_TITLE,
        _("Hanbit Energy"),
        "battery",
        "open",
        12,
        3,
        "2026-12-04",
        480_000_000,
    ),
    (
        "N-2026-0146",
        _("Path planning for forty mobile robots in one warehouse"),
        _("Saebyeok Logistics"),
        "robot",
        "matched",
        9,
        0,
        "2026-12-11",
        320_000_000,
    ),
    (
        "N-2026-0142",
        _("Leak detection for hydrogen pipes below 10 ppm"),
        _("Namhae Gas"),
        "hydrogen",
        "open",
        4,
        1,
        "2026-12-18",
        650_000_000,
    ),
    (
        "N-2026-0139",
        _("Cell culture media without animal serum"),
        _("Dasan Bio"),
        "bio",
        "meeting",
        7,
        0,
        "2026-11-27",
        210_000_000,
    ),
    (
        "N-2026-0133",
        _("Reading worn part numbers on castings"),
        _("Gyeongin Machinery"),
        "vision",
        "open",
        15,
        6,
        "2027-01-08",
        90_000_000,
    ),
    (
        "N-2026-0128",
        _("Gripper for soft food trays"),
        _("Saebyeok Logistics"),
        "robot",
        "draft",
        0,
        0,
        "",
        150_000_000,
    ),
    (
        "N-2026-0121",
        _("State of health of used modules within ten minutes"),
        _("Hanbit Energy"),
        "battery",
        "matched",
        6,
        0,
        "2026-12-23",
        1_250_000_000,
    ),
    (
        "N-2026-0117",
        _("Weld seam inspection in bright sunlight"),
        _("Haeoreum Shipyard"),
        "vision",
        "open",
        0,
        0,
        "2026-12-30",
        270_000_000,
    ),
    (
        "N-2026-0108",
        _("Purification of hydrogen from by-product gas"),
        _("Namhae Gas"),
        "hydrogen",
        "closed",
        11,
        0,
        "2026-10-31",
        2_400_000_000,
    ),
    (
        "N-2026-0102",
        _("Robot arm that hands tools to a worker"),
        _("Gyeongin Machinery"),
        "robot",
        "closed",
        8,
        0,
        "2026-10-16",
        430_000_000,
    ),
)


class NeedFilter(forms.Form):
    q = TextField(label=_("Words"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False, choices=[("", _("All")), *FIELDS])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES])


class OfferForm(forms.Form):
    """A form with every kind of widget; shown once empty and once with mistakes."""

    name = TextField(
        label=_("Name of your technology"),
        max_length=80,
        help_text=_("As you would say it to a customer."),
    )
    field = forms.ChoiceField(label=_("Field"), choices=[("", _("Please choose")), *FIELDS])
    summary = TextField(
        label=_("What can it do?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences are enough. You can add more later."),
    )
    ready = forms.ChoiceField(
        label=_("How far is it?"),
        widget=forms.RadioSelect,
        choices=[
            ("idea", _("Worked in the laboratory")),
            ("prototype", _("Prototype tested at a customer's site")),
            ("product", _("Sold as a product")),
        ],
    )
    wishes = forms.MultipleChoiceField(
        label=_("What are you looking for?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("pilot", _("A place to test")),
            ("joint", _("Joint development")),
            ("sale", _("A buyer")),
        ],
    )
    available_on = forms.DateField(
        label=_("Available from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    brochure = forms.FileField(
        label=_("Brochure"), required=False, help_text=_("PDF or HWPX, up to 20 MB.")
    )
    agree = forms.BooleanField(
        label=_("Demand organisations may see this"),
        help_text=_("You can withdraw this at any time."),
    )


def needs(query: Mapping[str, str]) -> list[Sample]:
    """The invented needs, filtered and sorted as the query says."""
    names, states = dict(FIELDS), dict(STATES)
    keys = (
        "number",
        "title",
        "organisation",
        "field",
        "state",
        "matches",
        "new",
        "until",
        "budget",
    )
    samples: list[Sample] = [dict(zip(keys, row, strict=True)) for row in NEEDS]
    words = query.get("q", "")
    samples = [
        {
            **need,
            "field_label": names[need["field"]],
            "state_label": states[need["state"]],
            "tone": TONES[need["state"]],
            "soon": need["until"] == "2026-11-27",
        }
        for need in samples
        if query.get("field", "") in ("", need["field"])
        and query.get("state", "") in ("", need["state"])
        and words in str(need["title"])
    ]
    sort = query.get("sort", "")
    if sort.lstrip("-") in keys:
        samples.sort(key=lambda need: str(need[sort.lstrip("-")]), reverse=sort.startswith("-"))
        if sort.lstrip("-") in ("budget", "matches"):
            samples.sort(key=lambda need: need[sort.lstrip("-")], reverse=sort.startswith("-"))
    return samples


def need_menu() -> list[Sample]:
    return [
        {"label": _("All needs"), "url": "#main", "current": True, "count": 10},
        {"label": _("Ours"), "url": "#main", "count": 4},
        {"label": _("Waiting for us"), "url": "#main", "count": 3},
        {"label": _("Drafts"), "url": "#main", "count": 1},
        {"label": _("Upload a workbook"), "url": "#main"},
    ]


def figures() -> list[Sample]:
    return [
        {
            "number": 10,
            "unit": pgettext_lazy("counter of needs", " needs"),
            "label": _("Needs this year"),
            "url": "#main",
            "note": _("2 more than last year"),
        },
        {
            "number": 2,
            "unit": pgettext_lazy("counter of needs", " needs"),
            "label": _("Without a match"),
            "url": "#main",
            "note": _("oldest since 21 days"),
        },
        {
            "number": 5,
            "unit": pgettext_lazy("counter of requests", " requests"),
            "label": _("Meeting requests unanswered"),
            "url": "#main",
            "note": _("1 overdue"),
            "tone": "danger",
        },
        {
            "number": 3,
            "unit": pgettext_lazy("counter of needs", " needs"),
            "label": _("Deadlines this week"),
            "url": "#main",
        },
    ]


def stages() -> list[Sample]:
    return [
        {"label": _("Registered"), "state": "done", "on": "2026-10-12"},
        {"label": _("Published"), "state": "done", "on": "2026-10-19"},
        {"label": _("Reviewing matches"), "state": "now", "on": _("since 2026-11-09")},
        {"label": _("Meeting"), "state": "next"},
        {"label": _("Joint project"), "state": "next"},
    ]


def matches() -> list[Sample]:
    return [
        {
            "id": "match-1",
            "who": _("Mirae Vision"),
            "meta": _("Daejeon, 24 people, founded 2019"),
            "new": True,
            "why": _(
                "They inspect coated film at the line speed you need, and have done so "
                "at two battery makers."
            ),
            "words": _(
                "Our line-scan system finds scratches and pinholes from 20 µm on webs "
                "of up to 80 m a minute. It runs on one industrial PC beside the line."
            ),
            "before": _(
                "Defects on coated electrodes are found too late. We look for a system that "
            ),
            "passage": _(
                "finds pinholes and scratches of 30 µm while the web runs at 60 m a minute"
            ),
            "after": _(", without stopping the line."),
            "misfits": [
                _("Has not yet been tested on wet coating."),
                _("Delivery takes five months; you asked for three."),
            ],
            "readiness": 7,
            "readiness_label": _("Tested in operation"),
        },
        {
            "id": "match-2",
            "new": False,
            "who": _("Onnuri Optics"),
            "meta": _("Cheongju, 9 people, founded 2022"),
            "why": _("Their sensor measures coating thickness, the second part of your need."),
            "words": _(
                "An interferometric sensor for wet and dry layers between 5 and 300 µm, "
                "contactless, with ten readings a millisecond."
            ),
            "before": _("At the same time "),
            "passage": _(
                "the thickness of the wet layer should be recorded across the whole width"
            ),
            "after": _(" so that drift is seen early."),
            "misfits": [_("Does not detect scratches.")],
            "readiness": 5,
            "readiness_label": _("Prototype in a relevant environment"),
        },
    ]


def need_facts() -> list[tuple[Any, Any]]:
    return [
        (_("Number"), "N-2026-0147"),
        (_("Organisation"), _("Hanbit Energy")),
        (_("Contact"), _("Yun Seo-yeon, technology scouting")),
        (_("Field"), _("Batteries, machine vision")),
        (_("Visible to"), _("Registered firms")),
    ]


def history() -> list[Sample]:
    return [
        {
            "when": "2026-11-20 14:32",
            "who": _("Yun Seo-yeon"),
            "what": _("Need changed"),
            "changes": [{"field": _("Deadline"), "before": "2026-11-27", "after": "2026-12-04"}],
        },
        {
            "when": "2026-11-09 09:05",
            "who": _("Programme office"),
            "what": _("12 matches proposed"),
            "changes": [],
        },
        {
            "when": "2026-10-19 16:48",
            "who": _("Kim Do-hyun"),
            "what": _("Need published"),
            "changes": [
                {
                    "field": _("Visible to"),
                    "before": _("Own organisation"),
                    "after": _("Registered firms"),
                }
            ],
        },
    ]


def need_tabs() -> list[Sample]:
    return [
        {"label": _("New matches"), "url": "#main", "current": True, "count": 2},
        {"label": _("Interesting"), "url": "#main", "count": 4},
        {"label": _("Not for us"), "url": "#main", "count": 6},
        {"label": _("Meetings"), "url": "#main", "count": 0},
    ]


def gallery_context(query: Mapping[str, str]) -> Sample:
    return {
        "fields": FIELDS,
        "wishes": [
            ("pilot", _("A place to test"), _("You bring the prototype, they bring the line.")),
            ("joint", _("Joint development"), ""),
            ("sale", _("A buyer"), ""),
        ],
        "empty_form": OfferForm(),
        "wrong_form": OfferForm(
            {"wrong-field": "robot", "wrong-summary": "…", "wrong-agree": "on"}, prefix="wrong"
        ),
        "problems": [
            {
                "sheet": _("Needs"),
                "cell": "C14",
                "problem": _("“2026-13-04” is not a date."),
                "fix": _("Write the date as 2026-12-04."),
            },
            {
                "sheet": _("Needs"),
                "cell": "F22",
                "problem": _("The field “etc.” is not in the list."),
                "fix": _("Choose a field from the list in column F."),
            },
        ],
        "needs": needs(query)[:4],
        "chips": [
            {"label": _("Field"), "value": _("Batteries"), "remove_url": "#filters"},
            {"label": _("State"), "value": _("Open"), "remove_url": "#filters"},
        ],
        "page": Paginator(range(312), 10).get_page(query.get("page", 4)),
        "tabs": need_tabs(),
        "facts": need_facts(),
        "stages": stages(),
        "match": matches()[0],
        "figures": figures(),
        "history": history(),
        "by_field": [
            {"label": _("Batteries"), "value": 128, "url": "#chart"},
            {"label": _("Robotics"), "value": 96, "url": "#chart"},
            {"label": _("Machine vision"), "value": 61, "url": "#chart"},
            {"label": _("Hydrogen"), "value": 27, "url": "#chart"},
        ],
        "steps": [
            {"label": _("Needs"), "value": 40},
            {"label": _("Matched"), "value": 31},
            {"label": _("Met"), "value": 18},
            {"label": _("Agreed"), "value": 10},
        ],
        "parts": [
            {"label": _("Open innovation"), "value": 60},
            {"label": _("Group projects"), "value": 30},
            {"label": _("Free proposals"), "value": 10},
        ],
        "plan": [
            {"label": _("Matches"), "value": 412, "plan": 400},
            {"label": _("Meetings"), "value": 126, "plan": 180},
            {"label": _("Agreements"), "value": 38, "plan": 40},
        ],
    }
