"""A model of the transformers library that is on this machine (optional dependency)."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from dure.foundation.translating._shared import LANGUAGES, TranslatorError


class OfflineTranslator:
    """Runs the model `name`; `%s` in it stands for the pair, such as ko-en. Downloads nothing."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._models: dict[str, Any] = {}

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Each text in the other language. Raises TranslatorError where the model is not here."""
        if not {source, target} <= LANGUAGES.keys():
            raise TranslatorError(f"{self.name} is asked for {source}-{target}")
        model = self._model(f"{source}-{target}")
        return [str(model(text)[0]["translation_text"]).strip() for text in texts]

    def _model(self, pair: str) -> Any:
        if pair not in self._models:
            name = self.name.replace("%s", pair)
            try:
                transformers = import_module("transformers")
                self._models[pair] = transformers.pipeline(
                    "translation", model=name, model_kwargs={"local_files_only": True}
                )
            except (ImportError, OSError, ValueError) as error:
                raise TranslatorError(
                    f"the model {name!r} is not on this machine: {error}"
                ) from error
        return self._models[pair]
