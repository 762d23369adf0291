"""Votes: opened, cast, counted, and checked by whoever cast one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.councils import operations, permissions, presenters, queries
from dure.apps.councils.forms import BallotForm, CodeForm, VoteForm
from dure.apps.councils.kinds import Council
from dure.apps.councils.models import Item, Vote, WinWinModel
from dure.apps.councils.pages import (
    Crumbs,
    crumbs,
    model_for,
    secretary_only,
    under_meeting,
    under_model,
    vote_for,
)
from dure.apps.councils.stages import VoteStage
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import form_page, sent, show_form


@require_safe
@login_required
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """One vote: its rule, how many have voted, one's own votes, the count."""
    shown, user = vote_for(request, pk), request.user
    own = queries.electors_of(shown, user)
    context = {
        "vote": shown,
        "name": _name(request, shown),
        "council": shown.file,
        "rule": presenters.rule_words(shown.rule_file),
        "rule_name": str(shown.rule_file),
        "is_open": shown.stage == VoteStage.OPEN,
        "voted": queries.turnout(shown),
        "electors": shown.electors.count(),
        "own": [
            (elector, permissions.may_cast(user, elector, shown, localdate())) for elector in own
        ],
        "result": presenters.result(shown),
        "option": shown.file.called(shown.option) if shown.option else "",
        "open_rows": presenters.open_rows(shown),
        "box": presenters.box_rows(shown),
        "may_run": permissions.may_run(user),
        "breadcrumb": _way(request, shown),
    }
    return render(request, "councils/vote.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def on_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a vote on an item of a running meeting."""
    secretary_only(request)
    meetings = queries.meetings_visible_to(request.user)
    item = get_object_or_404(queries.items_in(meetings), pk=pk)
    return _opening(
        request, item.meeting.file, item, item.model, item.meeting.get_absolute_url(),
        under_meeting(item.meeting, _("Open a vote")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def in_writing(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a written resolution on a model."""
    secretary_only(request)
    model = model_for(request, pk)
    return _opening(
        request, model.file, None, model, model.get_absolute_url(),
        under_model(model, _("Written resolution")),
    )  # fmt: skip


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cast(request: HttpRequest, pk: int, elector: str) -> HttpResponse:
    """Cast a vote. Of a secret one the code is shown with the page, before it is cast."""
    shown = vote_for(request, pk)
    ballot_right = get_object_or_404(queries.electors_of(shown, request.user), pk=elector)
    if not permissions.may_cast(request.user, ballot_right, shown, localdate()):
        return redirect(shown)
    code = request.POST.get("code") or (operations.fresh_code() if shown.is_secret else "")
    form = BallotForm(sent(request), vote=shown, initial={"code": code})
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.cast(
                elector=ballot_right, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        if outcome.is_done:
            messages.success(request, _("Your vote is in the box."))
            return redirect(shown)
    return show_form(
        request,
        form,
        title=_name(request, shown),
        lead=""
        if ballot_right.seat == ballot_right.voter
        else _("You vote for %(name)s.") % {"name": ballot_right.seat},
        button=_("Vote"),
        back=shown.get_absolute_url(),
        breadcrumb=[*_way(request, shown), {"label": _("Vote")}],
        template="councils/cast.html",
        code=code if shown.is_secret else "",
    )


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a vote."""
    secretary_only(request)
    shown = vote_for(request, pk)
    with flash_outcome(request, _("Counted. The resolution stands in the sealed record.")):
        operations.close(vote=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a vote was counted, by its code, and as what."""
    shown = vote_for(request, pk)
    if not (shown.is_secret and shown.stage == VoteStage.CLOSED):
        raise Http404
    form = CodeForm(sent(request))
    ballot = None
    if form.is_valid():
        ballot = queries.counted_with(shown, form.cleaned_data["code"])
        if ballot is None:
            form.add_error("code", _("No ballot of this vote has this code."))
    return show_form(
        request,
        form,
        title=_("Was my vote counted?"),
        lead=_name(request, shown),
        button=_("Look"),
        back=shown.get_absolute_url(),
        breadcrumb=[*_way(request, shown), {"label": _("Was my vote counted?")}],
        template="councils/check.html",
        found=shown.file.called(ballot.option) if ballot else "",
    )


def _opening(
    request: HttpRequest, council: Council, item: Item | None, model: WinWinModel | None,
    back: str, way: Crumbs,
) -> HttpResponse:  # fmt: skip
    form = VoteForm(
        sent(request), council=council, is_written=item is None,
        initial={"is_secret": True, "question": str(item or model)},
    )  # fmt: skip

    def act(values: dict[str, Any]) -> None:
        operations.open_vote(
            council=council, item=item, model=model, by=request.user, at=timezone.now(),
            **{"closes_at": None, **values},
        )  # fmt: skip

    return form_page(
        request,
        form,
        act,
        title=way[-1]["label"],
        lead=_(
            "Who may vote is fixed now. People of the model's firms and who declared an interest have no vote."
        ),
        button=_("Open the vote"),
        back=back,
        breadcrumb=way,
        done=_("Open. All who may vote are told."),
    )


def _name(request: HttpRequest, shown: Vote) -> str:
    """The question; of a model that the reader may not read only its number."""
    if shown.model is None or permissions.may_read(request.user, shown.model):
        return str(shown)
    return _("Model %(number)s") % {"number": shown.model.number}


def _way(request: HttpRequest, shown: Vote) -> Crumbs:
    label = _name(request, shown)
    return under_meeting(shown.item.meeting, label) if shown.item else crumbs(shown.file, label)
