"""Short permanent identifiers: the same text gives the same identifier, in every store and for good."""

from __future__ import annotations

import hashlib

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
#: The two characters of each number of ten bits.
_PAIRS = tuple(first + second for first in _CROCKFORD for second in _CROCKFORD)


def short_id(text: str) -> str:
    """Ten characters of Crockford's base32 (lower case), the first fifty bits of the text's SHA-256."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:7]) >> 6
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in (40, 30, 20, 10, 0)])
