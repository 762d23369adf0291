"""The survey of groups as a group answers it itself; officers bring it as a spreadsheet."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.groups import operations
from dure.apps.groups.forms import SurveyForm
from dure.apps.groups.pages import crumbs, own_group
from dure.foundation.ui.form_page import form_page, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The survey as a group answers it itself, by form."""
    shown = own_group(request, pk)
    form = SurveyForm(sent(request), initial=model_to_dict(shown))

    def act(values: dict[str, Any]) -> None:
        operations.answer_survey(group=shown, values=values, by=request.user, at=timezone.now())

    title = _("Answer the survey")
    return form_page(
        request, form, act, title=title, lead=str(shown), button=_("Save"),
        back=shown.get_absolute_url(), breadcrumb=crumbs(shown, title),
    )  # fmt: skip
