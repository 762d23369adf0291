"""The notices of whoever is signed in, and the link that stops the daily e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.notices import operations, presenters, queries
from dure.apps.notices.models import NoticeKind
from dure.foundation.verdict import Refused

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
    page = Paginator(notices, PAGE).get_page(request.GET.get("page"))
    for notice in page:
        notice.sentence = presenters.sentence(notice)
        notice.icon = presenters.ICONS[NoticeKind(notice.kind)]
    return render(
        request,
        "notices/notice_list.html",
        {
            "page": page,
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
        },
    )


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
        try:
            operations.unsubscribe(token=token)
            is_done = True
        except Refused as refusal:
            messages.error(request, refusal.reason.label)
    return render(request, "notices/unsubscribe.html", {"is_done": is_done})
