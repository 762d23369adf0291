"""The addresses of selections."""

from django.urls import path

from dure.apps.selection.views import again, asking, office, pool, results, reviewing, sheets, table

app_name = "selection"
prefix = "selection/"

urlpatterns = [
    path("", office.selections, name="list"),
    path("pool/", pool.pool, name="pool"),
    path("pool/<int:pk>/bar/", pool.bar, name="bar"),
    path("profile/", reviewing.profile, name="profile"),
    path("profile/decline/", reviewing.decline, name="decline"),
    path("profile/absence/", reviewing.absence, name="absence"),
    path("reviews/", reviewing.reviews, name="reviews"),
    path("seats/<int:pk>/pledge/", reviewing.pledge, name="pledge"),
    path("seats/<int:pk>/leave/", reviewing.leave, name="leave"),
    path("seats/<int:pk>/chair/", office.elect, name="elect"),
    path("seats/<int:pk>/replace/", office.replace, name="replace"),
    path("panels/<int:pk>/", reviewing.panel, name="panel"),
    path("panels/<int:pk>/remind/", office.remind, name="remind"),
    path("panels/<int:pk>/day/", office.day, name="day"),
    path("panels/<int:pk>/agenda/", reviewing.agenda, name="agenda"),
    path("panels/<int:pk>/move/", reviewing.move, name="move"),
    path("panels/<int:pk>/minutes/", reviewing.minutes, name="minutes"),
    path("items/<int:pk>/", sheets.sheet, name="sheet"),
    path("items/<int:pk>/files/<uuid:uid>/", sheets.file, name="file"),
    path("items/<int:pk>/conflict/", sheets.declare, name="declare"),
    path("items/<int:pk>/hand-in/", asking.hand_in, name="hand_in"),
    path("supplements/<int:pk>/", asking.supplement, name="supplement"),
    path("items/<int:pk>/ask/", asking.ask, name="ask"),
    path("items/<int:pk>/line/", table.line, name="line"),
    path("items/<int:pk>/opinion/", asking.opinion, name="opinion"),
    path("items/<int:pk>/visit/", office.visit, name="visit"),
    path("items/<int:pk>/check/", office.check, name="check"),
    path("items/<int:pk>/pin/", office.pin, name="pin"),
    path("<int:pk>/", office.selection, name="selection"),
    path("<int:pk>/conflicts/", office.conflicts, name="conflicts"),
    path("<int:pk>/panels/", office.form_panels, name="form_panels"),
    path("<int:pk>/table/", table.table, name="table"),
    path("<int:pk>/across/", again.judge_across, name="judge_across"),
    path("<int:pk>/renew/", again.renew, name="renew"),
    path("<int:pk>/renew/decide/", again.decide_anew, name="decide_anew"),
    path("<int:pk>/decide/", table.decide, name="decide"),
    path("<int:pk>/fees/", office.fees, name="fees"),
    path("<int:pk>/fairness/", table.fairness, name="fairness"),
    path("<int:pk>/owner/", asking.owner, name="owner"),
    path("questions/<int:pk>/", asking.question, name="question"),
    path("results/<int:pk>/give-up/", again.give_up, name="give_up"),
    path("results/<int:pk>/letter/", results.letter, name="letter"),
    path("results/<int:pk>/", results.result, name="result"),
    path("results/<int:pk>/object/", results.object_to, name="object"),
    path("objections/<int:pk>/", results.objection, name="objection"),
    path("objections/<int:pk>/again/", again.judge_again, name="judge_again"),
    path("objections/<int:pk>/vote/", results.vote, name="vote"),
]
