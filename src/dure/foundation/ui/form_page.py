"""Pages with forms. The rule of the house: a form that was sent and cannot be taken answers 422."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from dure.foundation.ui.answers import refusal_in


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    back: str,
    breadcrumb: list[dict[str, str]],
    lead: str = "",
    done: str = "",
    field: str | None = None,
    template: str = "ui/form_page.html",
) -> HttpResponse:
    """Show a form; when it is sent, `act` on what it says and go `back`, saying `done`.

    Where the operation in `act` refuses, its reason stands in the form, at `field` if there is one,
    and nothing that was written is lost.
    """
    if request.method == "POST" and form.is_valid():
        with refusal_in(form, field) as outcome:
            act(form.cleaned_data)
        if outcome.is_done:
            if done:
                messages.success(request, done)
            return redirect(back)
    return show_form(
        request,
        form,
        title=title,
        button=button,
        back=back,
        breadcrumb=breadcrumb,
        lead=lead,
        template=template,
    )


def show_form(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    button: str,
    back: str,
    breadcrumb: list[dict[str, str]],
    lead: str = "",
    template: str = "ui/form_page.html",
    **more: object,
) -> HttpResponse:
    """Show a form as it is, with its button and the way `back`.

    A `template` that extends `ui/form_page.html` may say `more` above the form.
    """
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "back": back,
        "breadcrumb": breadcrumb,
    }
    return render_forms(request, template, context | more)


def render_forms(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with forms in its context; 422 where one of them was sent and cannot be taken."""
    is_refused = request.method == "POST" and any(map(_cannot_be_taken, context.values()))
    return render(request, template, context, status=422 if is_refused else 200)


def _cannot_be_taken(value: object) -> bool:
    if not isinstance(value, BaseForm | BaseFormSet):
        return False
    return value.is_bound and not value.is_valid()
