"""Web addresses: which are accepted, when two are the same, and what a story page's address tells."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|ref_src|cmpid|guccounter", re.IGNORECASE
)
#: A story page: ``…/news-story/<slug>-<id>``. The id is the identity; the slug follows the title.
_STORY_PAGE = re.compile(r"/news-story/(?:(?P<slug>[^/]*)-)?(?P<id>\d{1,12})/?", re.ASCII)
_CHAT_TRACKING = re.compile(r"([?&])utm_source=(?:chatgpt\.com|openai|perplexity)(?:(&)|(?=#|$))", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|txt|md)$", re.IGNORECASE)
_LONGEST = 2000

#: How the words of a slug are written in a title; slugs part words at inner capitals ("open-ai").
_SPELLINGS = {
    "open ai": "OpenAI",
    "chat gpt": "ChatGPT",
    "deep seek": "DeepSeek",
    "deep mind": "DeepMind",
    "x ai": "xAI",
    "git hub": "GitHub",
    "link ed in": "LinkedIn",
    "linked in": "LinkedIn",
    "tik tok": "TikTok",
    "you tube": "YouTube",
    "what s app": "WhatsApp",
    "whats app": "WhatsApp",
    "soft bank": "SoftBank",
    "byte dance": "ByteDance",
    "media tek": "MediaTek",
    "core weave": "CoreWeave",
    "i phone": "iPhone",
    "i o": "I/O",
    "us": "US",
    "uk": "UK",
    "eu": "EU",
    "ai": "AI",
    "agi": "AGI",
    "api": "API",
    "ceo": "CEO",
    "gpt": "GPT",
    "gpu": "GPU",
    "gpus": "GPUs",
    "ibm": "IBM",
    "amd": "AMD",
    "tsmc": "TSMC",
    "nvidia": "Nvidia",
}
_SPELLED = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _SPELLINGS), key=len, reverse=True))})\b")


def web_address(text: str) -> str:
    """An address that may be linked to: absolute, http or https.

    Raises:
        ValueError: it is anything else; the message says what is wrong.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise ValueError(f"an address of {len(text):,} characters (at most {_LONGEST:,})")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"not an address: {text[:80]!r} ({error})") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise ValueError(f"not an http or https address: {text[:80]!r}")
    if not host or _NOT_IN_ADDRESS.search(text):
        raise ValueError(f"not an address: {text[:80]!r}")
    return text


def without_chat_tracking(address: str) -> str:
    """The address without what a chat assistant adds to the links that it gives (``?utm_source=chatgpt.com``)."""
    return _CHAT_TRACKING.sub(lambda match: match[1] if match[2] else "", address)


def normalised(address: str) -> str:
    """The form in which two addresses of one page are equal: https, lower-case host, no fragment, tracking or final slash."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").lower()
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)]
    return urlunsplit(("https", host + port, parts.path.rstrip("/"), urlencode(query), ""))


def story_page_id(address: str) -> str | None:
    """The origin's id in the address of a story page (``…/news-story/<slug>-<id>``), else ``None``."""
    match = _STORY_PAGE.fullmatch(urlsplit(address.strip()).path)
    return match["id"] if match else None


def title_from_address(address: str) -> str | None:
    """A readable title from the last part of an address, roughly: a slug has lost capitals and punctuation.

    Returns:
        ``None`` where that part has fewer than two words.
    """
    path = urlsplit(address.strip()).path.rstrip("/")
    page = _STORY_PAGE.fullmatch(path)
    slug = (page["slug"] or "") if page else _EXTENSION.sub("", unquote(path.rpartition("/")[2]))
    words = re.sub(r"[\W_]+", " ", slug).strip().lower()
    if " " not in words or not re.search(r"[^\W\d_]{2}", words):
        return None
    words = re.sub(r"(?<=\w) s\b", "'s", words)
    words = _SPELLED.sub(lambda match: _SPELLINGS[match[0]], words)
    return words if words.startswith(("xAI", "iPhone")) else words[0].upper() + words[1:]
