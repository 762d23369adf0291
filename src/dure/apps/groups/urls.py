"""The addresses of exchange groups."""

from django.urls import path

from dure.apps.groups.views import acting, groups, survey

app_name = "groups"
prefix = "groups/"

urlpatterns = [
    path("", groups.group_list, name="groups"),
    path("new/", groups.new, name="new"),
    path("survey/", survey.survey, name="survey"),
    path("survey/template/", survey.survey_template, name="survey_template"),
    path("survey/upload/", survey.upload, name="upload"),
    path("survey/<uuid:pk>/", survey.import_job, name="import_job"),
    path("survey/<uuid:pk>/confirm/", survey.confirm_import, name="confirm_import"),
    path("<int:pk>/", groups.group, name="group"),
    path("<int:pk>/join/", acting.join, name="join"),
    path("<int:pk>/officers/new/", acting.officer, name="officer"),
    path("<int:pk>/activities/new/", acting.activity, name="activity"),
    path("<int:pk>/goals/new/", acting.goal, name="goal"),
    path("members/<int:pk>/leave/", acting.leave, name="leave"),
    path("goals/<int:pk>/review/", acting.review, name="review"),
]
