"""Pages on which the office has applications judged again and makes the ranking anew."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.applications.models import Application
from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import ReasonForm, RenewForm, ReplaceVoterForm, SecondPanelForm
from dure.apps.selection.models import Reviewer, Selection
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent, show_form


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judge_across(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge the applications around the cut again, by members of all panels."""
    shown = _selection(request, pk)
    rules = queries.rules_of(shown)
    among = queries.seated_in(shown)
    return form_page(
        request, SecondPanelForm(request.POST or None, among=among),
        lambda given: operations.judge_across(
            selection=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("Judge again across panels"), button=_("Form this panel and ask its members"),
        lead=_(
            "The best %(fixed)s %% of the places are fixed; those after them up to %(until)s %% of"
            " the places are judged again."
        ) % {"fixed": rules.fixed_percent, "until": rules.judged_again_percent},
        back=reverse("selection:selection", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, _("Judge again across panels")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judge_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the second panel that judges what an objection is about."""
    objection = get_object_or_404(queries.objections_visible_to(request.user), pk=pk)
    _office_only(request)
    among = _second_judges(request, objection.decision.application)
    form = SecondPanelForm(request.POST or None, among=among, initial=_same(objection, among))
    back = reverse("selection:objection", args=[objection.pk])
    return form_page(
        request, form,
        lambda given: operations.judge_again(
            objection=objection, **given, by=request.user, at=timezone.now()
        ),
        title=_("Name the second panel"), lead=str(objection.decision.application),
        button=_("Form this panel and ask its members"), back=back,
        breadcrumb=presenters.crumbs(objection.decision.selection, _("Objection")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judge_for_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the panel that judges a decided application of which a sheet stopped counting."""
    _office_only(request)
    item = get_object_or_404(queries.lines_visible_to(request.user), pk=pk)
    among = _second_judges(request, item.application)
    return form_page(
        request, SecondPanelForm(request.POST or None, among=among),
        lambda given: operations.judge_for_conflict(
            item=item, **given, by=request.user, at=timezone.now()
        ),
        title=_("Name the second panel"), lead=str(item.application),
        button=_("Form this panel and ask its members"),
        back=reverse("selection:selection", args=[item.selection_id]),
        breadcrumb=presenters.crumbs(item.selection, _("Conflict of interest")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace_voter(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody in the place of a member who cannot vote on an objection."""
    _office_only(request)
    voter = get_object_or_404(queries.voters_visible_to(request.user), pk=pk)
    among = queries.voters_among(voter.objection, timezone.localdate())
    return form_page(
        request, ReplaceVoterForm(request.POST or None, among=among),
        lambda given: operations.replace_voter(
            voter=voter, **given, by=request.user, at=timezone.now()
        ),
        title=_("Name somebody else"), lead=str(voter), button=_("Name and ask to vote"),
        back=reverse("selection:objection", args=[voter.objection_id]),
        breadcrumb=presenters.crumbs(voter.objection.decision.selection, _("Objection")),
    )  # fmt: skip


def _second_judges(request: HttpRequest, application: Application) -> QuerySet[Reviewer]:
    offered = queries.second_judges(application, timezone.localdate())
    return queries.reviewers_in_pool(request.user).filter(
        pk__in=[reviewer.pk for reviewer in offered]
    )


def _same(objection: object, among: object) -> dict[str, list[Reviewer]]:
    """The members who heard the objection stand chosen, as far as they can judge it."""
    heard = objection.voters.values("reviewer")  # type: ignore[attr-defined]
    return {"reviewers": list(among.filter(pk__in=heard))}  # type: ignore[attr-defined]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """What a ranking made anew would change, and the proposal of it."""
    shown = _selection(request, pk)
    back = reverse("selection:table", args=[shown.pk])
    form = RenewForm(sent(request), losses=presenters.losses(shown))
    if request.method == "POST":
        return form_page(
            request, form,
            lambda given: operations.propose_renewal(
                selection=shown, reason=given["reason"], answers=form.answers(), by=request.user,
                at=timezone.now(),
            ),
            title=_("Make the ranking anew"), button=_("Propose this ranking"), back=back,
            breadcrumb=presenters.crumbs(shown, _("Make the ranking anew")),
        )  # fmt: skip
    return show_form(
        request, form, title=_("Make the ranking anew"), button=_("Propose this ranking"),
        lead=_(
            "Whom others overtake keeps its place. Only where a conflict of interest left sheets that do"
            " not carry it is a place taken back, or kept with a reason."
        ), back=back,
        breadcrumb=presenters.crumbs(shown, _("Make the ranking anew")),
        template="selection/renew.html", changes=presenters.changes(shown),
        losses=presenters.loss_rows(form.losses),
    )  # fmt: skip


@login_required
@require_POST
def decide_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on the ranking made anew, or take it off."""
    shown = _selection(request, pk)
    if request.POST.get("what") == "back":
        with flash_outcome(request, _("Taken off; the decision stands as it was.")):
            operations.drop_renewal(selection=shown, by=request.user)
    else:
        with flash_outcome(request, _("Decided. Whom it concerns is told.")):
            operations.decide_renewal(selection=shown, by=request.user, at=timezone.now())
    return redirect("selection:table", shown.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an applicant gives its place up."""
    _office_only(request)
    decision = get_object_or_404(queries.decisions_visible_to(request.user), pk=pk)
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.record_withdrawal(
            decision=decision, reason=given["reason"], by=request.user, at=timezone.now()
        ),
        title=_("Record that it is given up"), lead=str(decision.application),
        button=_("Record it"), back=reverse("selection:table", args=[decision.selection_id]),
        breadcrumb=presenters.crumbs(decision.selection, _("Record that it is given up")),
    )  # fmt: skip


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _selection(request: HttpRequest, pk: int) -> Selection:
    _office_only(request)
    return get_object_or_404(queries.selections_visible_to(request.user), pk=pk)
