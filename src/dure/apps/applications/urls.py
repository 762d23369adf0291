"""The addresses of applications."""

from django.urls import path

from dure.apps.applications.views import (
    members,
    office,
    own,
    parts,
    plans,
    recommending,
    starting,
    submitting,
)

app_name = "applications"
prefix = "applications/"

urlpatterns = [
    path("", own.application_list, name="list"),
    path("check/<int:call_id>/", starting.self_check, name="check"),
    path("start/<int:call_id>/", starting.start, name="start"),
    path("joint/<int:record_id>/", starting.joint, name="joint"),
    path("calls/<int:call_id>/", office.of_call, name="of_call"),
    path("calls/<int:call_id>/open/", office.request_opening, name="request_opening"),
    path("recommend/<int:pk>/", recommending.recommend, name="recommend"),
    path("openings/<int:pk>/", office.settle_opening, name="settle_opening"),
    path("late/<int:pk>/", office.admit, name="admit"),
    path("admissions/<int:pk>/", office.settle_admission, name="settle_admission"),
    path("members/<int:pk>/answer/", members.answer, name="answer"),
    path("members/<int:pk>/confirm/", members.confirm, name="confirm"),
    path("members/<int:pk>/leave/", members.leave, name="leave"),
    path("members/<int:pk>/drop/", members.drop, name="drop"),
    path("<int:pk>/", own.application, name="application"),
    path("<int:pk>/preview/", own.preview, name="preview"),
    path("<int:pk>/plan/", plans.research_plan, name="research_plan"),
    path("<int:pk>/plan/cover/", plans.fill_cover, name="fill_cover"),
    path("<int:pk>/plan/<str:ending>/", plans.plan_file, name="plan_file"),
    path("<int:pk>/copy/", own.copy, name="copy"),
    path("<int:pk>/help/", own.let_help, name="help"),
    path("<int:pk>/leader/", own.leader, name="leader"),
    path("helpers/<int:pk>/end/", own.end_help, name="end_help"),
    path("<int:pk>/members/", members.members, name="members"),
    path("<int:pk>/import/<str:table>/<int:participant>/", parts.import_rows, name="import"),
    path("<int:pk>/template/<str:table>/", parts.template, name="template"),
    path("<int:pk>/files/<uuid:uid>/", parts.download, name="file"),
    path("<int:pk>/money/", parts.money, name="money"),
    path("<int:pk>/move/", submitting.move, name="move"),
    path("<int:pk>/approve/", submitting.approve, name="approve"),
    path("<int:pk>/receipt/", submitting.receipt, name="receipt"),
    path("<int:pk>/receipt.pdf", submitting.receipt_pdf, name="receipt_pdf"),
    path("<int:pk>/opened/", office.opened, name="opened"),
    path("<int:pk>/opened/files/<uuid:uid>/", office.opened_file, name="opened_file"),
    path("<int:pk>/parts/<path:name>/", parts.part, name="part"),
]
