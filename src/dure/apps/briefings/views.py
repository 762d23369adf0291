"""Briefing sessions, commendations, and stories of good practice."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.briefings import permissions, queries
from dure.apps.briefings.forms import BriefingForm, CommendationForm, GuestForm, StoryForm
from dure.apps.briefings.models import Briefing, Story
from dure.apps.briefings.operations import briefings as sessions
from dure.apps.briefings.operations import stories as operations
from dure.apps.briefings.queries import pairs_with_a_record, stories_for_everybody
from dure.apps.fairs.models import Fair
from dure.apps.fairs.permissions import may_run_desk
from dure.apps.fairs.queries import fairs_visible_to
from dure.apps.people.queries import organisations_visible_to
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import page_of
from dure.foundation.ui.pages import breadcrumb, tabs_for

STORIES_ON_A_PAGE = 12


@require_safe
@login_required
def briefings(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The sessions of a fair, with the seats that are left and one's own."""
    fair = _fair(request, fair_id)
    now = timezone.now()
    own = set(
        queries.seats_visible_to(request.user)
        .filter(briefing__fair=fair, holder=request.user.pk)
        .values_list("briefing", flat=True)
    )
    listed = list(queries.briefings_visible_to(request.user).filter(fair=fair))
    context = {
        "fair": fair,
        "rows": [
            {
                "briefing": briefing,
                "left": briefing.seats - briefing.taken_count,
                "is_mine": briefing.pk in own,
                "may_take": permissions.may_take_seat(request.user, briefing, now),
            }
            for briefing in listed
        ],
        "may_edit": permissions.may_edit_briefings(request.user, fair),
        "may_note": may_run_desk(request.user, fair),
        "tabs": tabs_for(request.user, fair, "briefings"),
        "breadcrumb": breadcrumb(fair, _("Briefing sessions")),
    }
    return render(request, "briefings/briefings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def briefing_new(request: HttpRequest, fair_id: int) -> HttpResponse:
    """A new session."""
    fair = _fair(request, fair_id)
    return _briefing_form(request, fair, Briefing(fair=fair))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def briefing_edit(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Change a session."""
    briefing = _briefing(request, briefing_id)
    return _briefing_form(request, briefing.fair, briefing)


@require_POST
@login_required
def briefing_drop(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Remove a session in which nobody has a seat."""
    briefing = _briefing(request, briefing_id)
    _do(request, lambda: sessions.drop_briefing(briefing=briefing, by=request.user))
    return redirect("briefings:briefings", briefing.fair_id)


@require_POST
@login_required
def take_seat(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Take a seat."""
    briefing = _briefing(request, briefing_id)
    done = _do(
        request,
        lambda: sessions.take_seat(briefing=briefing, by=request.user, at=timezone.now()),
    )
    if done:
        messages.success(request, _("You have a seat: %(title)s") % {"title": briefing})
    return redirect("briefings:briefings", briefing.fair_id)


@require_POST
@login_required
def give_seat_back(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Give one's seat to others."""
    briefing = _briefing(request, briefing_id)
    _do(
        request,
        lambda: sessions.give_seat_back(briefing=briefing, by=request.user, at=timezone.now()),
    )
    return redirect("briefings:briefings", briefing.fair_id)


@require_safe
@login_required
def attendance(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Who has a seat in a session, and who came."""
    briefing = _briefing(request, briefing_id)
    may = permissions.may_note_attendance(request.user, briefing)
    if not (may or permissions.may_tell_stories(request.user)):
        raise Http404
    context = {
        "fair": briefing.fair,
        "briefing": briefing,
        "seats": list(queries.seats_visible_to(request.user).filter(briefing=briefing)),
        "form": GuestForm(),
        "may": may,
        "breadcrumb": breadcrumb(briefing.fair, str(briefing)),
    }
    return render(request, "briefings/attendance.html", context)


@require_POST
@login_required
def note_attendance(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Somebody came, or did not after all."""
    seat = get_object_or_404(queries.seats_visible_to(request.user), pk=seat_id)
    _do(
        request,
        lambda: sessions.note_attendance(
            seat=seat,
            has_come=request.POST.get("came") == "yes",
            by=request.user,
            at=timezone.now(),
        ),
    )
    return redirect("briefings:attendance", seat.briefing_id)


@require_POST
@login_required
def admit_guest(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """A guest without an account sits down."""
    briefing, form = _briefing(request, briefing_id), GuestForm(request.POST)
    if form.is_valid():
        _do(
            request,
            lambda: sessions.admit_guest(
                briefing=briefing,
                name=form.cleaned_data["name"],
                by=request.user,
                at=timezone.now(),
            ),
        )
    return redirect("briefings:attendance", briefing.pk)


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Published stories of all fairs, for everybody."""
    page = page_of(request, stories_for_everybody(), STORIES_ON_A_PAGE)
    context = {
        "page": page,
        "cards": [_card(story) for story in page],
        "breadcrumb": [{"label": _("Stories of good practice")}],
    }
    return render(request, "briefings/stories_public.html", context)


@require_safe
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """One story; published ones for everybody, others for staff."""
    stories = stories_for_everybody() if not request.user.is_authenticated else None
    if stories is None:
        stories = stories_for_everybody() | queries.stories_visible_to(request.user).order_by()
    story = get_object_or_404(stories.distinct(), pk=story_id)
    context = {
        "story": story,
        "told": _card(story),
        "may_edit": permissions.may_tell_stories(request.user),
        "breadcrumb": [
            {"label": _("Stories of good practice"), "url": "/fairs/stories/"},
            {"label": str(story), "url": ""},
        ],
    }
    return render(request, "briefings/story.html", context)


@require_safe
@login_required
def fair_stories(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The stories and commendations of one fair."""
    fair = _fair(request, fair_id)
    may_edit = permissions.may_tell_stories(request.user)
    context = {
        "fair": fair,
        "cards": [
            _card(story) for story in queries.stories_visible_to(request.user).filter(fair=fair)
        ],
        "commendations": fair.commendations.select_related("organisation").order_by("award", "pk"),
        "form": _commendation_form(request) if may_edit else None,
        "may_edit": may_edit,
        "tabs": tabs_for(request.user, fair, "stories"),
        "breadcrumb": breadcrumb(fair, _("Stories")),
    }
    return render(request, "briefings/stories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_new(request: HttpRequest, fair_id: int) -> HttpResponse:
    """A new story."""
    fair = _fair(request, fair_id)
    return _story_form(request, fair, Story(fair=fair))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_edit(request: HttpRequest, story_id: int) -> HttpResponse:
    """Change a story."""
    story = get_object_or_404(queries.stories_visible_to(request.user), pk=story_id)
    return _story_form(request, story.fair, story)


@require_POST
@login_required
def story_publish(request: HttpRequest, story_id: int) -> HttpResponse:
    """Show a story to everybody, or to nobody again."""
    story = get_object_or_404(queries.stories_visible_to(request.user), pk=story_id)
    if story.published_at is None:
        _do(
            request,
            lambda: operations.publish_story(story=story, by=request.user, at=timezone.now()),
        )
    else:
        _do(request, lambda: operations.withdraw_story(story=story, by=request.user))
    return redirect("briefings:story", story.pk)


@require_POST
@login_required
def commend(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Note an award."""
    fair, form = _fair(request, fair_id), _commendation_form(request)
    if form.is_valid():
        _do(
            request,
            lambda: operations.commend(fair=fair, values=form.cleaned_data, by=request.user),
        )
    else:
        messages.error(request, _("Say which award, and who receives it."))
    return redirect("briefings:stories", fair.pk)


@require_POST
@login_required
def drop_commendation(request: HttpRequest, fair_id: int, commendation_id: int) -> HttpResponse:
    """Remove an award that was noted by mistake."""
    fair = _fair(request, fair_id)
    commendation = get_object_or_404(fair.commendations, pk=commendation_id)
    _do(
        request,
        lambda: operations.drop_commendation(commendation=commendation, by=request.user),
    )
    return redirect("briefings:stories", fair.pk)


def _fair(request: HttpRequest, fair_id: int) -> Fair:
    return get_object_or_404(fairs_visible_to(request.user), pk=fair_id)


def _briefing(request: HttpRequest, briefing_id: int) -> Briefing:
    return get_object_or_404(queries.briefings_visible_to(request.user), pk=briefing_id)


def _do(request: HttpRequest, operation: Any) -> bool:
    with flash_outcome(request) as outcome:
        operation()
    return outcome.is_done


def _briefing_form(request: HttpRequest, fair: Fair, briefing: Briefing) -> HttpResponse:
    verdict = permissions.may_edit_briefings(request.user, fair)
    if not verdict:
        messages.error(request, verdict.reason.label)
        return redirect("briefings:briefings", fair.pk)
    form = BriefingForm(
        request.POST or None,
        instance=briefing,
        fair=fair,
        organisations=organisations_visible_to(request.user).order_by("name"),
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            if briefing.pk:
                sessions.edit_briefing(
                    briefing=briefing, values=form.cleaned_data, by=request.user, at=timezone.now()
                )
            else:
                sessions.set_up_briefing(fair=fair, values=form.cleaned_data, by=request.user)
        if outcome.is_done:
            return redirect("briefings:briefings", fair.pk)
    title = _("Change the session") if briefing.pk else _("New session")
    context = {
        "fair": fair,
        "form": form,
        "briefing": briefing,
        "title": title,
        "breadcrumb": breadcrumb(fair, title),
    }
    return render_forms(request, "briefings/briefing_form.html", context)


def _story_form(request: HttpRequest, fair: Fair, story: Story) -> HttpResponse:
    verdict = permissions.may_tell_stories(request.user)
    if not verdict:
        raise Http404
    form = StoryForm(request.POST or None, instance=story, pairs=pairs_with_a_record(fair))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in operations.STORY_FIELDS}
        with refusal_in(form) as outcome:
            if story.pk:
                kept = operations.edit_story(
                    story=story, values=values, seen_at=form.seen(), by=request.user
                )
            else:
                kept = operations.write_story(fair=fair, values=values, by=request.user)
        if outcome.is_done:
            return redirect("briefings:story", kept.pk)
    title = _("Change the story") if story.pk else _("New story")
    context = {"fair": fair, "form": form, "title": title, "breadcrumb": breadcrumb(fair, title)}
    return render_forms(request, "briefings/story_form.html", context)


def _commendation_form(request: HttpRequest) -> CommendationForm:
    return CommendationForm(
        request.POST or None,
        organisations=organisations_visible_to(request.user).order_by("name"),
    )


def _card(story: Story) -> dict[str, Any]:
    """A story in the reader's language; what is not translated is told in Korean."""
    is_english = get_language() == "en" and story.body_en
    body = story.body_en if is_english else story.body
    first, _sep, _rest = body.partition("\n")
    return {"story": story, "body": body, "language": "en" if is_english else "ko", "first": first}
