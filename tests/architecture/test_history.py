"""Every record is in the history, or says why not."""

from django.apps import apps

from dure.apps.trail.queries import recorded_models

# Of libraries: sessions and queues change all the time, the rest is written by their own pages.
LIBRARIES = {
    "account": "addresses and their confirmation; the address of an account is kept with the user",
    "auth": "groups and permissions of Django, which nothing here uses",
    "contenttypes": "the list of models",
    "mfa": "secrets of second factors, which must stand in no second place",
    "pghistory": "the history itself",
    "procrastinate": "the queue; jobs of ours are rows of their own",
    "sessions": "who is signed in, changed by every page",
    "socialaccount": "links to other providers and their secrets",
}


def test_every_model_is_in_the_history_or_says_why_not():
    recorded = set(recorded_models())
    silent = [
        model.__name__
        for model in apps.get_models()
        if model not in recorded
        and model._meta.app_label not in LIBRARIES
        and not hasattr(model, "pgh_tracked_model")
        and not getattr(model, "untracked_reason", "")
    ]
    assert silent == []


def test_nothing_that_is_kept_says_that_it_is_not():
    assert [m for m in recorded_models() if getattr(m, "untracked_reason", "")] == []
