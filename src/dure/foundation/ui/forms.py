"""Django forms in KRDS markup: FORM_RENDERER = "dure.foundation.ui.forms.Renderer"."""

from typing import Any

from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist


class Renderer(TemplatesSetting):
    """Looks in the project's templates first, then in Django's own for the bare widgets."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def __init__(self) -> None:
        self._widgets = DjangoTemplates()
        self._found: dict[str, Any] = {}

    def get_template(self, template_name: str) -> Any:
        if template_name not in self._found:
            try:
                self._found[template_name] = super().get_template(template_name)
            except TemplateDoesNotExist:
                self._found[template_name] = self._widgets.get_template(template_name)
        return self._found[template_name]
