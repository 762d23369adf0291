"""All addresses of the site."""

from django.urls import include, path

from dure.foundation.ui.views import glossary

urlpatterns = [
    path("", include("dure.apps.dashboards.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("dure.apps.people.urls")),
    path("", include("dure.apps.ndas.urls")),
    path("", include("dure.apps.catalog.urls")),
    path("matches/", include("dure.apps.matches.urls")),
    path("fairs/", include("dure.apps.consultations.urls")),
    path("fairs/", include("dure.apps.briefings.urls")),
    path("fairs/", include("dure.apps.fairs.urls")),
    path("jobs/", include("dure.apps.jobs.urls")),
    path("notices/", include("dure.apps.notices.urls")),
    path("history/", include("dure.apps.trail.urls")),
    path("glossary/", glossary, name="glossary"),
    path("ui/", include("dure.foundation.ui.urls")),
    path("api/", include("dure.config.api")),
]
