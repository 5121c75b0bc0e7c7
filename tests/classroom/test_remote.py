"""What a Jupyter server sends: text, or bytes where a message has buffers."""

import json

import pytest

from classroom.remote import message_of

MESSAGE = {"msg_type": "comm_msg", "content": {"text": "기울기"}}


@pytest.mark.parametrize("buffers", [[], [b"\x00\x01"], [b"", b"abc"]])
def test_a_message_is_read_with_and_without_buffers(buffers):
    parts = [json.dumps(MESSAGE).encode(), *buffers]
    head = 4 * (len(parts) + 1)
    places = [head + sum(map(len, parts[:k])) for k in range(len(parts))]
    raw = b"".join(n.to_bytes(4, "big") for n in [len(parts), *places]) + b"".join(parts)
    assert message_of(raw) == MESSAGE
    assert message_of(json.dumps(MESSAGE)) == MESSAGE
