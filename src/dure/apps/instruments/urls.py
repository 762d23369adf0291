"""The addresses of funds, savings and vouchers."""

from django.urls import path

from dure.apps.instruments.views import schemes, stakes

app_name = "instruments"
prefix = "instruments/"

urlpatterns = [
    path("collections/<uuid:job_id>/", schemes.collection, name="collection"),
    path("", schemes.schemes, name="schemes"),
    path("new/", schemes.new, name="new"),
    path("<int:pk>/", schemes.scheme, name="scheme"),
    path("<int:pk>/pledge/", schemes.pledge, name="pledge"),
    path("<int:pk>/commit/", schemes.commit, name="commit"),
    path("<int:pk>/join/", schemes.join, name="join"),
    path("<int:pk>/collect/", schemes.collect, name="collect"),
    path("<int:pk>/collect/template/", schemes.collection_template, name="collection_template"),
    path("<int:pk>/institutions/", schemes.institutions, name="institutions"),
    path("<int:pk>/ask/", schemes.ask, name="ask"),
    path("<int:pk>/use/", schemes.use, name="use"),
    path("<int:pk>/issue/", schemes.issue, name="issue"),
    path("<int:pk>/begin/", schemes.begin, name="begin"),
    path("stakes/<int:pk>/", stakes.stake, name="stake"),
    path("stakes/<int:pk>/pay-in/", stakes.pay_in, name="pay_in"),
    path("stakes/<int:pk>/leave/", stakes.leave, name="leave"),
    path("stakes/<int:pk>/mature/", stakes.mature, name="mature"),
    path("stakes/<int:pk>/refuse/", stakes.refuse, name="refuse"),
    path("stakes/<int:pk>/agreement/", stakes.lead_to, name="lead_to"),
    path("uses/<int:pk>/confirm/", stakes.confirm_use, name="confirm_use"),
    path("uses/<int:pk>/refuse/", stakes.refuse_use, name="refuse_use"),
    path("steps/<int:pk>/", stakes.confirm_step, name="confirm_step"),
    path("commitments/<int:pk>/", stakes.commitment, name="commitment"),
    path("commitments/<int:pk>/draw/<int:instalment>/", stakes.draw, name="draw"),
    path("commitments/<int:pk>/release/", stakes.release, name="release"),
]
