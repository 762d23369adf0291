from django.urls import path

from dure.apps.matches.views import answering, lists, office, trying

app_name = "matches"
prefix = "matches/"

urlpatterns = [
    path("", lists.inbox, name="inbox"),
    path("needs/<int:need_id>/", lists.for_need, name="for_need"),
    path("technologies/<int:technology_id>/", lists.for_technology, name="for_technology"),
    path("answer/", answering.answer, name="answer"),
    path("take-back/", answering.take_back, name="take_back"),
    path("try/", trying.try_it, name="try"),
    path("mutual/", office.mutual, name="mutual"),
    path("mutual/introduce/", office.introduce, name="introduce"),
    path("mutual/undo/", office.undo_introductions, name="undo_introductions"),
    path("answers/", office.answers, name="answers"),
    path("quality/", office.quality, name="quality"),
    path("bars/", office.bars, name="bars"),
    path("bars/<int:bar_id>/lift/", office.lift_bar, name="lift_bar"),
    path("run/", office.run, name="run"),
]
