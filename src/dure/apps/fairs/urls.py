"""The pages of fairs until the timetable stands."""

from django.urls import path

from dure.apps.fairs.views import (
    board,
    fairs,
    importing,
    registrations,
    setting_up,
    timetables,
    wishes,
)

app_name = "fairs"
prefix = "fairs/"

urlpatterns = [
    path("", fairs.fair_list, name="list"),
    path("new/", setting_up.new, name="new"),
    path("capacity/", setting_up.capacity, name="capacity"),
    path("<int:fair_id>/", fairs.detail, name="detail"),
    path("<int:fair_id>/edit/", setting_up.edit, name="edit"),
    path("<int:fair_id>/room/", setting_up.edit_room, name="room"),
    path("<int:fair_id>/copy/", setting_up.copy, name="copy"),
    path("<int:fair_id>/move/", fairs.move, name="move"),
    path("<int:fair_id>/desk-duty/", fairs.give_desk_duty, name="give_desk_duty"),
    path("<int:fair_id>/desk-duty/<int:duty_id>/end/", fairs.take_desk_duty, name="take_desk_duty"),
    path("<int:fair_id>/import/", importing.import_page, name="import"),
    path("<int:fair_id>/import/template/", importing.import_template, name="import_template"),
    path("<int:fair_id>/import/upload/", importing.upload, name="upload"),
    path("import/job/<uuid:job_id>/", importing.import_job, name="import_job"),
    path("import/job/<uuid:job_id>/confirm/", importing.confirm, name="confirm_import"),
    path("<int:fair_id>/register/", registrations.register, name="register"),
    path("<int:fair_id>/registrations/", registrations.registration_list, name="registrations"),
    path("<int:fair_id>/registrations/approve/", registrations.approve, name="approve"),
    path("<int:fair_id>/registrations/refuse/", registrations.refuse, name="refuse"),
    path(
        "registrations/<int:registration_id>/", registrations.registration_page, name="registration"
    ),
    path("registrations/<int:registration_id>/withdraw/", registrations.withdraw, name="withdraw"),
    path("<int:fair_id>/wishes/", wishes.wishes, name="wishes"),
    path("<int:fair_id>/wishes/overview/", wishes.overview, name="wish_overview"),
    path("<int:fair_id>/wishes/propose/", wishes.propose, name="propose"),
    path("registrations/<int:registration_id>/wishes/", wishes.wishes_of, name="wishes_of"),
    path("registrations/<int:registration_id>/wishes/say/", wishes.answer, name="answer_wish"),
    path("registrations/<int:registration_id>/partners/", wishes.partners, name="partners"),
    path("wishes/<int:wish_id>/take-back/", wishes.take_back, name="take_back_wish"),
    path("<int:fair_id>/timetable/", timetables.timetable, name="timetable"),
    path("<int:fair_id>/timetable/plan/", timetables.plan, name="plan"),
    path("<int:fair_id>/timetable/what-if/", timetables.what_if, name="what_if"),
    path("timetables/<int:timetable_id>/release/", timetables.release_page, name="release"),
    path("timetables/<int:timetable_id>/release/now/", timetables.release, name="release_now"),
    path("timetables/<int:timetable_id>/discard/", timetables.discard, name="discard"),
    path("<int:fair_id>/board/", board.board, name="board"),
    path("<int:fair_id>/board/copy/", board.copy_released, name="copy_released"),
    path("timetables/<int:timetable_id>/try/", board.try_it, name="try_board"),
    path("timetables/<int:timetable_id>/change/", board.change, name="change_board"),
    path("timetables/<int:timetable_id>/undo/", board.undo, name="undo_board"),
    path("timetables/<int:timetable_id>/since/", board.since, name="board_since"),
]
