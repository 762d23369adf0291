"""Text messages and KakaoTalk notifications (알림톡): a port, and what stands behind it.

Settings say which: nothing (messages are written to a file, and said to be so), or
`DURE_MESSAGING_URL`, an address that takes them as JSON: docs/how-to/send-text-messages.md.
"""

from dure.foundation.messaging._port import Message, NotSent, Outcome, Sender
from dure.foundation.messaging._senders import FileSender, HttpSender, sender

__all__ = ["FileSender", "HttpSender", "Message", "NotSent", "Outcome", "Sender", "sender"]
