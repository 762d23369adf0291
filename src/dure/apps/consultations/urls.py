"""The pages of the day of a fair and of what comes after it."""

from django.urls import path

from dure.apps.consultations.views import after, agenda, day, printing

app_name = "consultations"
prefix = "fairs/"

urlpatterns = [
    path("<int:fair_id>/agenda/", agenda.agenda, name="agenda"),
    path("<int:fair_id>/badges/", printing.badges, name="badges"),
    path("<int:fair_id>/badges.pdf", printing.badges_pdf, name="badges_pdf"),
    path("registrations/<int:registration_id>/agenda/", agenda.agenda_of, name="agenda_of"),
    path("registrations/<int:registration_id>/agenda.pdf", agenda.agenda_pdf, name="agenda_pdf"),
    path("registrations/<int:registration_id>/new-address/", agenda.renew_feed, name="renew_feed"),
    path("feeds/<str:token>.ics", agenda.feed, name="feed"),
    path("<int:fair_id>/desk/", day.desk, name="desk"),
    path("<int:fair_id>/badge/<str:token>/", day.badge, name="badge"),
    path("<int:fair_id>/people/<int:attendee_id>/came/", day.check_in, name="check_in"),
    path("<int:fair_id>/people/<int:attendee_id>/undo/", day.undo_check_in, name="undo_check_in"),
    path("<int:fair_id>/day/", day.day, name="day"),
    path("meetings/<int:meeting_id>/no-show/", day.no_show, name="no_show"),
    path("meetings/<int:meeting_id>/cancel/", day.cancel, name="cancel_meeting"),
    path("meetings/<int:meeting_id>/restore/", day.restore, name="restore_meeting"),
    path("meetings/<int:meeting_id>/fill/", day.fill, name="fill_place"),
    path("<int:fair_id>/walk-in/", day.walk_in, name="walk_in"),
    path("<int:fair_id>/walk-in/newcomer/", day.newcomer, name="newcomer"),
    path("walk-ins/<int:walk_in_id>/again/", day.walk_in_again, name="walk_in_again"),
    path("walk-ins/<int:walk_in_id>/leave/", day.walk_in_leave, name="walk_in_leave"),
    path("screens/worker.js", day.screen_worker, name="screen_worker"),
    path("screens/<str:token>/", day.screen, name="screen"),
    path("screens/<str:token>/state/", day.screen_state, name="screen_state"),
    path("pairs/<int:pair_id>/record/", after.record, name="record"),
    path(
        "introductions/<int:introduction_id>/record/",
        after.record_of_introduction,
        name="record_of_introduction",
    ),
    path("<int:fair_id>/records/", after.records, name="records"),
    path("tasks/", after.tasks, name="tasks"),
    path("records/<int:record_id>/done/", after.finish, name="finish_task"),
    path("records/<int:record_id>/not-done/", after.reopen, name="reopen_task"),
    path("records/<int:record_id>/hand-over/", after.hand_over, name="hand_over_task"),
    path("<int:fair_id>/report/", after.report, name="report"),
    path("<int:fair_id>/report.pdf", after.report_paper, name="report_paper"),
    path("<int:fair_id>/report.xlsx", after.report_export, name="report_export"),
]
