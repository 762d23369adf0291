"""Roadmaps: the list, the tree, a branch, proposals, and revisions."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.roadmaps import operations, permissions, presenters, queries
from dure.apps.roadmaps.forms import OpinionForm, ProposalForm, ProposalsForm, SearchForm
from dure.apps.roadmaps.models import Branch, Proposal, ProposalSource, Roadmap
from dure.foundation.sheets import workbook
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, refusal_in, workbook_response
from dure.foundation.ui.form_page import render_forms

FOUND_SHOWN = 100
ON_A_PAGE = 50
EXPORTED = 10_000


@require_safe
def roadmap_list(request: HttpRequest) -> HttpResponse:
    """All roadmaps side by side; public."""
    shown = [
        {
            "roadmap": roadmap,
            "source": presenters.source_of(roadmap),
            "totals": [
                {"label": presenters.level_name(roadmap, level), "count": count}
                for level, count in enumerate(queries.totals(roadmap))
            ],
        }
        for roadmap in queries.roadmaps()
    ]
    context = {
        "title": _("Technology roadmaps"),
        "breadcrumb": [{"label": _("Technology roadmaps")}],
        "shown": shown,
    }
    return render(request, "roadmaps/roadmaps.html", context)


@require_safe
def roadmap(request: HttpRequest, roadmap_slug: str) -> HttpResponse:
    """The fields of a roadmap, or what a search finds in it; as Excel the whole of it. Public."""
    shown = get_object_or_404(queries.roadmaps(), slug=roadmap_slug)
    everything = list(queries.branches_of(shown))
    if request.GET.get("format") == "xlsx":
        rows = presenters.as_rows(shown, everything)
        return workbook_response(workbook(str(shown), *rows), f"{shown}-{shown.year}")
    form = SearchForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    branches = list(queries.search(shown, words)[: FOUND_SHOWN + 1]) if words else []
    top = [branch for branch in everything if branch.level == 0]
    context = {
        "title": str(shown),
        "breadcrumb": presenters.breadcrumb(shown, [], ""),
        "roadmap": shown,
        "source": presenters.source_of(shown),
        "levels": [
            {"name": presenters.named(level), "count": count}
            for level, count in zip(shown.levels, queries.totals(shown), strict=True)
        ],
        "form": form,
        "words": words,
        "found": presenters.nodes(branches[:FOUND_SHOWN], everything, shown, request.user),
        "has_more": len(branches) > FOUND_SHOWN,
        "groups": _grouped(shown, presenters.nodes(top, everything, shown, request.user)),
        "changes": list(queries.revisions_of(shown)[:10]),
        "to_release": len(queries.to_release(shown)) if _may_decide(request) else 0,
        "may_propose": permissions.may_propose(request.user),
    }
    return render(request, "roadmaps/roadmap.html", context)


@require_safe
def branch(request: HttpRequest, roadmap_slug: str, branch_code: str) -> HttpResponse:
    """A branch: where it stands, what is below it, what it received. Public."""
    shown = _branch(roadmap_slug, branch_code)
    roadmap = shown.roadmap
    everything = list(queries.below(shown))
    children = [branch for branch in everything if branch.parent_id == shown.pk]
    context = {
        "title": str(shown),
        "breadcrumb": presenters.breadcrumb(roadmap, queries.ancestors(shown), str(shown)),
        "roadmap": roadmap,
        "branch": shown,
        "level": presenters.level_name(roadmap, shown.level),
        "other_name": shown.name_en if str(shown) == shown.name else shown.name,
        "node": presenters.nodes([shown], everything, roadmap, request.user)[0],
        "children": presenters.nodes(children, everything, roadmap, request.user),
        "children_name": (
            presenters.level_name(roadmap, shown.level + 1)
            if shown.level + 1 < len(roadmap.levels)
            else ""
        ),
        "proposals": _rows(queries.proposals_visible_to(request.user).filter(branch=shown)),
        "may_propose": permissions.may_propose(request.user),
    }
    return render(request, "roadmaps/branch.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, roadmap_slug: str, branch_code: str = "") -> HttpResponse:
    """Propose a change of a roadmap."""
    roadmap = get_object_or_404(queries.roadmaps(), slug=roadmap_slug)
    on = _branch(roadmap_slug, branch_code) if branch_code else None
    form = ProposalForm(
        request.POST or None,
        branch=on,
        is_office=bool(_may_decide(request)),
        initial={"source": ProposalSource.EXPERT},
    )
    if request.method == "POST" and form.is_valid():
        cleaned = {"source": ProposalSource.PUBLIC} | form.cleaned_data
        with refusal_in(form) as outcome:
            made = operations.propose(
                roadmap=roadmap, branch=on, **cleaned, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("roadmaps:proposal", made.pk)
    line = [*queries.ancestors(on), on] if on else []
    context = {
        "title": _("Propose a change"),
        "breadcrumb": presenters.breadcrumb(roadmap, line, _("Propose a change")),
        "roadmap": roadmap,
        "branch": on,
        "form": form,
    }
    return render_forms(request, "roadmaps/propose.html", context)


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What was proposed and what became of it; also as Excel. Open ones only for experts."""
    form = ProposalsForm(request.GET)
    proposals = form.narrow(queries.proposals_visible_to(request.user))
    if request.GET.get("format") == "xlsx":
        rows = presenters.proposals_as_rows(proposals[:EXPORTED])
        name = f"{_('Proposals for roadmaps')}-{timezone.localdate().isoformat()}"
        return workbook_response(workbook(_("Proposals"), *rows), name)
    page = Paginator(proposals, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Proposals for roadmaps"),
        "breadcrumb": presenters.breadcrumb(None, [], _("Proposals for roadmaps")),
        "form": form,
        "chips": listing.chips(form, request.GET),
        "page": page,
        "rows": _rows(page),
    }
    return render(request, "roadmaps/proposals.html", context)


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, what experts think of it, and the decision with its reason."""
    return _proposal_page(request, _proposal(request, pk), OpinionForm())


@login_required
@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opinion, or another one than before."""
    shown = _proposal(request, pk)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _proposal_page(request, shown, form)
    with flash_outcome(request, _("Your opinion is kept. The office reads it before it decides.")):
        operations.give_opinion(
            proposal=shown, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    return redirect("roadmaps:proposal", pk)


@login_required
@require_POST
def proposal_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal up, leave it out, or take it back."""
    shown = _proposal(request, pk)
    with flash_outcome(request, _("It is decided.")):
        operations.move(
            proposal=shown,
            stage=request.POST.get("stage", ""),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("roadmaps:proposal", pk)


@login_required
@require_POST
def release(request: HttpRequest, roadmap_slug: str) -> HttpResponse:
    """Put what was taken up into force."""
    shown = get_object_or_404(queries.roadmaps(), slug=roadmap_slug)
    count = len(queries.to_release(shown))
    done = ngettext(
        "The revision is in force, with %(count)d change.",
        "The revision is in force, with %(count)d changes.",
        count,
    )
    with flash_outcome(request, done % {"count": count}):
        operations.release_revision(roadmap=shown, by=request.user, at=timezone.now())
    return redirect("roadmaps:roadmap", roadmap_slug)


def _branch(slug: str, code: str) -> Branch:
    return get_object_or_404(
        queries.branches().select_related("parent__parent"), roadmap__slug=slug, code=code
    )


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    return get_object_or_404(queries.proposals_visible_to(request.user), pk=pk)


def _proposal_page(request: HttpRequest, shown: Proposal, form: OpinionForm) -> HttpResponse:
    user = request.user
    moves = [
        move.judged(permissions.may_move(user, shown, move.stage))
        for move in presenters.MOVES
        if _concerns(request, shown, move.stage)
    ]
    is_expert = bool(permissions.may_judge(user))
    context = {
        "title": presenters.sentence(shown),
        "breadcrumb": presenters.breadcrumb(shown.roadmap, [], presenters.sentence(shown)),
        "proposal": shown,
        "tone": presenters.TONES[shown.stage],
        "moves": moves,
        "opinions": queries.opinions_on(shown) if is_expert else [],
        "may_give_opinion": permissions.may_give_opinion(user, shown),
        "is_expert": is_expert,
        "form": form,
    }
    return render_forms(request, "roadmaps/proposal.html", context)


def _concerns(request: HttpRequest, shown: Proposal, stage: str) -> bool:
    """Whether a move is this reader's business at all; then it is shown, with why not."""
    if shown.stage != "PROPOSED":
        return False
    if stage == "WITHDRAWN":
        return shown.proposed_by_id == request.user.pk
    return bool(_may_decide(request))


def _may_decide(request: HttpRequest) -> bool:
    return bool(permissions.may_decide(request.user))


def _rows(shown: object) -> list[dict]:
    return [
        {
            "proposal": proposal,
            "sentence": presenters.sentence(proposal),
            "tone": presenters.TONES[proposal.stage],
        }
        for proposal in shown
    ]


def _grouped(roadmap: Roadmap, top: list) -> list[dict]:
    """The fields under the names of their groups, those without a group last."""
    groups = [
        {"name": presenters.named(names), "nodes": [n for n in top if n.branch.group == key]}
        for key, names in roadmap.groups.items()
    ]
    rest = [node for node in top if node.branch.group not in roadmap.groups]
    return [*groups, *([{"name": "", "nodes": rest}] if rest else [])]
