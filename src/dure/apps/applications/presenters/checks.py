"""The eligibility that was kept with a submission, in the reader's language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.applications.models import ROLES, Submission

_ROLES = {str(role): label for role, label in ROLES}


def kept_checks(submission: Submission) -> list[dict[str, Any]]:
    """What was known of each member at the deadline, rule by rule; nothing before the opening."""
    return [
        {
            "organisation": check["organisation"],
            "role": _ROLES.get(check["role"], check["role"]),
            "as_of": check["as_of"],
            "lines": [_line(rule) for rule in check["rules"]],
        }
        for check in submission.checks or ()
    ]


def _line(rule: dict[str, Any]) -> dict[str, Any]:
    language = "en" if get_language() == "en" else "ko"
    tone, answer = _answer(rule)
    return {
        "question": rule["question"][language],
        "said": rule["said"][language],
        "tone": tone,
        "answer": answer,
    }


def _answer(rule: dict[str, Any]) -> tuple[str, str]:
    if rule["answer"] == "yes":
        return "success", _("Fine")
    if rule["answer"] == "unknown":
        return "warning", _("Not known")
    if rule["is_barred"]:
        return "danger", _("Stands in the way")
    return "warning", _("Bring along") if rule["is_paper"] else _("To put right in time")
