"""What pages of selections share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dure.foundation.ui.answers import refusal_in


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    back: str,
    breadcrumb: list[dict[str, str]],
    lead: str = "",
) -> HttpResponse:
    """One form with one button, which does one thing and leads back."""
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            act(form.cleaned_data)
        if outcome.is_done:
            return redirect(back)
    context = {
        "form": form, "title": title, "button": button, "back": back, "lead": lead,
        "breadcrumb": breadcrumb,
    }  # fmt: skip
    return render(request, "selection/form.html", context)
