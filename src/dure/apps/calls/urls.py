"""The addresses of calls."""

from django.urls import path

from dure.apps.calls.views import calendars, calls, letters, office, own

app_name = "calls"
prefix = "calls/"

urlpatterns = [
    path("", calls.call_list, name="list"),
    path("calendar/", calendars.month, name="calendar"),
    path("calendar.ics", calendars.feed, name="feed"),
    path("calendar/<str:token>.ics", calendars.own_feed, name="own_feed"),
    path("own/", own.own, name="own"),
    path("own/feed/", own.renew_feed, name="renew_feed"),
    path("own/mobile/", own.set_mobile, name="set_mobile"),
    path("own/alerts/", own.be_alerted, name="be_alerted"),
    path("own/alerts/<int:pk>/end/", own.end_alert, name="end_alert"),
    path("new/", office.choose, name="choose"),
    path("new/<int:version_id>/", office.new, name="new"),
    path("<int:pk>/", calls.call, name="call"),
    path("<int:pk>/paper/", calls.paper, name="paper"),
    path("<int:pk>/watch/", own.watch, name="watch"),
    path("<int:pk>/ask/", own.ask, name="ask"),
    path("<int:pk>/edit/", office.edit, name="edit"),
    path("<int:pk>/move/", office.move, name="move"),
    path("<int:pk>/add/", office.add, name="add"),
    path("<int:pk>/extend/", office.extend, name="extend"),
    path("<int:pk>/extend-for/", office.extend_for, name="extend_for"),
    path("<int:pk>/recommenders/", office.recommenders, name="recommenders"),
    path("<int:pk>/hand-over/", office.hand_over, name="hand_over"),
    path("<int:pk>/letters/", letters.letter_list, name="letters"),
    path("<int:pk>/letters/write/", letters.write, name="write"),
    path("questions/<int:pk>/", office.answer, name="answer"),
    path("proposals/<int:pk>/", office.settle, name="settle"),
    path("recommenders/<int:pk>/drop/", office.drop_recommender, name="drop_recommender"),
    path("letters/", letters.all_letters, name="all_letters"),
    path("letters/to-list/", letters.write_to_list, name="write_to_list"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
]
