"""Pools of experts: their funnel, programmes and tasks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.support import operations, permissions, presenters, queries
from dure.apps.support.forms import InviteForm, LinkForm, ProgrammeForm, TaskForm
from dure.apps.support.kinds import Pool, pools
from dure.apps.support.pages import crumbs
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.listing import list_page


@require_safe
@login_required
def pools_page(request: HttpRequest) -> HttpResponse:
    """All pools with their figures, and the funnel over all of them."""
    or_404(permissions.may_read_pools(request.user))
    figures = queries.figures_of_pools()
    whole = {name: sum(figure[name] for figure in figures.values()) for name in queries.STEPS}
    context = {
        "funnel": presenters.funnel_of(whole),
        "rows": [{"pool": pools()[code], **known} for code, known in figures.items()],
        "breadcrumb": crumbs(_("Pools of experts")),
    }
    return render(request, "support/pools.html", context)


@require_safe
@login_required
def pool(request: HttpRequest, slug: str) -> HttpResponse:
    """One pool: its funnel, its programmes, and the tasks that the reader sees."""
    or_404(permissions.may_read_pools(request.user))
    shown = _pool(slug)
    programmes = queries.programmes_visible_to(request.user).filter(pool=slug)
    return list_page(
        request,
        "support/pool.html",
        programmes,
        per_page=20,
        context=lambda page: {
            "pool": shown,
            "funnel": presenters.funnel_of(queries.figures_of_pools()[slug]),
            "programmes": page,
            "tasks": queries.tasks_visible_to(request.user).filter(programme__pool=slug)[:50],
            "invitations": queries.invitations_visible_to(request.user).filter(
                profile__pool=slug, answer="OPEN"
            )[:20],
            "may_keep": permissions.may_keep_pools(request.user),
            "may_search": permissions.may_search_profiles(request.user),
            "breadcrumb": _crumbs(str(shown)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite experts into the pool, or to one of its programmes."""
    or_404(permissions.may_keep_pools(request.user))
    shown = _pool(slug)
    form = InviteForm(
        sent(request),
        experts=queries.experts_in(slug),
        programmes=queries.programmes_visible_to(request.user).filter(pool=slug),
    )

    def act(values: dict[str, Any]) -> None:
        operations.invite(by=request.user, at=timezone.now(), **values)

    return _on_pool(request, shown, form, act, title=_("Invite experts"), done=_("Noted."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hold_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter an exchange programme."""
    or_404(permissions.may_keep_pools(request.user))
    shown = _pool(slug)
    form = ProgrammeForm(sent(request), user=request.user)

    def act(values: dict[str, Any]) -> None:
        host = values.pop("organisation")
        operations.hold_programme(
            pool=shown, host=host, by=request.user, at=timezone.now(), **values
        )

    title = _("New exchange programme")
    return _on_pool(request, shown, form, act, title=title, done=_("Entered."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def find_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a task that a programme found."""
    or_404(permissions.may_keep_pools(request.user))
    programme = get_object_or_404(queries.programmes_visible_to(request.user), pk=pk)
    form = TaskForm(
        sent(request),
        user=request.user,
        experts=queries.experts_in(programme.pool),
    )

    def act(values: dict[str, Any]) -> None:
        operations.find_task(programme=programme, by=request.user, at=timezone.now(), **values)

    shown = _pool(programme.pool)
    return _on_pool(request, shown, form, act, title=_("Note a task"), done=_("Noted."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def link_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which support a task led to."""
    or_404(permissions.may_keep_pools(request.user))
    task = get_object_or_404(queries.tasks_visible_to(request.user), pk=pk)
    requests = queries.requests_visible_to(request.user)
    if task.organisation_id:
        requests = requests.filter(organisation=task.organisation_id)
    form = LinkForm(sent(request), requests=requests)

    def act(values: dict[str, Any]) -> None:
        operations.link_task(task=task, by=request.user, at=timezone.now(), **values)

    shown = _pool(task.programme.pool)
    return _on_pool(request, shown, form, act, title=_("Link to support"), done=_("Linked."))


@require_POST
@login_required
def answer_invitation(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """Note what an expert said to an invitation."""
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
    if answer not in ("accepted", "declined"):
        raise Http404
    with flash_outcome(request, _("Noted.")):
        operations.answer_invitation(
            invitation=invitation,
            is_accepted=answer == "accepted",
            by=request.user,
            at=timezone.now(),
        )
    return redirect("support:pool", invitation.profile.pool)


def _pool(slug: str) -> Pool:
    this_pool = pools().get(slug)
    if this_pool is None:
        raise Http404
    return this_pool


def _crumbs(*labels: str) -> list[dict[str, str]]:
    way = crumbs()
    return [
        *way,
        {"label": _("Pools of experts"), "url": reverse("support:pools")},
        *({"label": label} for label in labels),
    ]


def _on_pool(
    request: HttpRequest, shown: Pool, form: Any, act: Any, *, title: str, done: str
) -> HttpResponse:
    return form_page(
        request, form, act, title=title, lead=str(shown), button=_("Save"),
        back=reverse("support:pool", args=[shown.id]), breadcrumb=_crumbs(str(shown), title),
        done=done,
    )  # fmt: skip
