"""Texts go through a server one by one; what is no translation is said plainly."""

import json

import httpx
import pytest

from dure.foundation.translating import (
    EndpointTranslator,
    OfflineTranslator,
    TranslatorError,
    translator_named,
)


def answering(answer, **more):
    return EndpointTranslator("http://m/v1", "m", transport=httpx.MockTransport(answer), **more)


def shouting(request: httpx.Request) -> httpx.Response:
    """Answer like a chat server, with the text in capitals."""
    asked = json.loads(request.content)
    text = f"{asked['messages'][0]['content'].split('.')[0]}: {asked['messages'][1]['content'].upper()}"
    return httpx.Response(200, json={"choices": [{"message": {"content": text + "\n"}}]})


def test_each_text_is_asked_for_alone_and_in_order():
    translated = answering(shouting).translate(["heat", "pump"], "ko", "en")

    assert translated == [
        f"You translate from Korean to English: {text}" for text in ("HEAT", "PUMP")
    ]


def test_the_key_is_sent():
    def guarded(request):
        is_known = request.headers.get("Authorization") == "Bearer secret"
        return shouting(request) if is_known else httpx.Response(401)

    assert answering(guarded, key="secret").translate(["a"], "en", "ko")
    with pytest.raises(TranslatorError, match="answered 401"):
        answering(guarded).translate(["a"], "en", "ko")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (httpx.Response(200, text="<html>"), "did not answer with a translation"),
        (httpx.Response(200, json={"choices": []}), "did not answer with a translation"),
        (
            httpx.Response(200, json={"choices": [{"message": {"content": " "}}]}),
            "answered with nothing",
        ),
    ],
)
def test_what_is_no_translation_is_said_plainly(answer, message):
    with pytest.raises(TranslatorError, match=message):
        answering(lambda request: answer).translate(["a"], "ko", "en")


def test_an_unreachable_server_is_said_plainly():
    def refuse(request):
        raise httpx.ConnectError("refused")

    with pytest.raises(TranslatorError, match="cannot be reached"):
        answering(refuse).translate(["a"], "ko", "en")


def test_translators_by_name():
    assert translator_named("") is None
    assert translator_named("endpoint:http://m/v1#exaone").name == "exaone"
    with pytest.raises(ValueError, match="unknown translator"):
        translator_named("magic")


def test_an_offline_model_that_is_not_here_is_never_fetched():
    with pytest.raises(TranslatorError, match="is not on this machine"):
        translator_named("offline:no-such/model-%s").translate(["a"], "ko", "en")
    with pytest.raises(TranslatorError, match="ko-fr"):
        OfflineTranslator("x").translate(["a"], "ko", "fr")
