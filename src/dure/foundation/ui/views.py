"""The glossary, and the component page: every component in its states with its source."""

from pathlib import Path

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.foundation.parsing import whole_number
from dure.foundation.sheets import workbook
from dure.foundation.ui import listing, samples
from dure.foundation.ui.answers import workbook_response
from dure.foundation.ui.glossary import explained
from dure.foundation.vocabularies.glossary import Term, grouped
from dure.foundation.vocabularies.glossary import glossary as all_terms
from dure.values.text import clean


def gallery(request: HttpRequest) -> HttpResponse:
    context = samples.gallery_context(request.GET)
    sections = []
    for name, title, note in samples.SECTIONS:
        template = f"ui/gallery/{name}.html"
        origin = get_template(template).origin  # type: ignore[attr-defined]  # Django's own has one
        source = Path(origin.name).read_text(encoding="utf-8")
        sections.append(
            {
                "id": name,
                "title": title,
                "note": note,
                "shown": render_to_string(template, context, request),
                "source": source.strip(),
            }
        )
    links = [{"label": section["title"], "url": f"#{section['id']}"} for section in sections]
    trail = [{"label": _("Component library")}]
    return render(
        request, "ui/gallery.html", {"sections": sections, "links": links, "breadcrumb": trail}
    )


def progress(request: HttpRequest) -> HttpResponse:
    """The live fragment: every call is one step further, so that the example moves."""
    done = min((whole_number(request.GET.get("done"), high=412) or 0) + 37, 412)
    return render(request, "ui/_progress_example.html", {"done": done})


def example_list(request: HttpRequest) -> HttpResponse:
    form = samples.NeedFilter(request.GET)
    needs = samples.needs(request.GET)
    page = Paginator(needs, 8).get_page(request.GET.get("page"))
    trail = [
        {"label": _("Component library"), "url": reverse("ui:gallery")},
        {"label": _("Needs")},
    ]
    return render(
        request,
        "ui/examples/need_list.html",
        {
            "form": form,
            "chips": listing.chips(form, request.GET),
            "page": page,
            "total": len(needs),
            "menu": samples.need_menu(),
            "figures": samples.figures(),
            "breadcrumb": trail,
        },
    )


def example_detail(request: HttpRequest) -> HttpResponse:
    trail = [
        {"label": _("Component library"), "url": reverse("ui:gallery")},
        {"label": _("Needs"), "url": reverse("ui:example_list")},
        {"label": samples.NEED_TITLE},
    ]
    return render(
        request,
        "ui/examples/need_detail.html",
        {
            "title": samples.NEED_TITLE,
            "stages": samples.stages(),
            "matches": samples.matches(),
            "facts": samples.need_facts(),
            "history": samples.history(),
            "tabs": samples.need_tabs(),
            "breadcrumb": trail,
        },
    )


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word of the platform with its meaning; as a workbook with `?format=xlsx`."""
    words = clean(request.GET.get("q", ""))[:100]
    entries = [term for term in all_terms().values() if term.holds(words)]
    language = get_language()
    if request.GET.get("format") == "xlsx":
        return _as_workbook(entries, language)
    sections = [
        {
            "id": f"group-{group.code.lower()}",
            "title": group.name_in(language),
            "terms": [explained(term, language) for term in terms],
        }
        for group, terms in grouped(entries)
    ]
    context = {
        "sections": sections,
        "words": words,
        "total": len(entries),
        "breadcrumb": [{"label": _("Glossary")}],
    }
    return render(request, "ui/glossary.html", context)


def _as_workbook(entries: list[Term], language: str | None) -> HttpResponse:
    headers = [
        _("Group"),
        _("Korean"),
        _("Official term"),
        _("English"),
        _("Meaning in Korean"),
        _("Meaning in English"),
    ]
    rows = (
        (group.name_in(language), t.ko, t.official, t.en, t.meaning_ko, t.meaning_en)
        for group, terms in grouped(entries)
        for t in terms
    )
    return workbook_response(workbook(_("Glossary"), headers, rows), _("Glossary"))
