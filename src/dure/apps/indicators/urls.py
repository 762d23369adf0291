"""The addresses of plans and indicators."""

from django.urls import path

from dure.apps.indicators.views import boards, chain, plans, reports, work, year_plans

app_name = "indicators"
prefix = "indicators/"

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("figures.zip", plans.package, name="package"),
    path("boards/", boards.boards, name="boards"),
    path("boards/<slug:board>/", boards.board, name="board"),
    path("boards/<slug:board>/<slug:chart>/", boards.board_records, name="board_records"),
    path("chain/", chain.chain, name="chain"),
    path("work/", work.desk, name="desk"),
    path("figures/<int:pk>/", plans.figure, name="figure"),
    path("revisions/<int:pk>/move/", work.move, name="move"),
    path("revisions/<int:pk>/files/", work.add_files, name="add_files"),
    path("files/<int:pk>/", work.figure_file, name="figure_file"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/report.pdf", reports.report_paper, name="report_paper"),
    path("reports/<int:pk>/report.hwpx", reports.report_document, name="report_document"),
    path("reports/<int:pk>/release/", reports.release, name="release"),
    path("reports/<int:pk>/comment/", reports.comment, name="comment"),
    path("comments/<int:pk>/settle/", reports.settle, name="settle"),
    path("reports/<int:pk>/write/<slug:place>/", reports.write, name="write"),
    path("years/", year_plans.year_plans, name="year_plans"),
    path("years/<int:pk>/", year_plans.year_plan, name="year_plan"),
    path("years/<int:pk>/resolve/", year_plans.resolve, name="resolve"),
    path("years/<int:pk>/new-action/", year_plans.new_action, name="new_action"),
    path("actions/<int:pk>/", year_plans.change_action, name="change_action"),
    path("actions/<int:pk>/drop/", year_plans.drop_action, name="drop_action"),
    path("actions/<int:pk>/result/", year_plans.add_result, name="add_result"),
    path("requests/", reports.requests, name="requests"),
    path("requests/new/", reports.new_request, name="new_request"),
    path("requests/<int:pk>/table.hwpx", reports.request_document, name="request_document"),
    path("requests/<int:pk>/", reports.data_request, name="request"),
    path("<slug:plan_slug>/", plans.plan, name="plan"),
    path("<slug:plan_slug>/measure/", work.measure_year, name="measure_year"),
    path("<slug:plan_slug>/intake/", work.intake, name="intake"),
    path("<slug:plan_slug>/intake/template/", work.intake_template, name="intake_template"),
    path("<slug:plan_slug>/begin-year/", year_plans.begin, name="begin_year"),
    path("<slug:plan_slug>/begin-report/", reports.begin, name="begin"),
    path("<slug:plan_slug>/<slug:code>/", plans.indicator, name="indicator"),
    path("<slug:plan_slug>/<slug:code>/measure/", work.measure, name="measure"),
    path("<slug:plan_slug>/<slug:code>/report/", work.report_figure, name="report_figure"),
    path("<slug:plan_slug>/<slug:code>/ask/", work.ask, name="ask"),
]
