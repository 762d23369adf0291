from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "dure.foundation.ui"
    label = "ui"
