"""Short permanent identifiers: the same text gives the same identifier, in every store and for good."""

from __future__ import annotations

import hashlib

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10
#: The two characters of each number of ten bits.
_PAIRS = tuple(first + second for first in _CROCKFORD for second in _CROCKFORD)


#: Letters that people read or type for digits; base32 leaves them out for that.
_MISREAD = str.maketrans("oil", "011")


def as_short_id(text: str) -> str:
    """An identifier as somebody typed it, put as it is written: lower case, no ``o`` for ``0``, no ``i`` or ``l`` for ``1``."""
    return text.lower().translate(_MISREAD)


def is_short_id(text: str) -> bool:
    """Whether a text has the form of such an identifier."""
    return len(text) == _LENGTH and set(text) <= set(_CROCKFORD)


def short_id(text: str) -> str:
    """Ten characters of Crockford's base32 (lower case), the first fifty bits of the text's SHA-256."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:7]) >> 6
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in (40, 30, 20, 10, 0)])
