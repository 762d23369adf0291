"""A page with one form and one button, which does one thing and leads back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dure.foundation.ui.answers import refusal_in


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
        request, form, title=title, button=button, back=back, breadcrumb=breadcrumb, lead=lead
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
) -> HttpResponse:
    """Show a form as it is, with its button and the way `back`."""
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "back": back,
        "breadcrumb": breadcrumb,
    }
    return render(request, "ui/form_page.html", context)
