"""Text messages: what a provider gets, and what is said when there is none."""

import json
import stat

import httpx
import pytest

from dure.foundation.messaging import FileSender, HttpSender, Message, NotSent, Outcome, sender

MESSAGE = Message("SMS", "01012345678", "내일 18:00에 마감합니다.", "letter-1")


def test_without_a_provider_messages_are_kept_and_said_to_be_so(tmp_path):
    file = tmp_path / "a" / "messages.jsonl"

    outcomes = [FileSender(file).send(MESSAGE), FileSender(file).send(MESSAGE)]

    assert outcomes == [Outcome.KEPT, Outcome.KEPT]
    assert [json.loads(line)["text"] for line in file.read_text().splitlines()] == [
        MESSAGE.text
    ] * 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_no_success(tmp_path):
    with pytest.raises(NotSent):
        FileSender(tmp_path).send(MESSAGE)


def test_a_provider_gets_the_message_with_a_key_against_sending_it_twice():
    seen = []

    def provider(request):
        seen.append(request)
        return httpx.Response(202)

    outcome = HttpSender("https://sms.example/send", "secret", httpx.MockTransport(provider)).send(
        MESSAGE
    )

    assert outcome is Outcome.SENT
    assert json.loads(seen[0].content) == {
        "channel": "SMS",
        "to": "01012345678",
        "text": MESSAGE.text,
        "key": "letter-1",
    }
    assert seen[0].headers["Authorization"] == "Bearer secret"
    assert seen[0].headers["Idempotency-Key"] == "letter-1"


@pytest.mark.parametrize("status", [302, 400, 500])
def test_a_provider_that_refuses_is_no_success(status):
    transport = httpx.MockTransport(lambda request: httpx.Response(status, text="no credit"))

    with pytest.raises(NotSent, match=f"{status} no credit"):
        HttpSender("https://sms.example/send", transport=transport).send(MESSAGE)


def test_a_provider_that_is_away_is_no_success():
    def away(request):
        raise httpx.ConnectError("refused")

    with pytest.raises(NotSent, match="ConnectError"):
        HttpSender("https://sms.example/send", transport=httpx.MockTransport(away)).send(MESSAGE)


def test_the_settings_say_which_driver(tmp_path):
    assert isinstance(sender("", "", tmp_path), FileSender)
    assert isinstance(sender("https://sms.example", "", tmp_path), HttpSender)
