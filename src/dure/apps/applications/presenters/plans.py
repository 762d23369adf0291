"""What is wrong with a filled form, in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.documents.forms import FormProblem

_SAID: dict[str, str | Promise] = {
    "missing": _("The form has no such place. Use the form from this page, or the official one."),
    "twice": _("The form has this place several times. Take one away."),
    "no_number": _("This is not a number: %(text)s"),
    "several": _("More than one box is ticked: %(text)s"),
    "object": _("There is a table or picture here that is not taken over. Hand it in as a file."),
    "no_room": _("The form has only %(text)s rows for this."),
    "out_of_range": _("Write a number in the range %(text)s."),
    "too_long": _("This is longer than %(text)s characters. Shorten it."),
}
_PLACES: dict[str, str | Promise] = {
    "title": _("Title"),
    "title_en": _("Title in English"),
    "months": _("Months"),
    "trl_now": _("Readiness level now"),
    "trl_goal": _("Readiness level to reach"),
}


def form_problems(problems: Sequence[FormProblem]) -> list[dict[str, Any]]:
    """The places of a form with what is wrong there."""
    return [
        {
            "place": _PLACES.get(problem.place, problem.place),
            "said": str(_SAID.get(problem.kind, _SAID["missing"])) % {"text": problem.text},
        }
        for problem in problems
    ]
