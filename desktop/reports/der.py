"""Encoding as DER asks: the one way of writing an object, so that nothing can be said twice or carried unnoticed."""

from __future__ import annotations

_INTEGER, _NULL, _OBJECT_IDENTIFIER = 0x02, 0x05, 0x06
#: Deeper than any certificate or signature nests.
_DEEPEST = 40


def der_length(content: bytes) -> int:
    """Give the length of the DER object at the beginning of bytes, its head included."""
    head = content[1]
    if head < 0x80:
        return 2 + head
    size = head & 0x7F
    return 2 + size + int.from_bytes(content[2 : 2 + size], "big")


def is_strict(content: bytes, depth: int = 0) -> bool:
    """Tell whether objects are encoded as DER asks, so that there is no second way of writing the same."""
    at = 0
    while at < len(content):
        if len(content) - at < 2 or content[at] & 0x1F == 0x1F or depth > _DEEPEST:
            return False
        tag, head = content[at], content[at + 1]
        size = head & 0x7F if head >= 0x80 else 0
        length = int.from_bytes(content[at + 2 : at + 2 + size], "big") if size else head
        if head == 0x80 or (size and (length < 0x80 or content[at + 2] == 0)):
            return False
        body = content[at + 2 + size : at + 2 + size + length]
        if len(body) != length or not _is_minimal(tag, body) or (tag & 0x20 and not is_strict(body, depth + 1)):
            return False
        at += 2 + size + length
    return True


def _is_minimal(tag: int, body: bytes) -> bool:
    if tag == _INTEGER:
        return len(body) > 0 and not (len(body) > 1 and ((body[0] == 0 and body[1] < 0x80) or (body[0] == 0xFF and body[1] >= 0x80)))
    if tag == _NULL:
        return not body
    if tag == _OBJECT_IDENTIFIER:
        begins = [body[at] for at in range(len(body)) if at == 0 or body[at - 1] < 0x80]
        return bool(body) and body[-1] < 0x80 and 0x80 not in begins
    return True
