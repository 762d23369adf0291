"""All addresses of the site: those of every app's `urls.py`, under its `prefix` if it has one."""

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.urls import URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from dure.foundation.ui.views import glossary


def of_apps() -> Iterator[URLResolver]:
    """The addresses that the apps bring."""
    for app in apps.get_app_configs():
        if app.name.startswith("dure.apps.") and module_has_submodule(app.module, "urls"):
            urls = import_module(f"{app.name}.urls")
            yield path(getattr(urls, "prefix", ""), include(urls))


urlpatterns = [
    *of_apps(),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("glossary/", glossary, name="glossary"),
    path("ui/", include("dure.foundation.ui.urls")),
    path("api/", include("dure.config.api")),
]
