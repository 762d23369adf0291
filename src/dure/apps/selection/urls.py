"""The addresses of selections."""

from django.urls import path

from dure.apps.selection.views import office, results, reviewing

app_name = "selection"
prefix = "selection/"

urlpatterns = [
    path("", office.selections, name="list"),
    path("pool/", office.pool, name="pool"),
    path("pool/<int:pk>/bar/", office.bar, name="bar"),
    path("profile/", reviewing.profile, name="profile"),
    path("profile/decline/", reviewing.decline, name="decline"),
    path("profile/absence/", reviewing.absence, name="absence"),
    path("reviews/", reviewing.reviews, name="reviews"),
    path("seats/<int:pk>/pledge/", reviewing.pledge, name="pledge"),
    path("seats/<int:pk>/chair/", office.elect, name="elect"),
    path("seats/<int:pk>/replace/", office.replace, name="replace"),
    path("panels/<int:pk>/", reviewing.panel, name="panel"),
    path("panels/<int:pk>/move/", reviewing.move, name="move"),
    path("panels/<int:pk>/minutes/", reviewing.minutes, name="minutes"),
    path("items/<int:pk>/", reviewing.sheet, name="sheet"),
    path("items/<int:pk>/conflict/", reviewing.declare, name="declare"),
    path("items/<int:pk>/check/", office.check, name="check"),
    path("items/<int:pk>/pin/", office.pin, name="pin"),
    path("<int:pk>/", office.selection, name="selection"),
    path("<int:pk>/conflicts/", office.conflicts, name="conflicts"),
    path("<int:pk>/panels/", office.form_panels, name="form_panels"),
    path("<int:pk>/table/", office.table, name="table"),
    path("<int:pk>/decide/", office.decide, name="decide"),
    path("results/<int:pk>/", results.result, name="result"),
    path("results/<int:pk>/object/", results.object_to, name="object"),
    path("objections/<int:pk>/", results.objection, name="objection"),
    path("objections/<int:pk>/vote/", results.vote, name="vote"),
]
