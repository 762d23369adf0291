"""The addresses of discoveries and candidates."""

from django.urls import path

from dure.apps.challenges.views import candidates, discoveries, judging

app_name = "challenges"
prefix = "challenges/"

urlpatterns = [
    path("", discoveries.discovery_list, name="list"),
    path("new/", discoveries.new, name="new"),
    path("<int:pk>/", discoveries.discovery, name="discovery"),
    path("<int:pk>/centres/", discoveries.centres, name="centres"),
    path("<int:pk>/committee/", discoveries.committee, name="committee"),
    path("<int:pk>/move/", discoveries.move, name="move"),
    path("<int:pk>/select/", discoveries.select, name="select"),
    path("<int:pk>/round/", judging.round_page, name="round"),
    path("<int:pk>/round/open/", judging.open_round, name="open_round"),
    path("<int:pk>/round/close/", judging.close_round, name="close_round"),
    path("<int:pk>/pairs/", judging.pairs, name="pairs"),
    path("<int:pk>/pairs/find/", judging.find_pairs, name="find_pairs"),
    path("pairs/<int:pk>/", judging.answer_pair, name="answer_pair"),
    path("pairs/<int:pk>/agree/", judging.agree, name="agree"),
    path("<int:pk>/candidates/", candidates.candidates, name="candidates"),
    path("<int:pk>/gather/", candidates.gather, name="gather"),
    path("candidates/", candidates.under_branch, name="under_branch"),
    path("candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("candidates/<int:pk>/revise/", candidates.revise, name="revise"),
    path("candidates/<int:pk>/comment/", candidates.comment, name="comment"),
    path("candidates/<int:pk>/judge/", judging.judge, name="judge"),
    path("candidates/<int:pk>/approve/", candidates.approve, name="approve"),
    path("candidates/<int:pk>/withdraw/", candidates.withdraw, name="withdraw"),
]
