from django.urls import path

from dure.apps.screening import views

app_name = "screening"
prefix = "screening/"

urlpatterns = [
    path("", views.places, name="list"),
    path("start/", views.start, name="start"),
    path("rates/", views.rates, name="rates"),
    path("projects/<int:place_id>/", views.place, name="place"),
    path("projects/<int:place_id>/case/", views.open_case, name="open_case"),
    path("projects/<int:place_id>/tip/", views.tip, name="tip"),
    path("drift/", views.drift, name="drift"),
    path("files/", views.files, name="files"),
    path("files/<int:file_run_id>/", views.file_run, name="file_run"),
    path("files/<int:file_run_id>/delete/", views.delete_files, name="delete_files"),
    path("files/projects/<int:file_place_id>/", views.file_place, name="file_place"),
    path("rules/", views.rules, name="rules"),
    path("rules/signals/<slug:signal>/", views.change_rules, name="change_rules"),
    path("rules/<int:rules_id>/measure/", views.measure_rules, name="measure_rules"),
    path("rules/<int:rules_id>/release/", views.release_rules, name="release_rules"),
    path("rules/<int:rules_id>/drop/", views.drop_rules, name="drop_rules"),
    path("cases/", views.cases, name="cases"),
    path("cases/sample/", views.sample, name="sample"),
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/ask/", views.ask, name="ask"),
    path("cases/<int:case_id>/hold/", views.hold, name="hold"),
    path("cases/<int:case_id>/release/", views.release, name="release"),
    path("cases/<int:case_id>/visit/", views.visit, name="visit"),
    path("cases/<int:case_id>/close/", views.close, name="close"),
    path("questions/<int:question_id>/", views.question, name="question"),
    path("questions/<int:question_id>/judge/", views.judge, name="judge"),
]
