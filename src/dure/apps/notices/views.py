"""The notices of whoever is signed in, and the link that stops the daily e-mail."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.notices import operations, presenters, queries
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.listing import list_page

PAGE = 30


@require_safe
@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """What the platform told the reader, newest first; everything or what is unread."""
    unread = queries.unread_count(request.user)
    is_unread_only = request.GET.get("show") == "unread"
    notices = queries.notices_of(request.user)
    if is_unread_only:
        notices = notices.filter(read_at__isnull=True)

    def context(page: Page) -> dict[str, Any]:
        for notice in page:
            notice.about = presenters.kind_of(notice)
            notice.sentence = presenters.sentence(notice)
        return {
            "unread": unread,
            "tabs": [
                {"label": _("All"), "url": "?", "current": not is_unread_only},
                {
                    "label": _("Unread"),
                    "url": "?show=unread",
                    "current": is_unread_only,
                    "count": unread,
                },
            ],
            "breadcrumb": [{"label": _("Notices")}],
        }

    return list_page(request, "notices/notice_list.html", notices, per_page=PAGE, context=context)


@require_safe
@login_required
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Go where a notice leads; it counts as read from then on."""
    notice = get_object_or_404(queries.notices_of(request.user), pk=notice_id)
    operations.mark_read(by=request.user, at=timezone.now(), notice=notice)
    return redirect(notice.url or "notices:list")


@require_POST
@login_required
def switch_digest(request: HttpRequest) -> HttpResponse:
    """Turn the daily e-mail on or off."""
    operations.switch_digest(by=request.user, is_wanted=request.POST.get("wants") == "on")
    return redirect("notices:list")


@require_POST
@login_required
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    operations.mark_read(by=request.user, at=timezone.now())
    return redirect("notices:list")


# The signed link is the permission; mail programs post to it without a session (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the daily e-mail, after asking once."""
    is_done = False
    if request.method == "POST":
        with flash_outcome(request):
            operations.unsubscribe(token=token)
            is_done = True
    return render(request, "notices/unsubscribe.html", {"is_done": is_done})
