"""Digests, briefs and bullets in the file: deflated (RFC 1951) with a dictionary of their own.

The keys of their JSON make up most of them, and of the rest most stands in the article's text: what
is kept beside that is packed with it as the beginning of the dictionary. A value that an older
version kept plain, or packed without, is read as it is.
"""

import zlib

_LEVEL = 6
_ALONE, _BESIDE = b"\x01", b"\x02"
"""The first byte of a packed value: by itself as before, or in zlib's format (RFC 1950), which
tells whether it is unpacked beside the same text."""
_MOST_BESIDE = 24_000
"""Bytes of a text that are used; deflate looks back over 32,768."""


def packed(text: str, beside: str = "") -> bytes:
    """The text, for a column that ``unpacked`` reads with the same ``beside``."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 15, 9, zdict=_dictionary(beside))
    return _BESIDE + packer.compress(text.encode()) + packer.flush()


def unpacked(value: bytes | str, beside: str = "") -> str:
    """The inverse of ``packed``; a text as it is. Raises ValueError."""
    if isinstance(value, str):
        return value
    if value[:1] == _BESIDE:
        unpacker = zlib.decompressobj(15, zdict=_dictionary(beside))
    elif value[:1] == _ALONE:
        unpacker = zlib.decompressobj(-15, zdict=_DICTIONARY)
    else:
        raise ValueError("it was packed by another version")
    try:
        text = unpacker.decompress(value[1:]).decode()
    except zlib.error as error:
        raise ValueError(f"it cannot be unpacked: {error}") from error
    if not unpacker.eof:
        raise ValueError("it cannot be unpacked: it is cut short")
    return text


def repacked(value: bytes | str, before: str, after: str) -> bytes | str:
    """A packed value for the text ``after``; what cannot be unpacked as it is."""
    try:
        return packed(unpacked(value, before), after)
    except ValueError:
        return value


def _dictionary(beside: str) -> bytes:
    return beside[:_MOST_BESIDE].encode()[:_MOST_BESIDE] + _DICTIONARY


def as_read(value: object, beside: str = "") -> str:
    """What can be said of a packed value that may be damaged, for setting it aside."""
    try:
        return unpacked(value, beside) if isinstance(value, bytes | str) else str(value)
    except ValueError:
        return repr(value)


# What digests and briefs have in common, the most frequent last. Never to be changed: what was
# packed with it is read with it. Another one needs another mark.
_DICTIONARY = b"".join(
    line.encode()
    for line in (
        ',"also":[],"argued":true},{"text":""],"outlets":["Kalder Echo","Tidewire"],"first_at',
        '":"Z"},{"surface":"","values":[{"surface":"","verdict":"","place":{"article":"","url',
        '":null,"span":[ cents","value":","kind":null,"role":" minutes","value":},"counts":",',
        '"to":","change":{"from": millimetres","value": days","value": kilometres","value":",',
        '"key":false,"mentions":[["source-document""see-also""in-article""organisation""perso',
        'n""sourcing""condition""dispute""uncertainty""limitation"","place":null},"disagreeme',
        'nts":[],"links":[]} euros","value":]}],"attributions":[],"quotations":[{"span":[","c',
        'opy_of":null,"follows":"","role":null,"key":false,"mentions":[[]],"context":"]],"rol',
        'e_span":null}],"links":[],"attributions":[],"quotations":[]}","kept":[[]],"role_span',
        '":null}],"links":[],"attributions":[],"quotations":[{"span":[","span":null}],"attrib',
        'utions":[],"quotations":[{"span":[","voice":"]]}]},{"text":"","kind":null,"role":nul',
        'l,"key":true,"mentions":[[]]},{"span":[Z","last_at":"]]}],"articles":["","places":[{',
        '"article":"],"speaker":null,"evidence":[[ years","value": weeks","value": tonnes","v',
        'alue":"},{"kind":"]],"role_span":null}],"links":[{"kind":"","place":null},"disagreem',
        'ents":[],"links":[{"kind":"","span":[","span":null,"article":"],"speaker":"","summar',
        'y_only":false,"bullets":[{"text":"","caveat":{"kind":null,"weight":"}],"first":{"art',
        'icle":","also":[]}],"articles":[{"id":","differs":false,"also":[]}],"entities":[{"na',
        'me":","also":[]}],"figures":[{"surface":"","how":"","lead":"{"headline":" percent","',
        'value":]]}],"entities":[{"name":"]]}],"figures":[{"surface":"]]}],"caveats":[{"kind"',
        ':"]],"bullets":[{"text":"{"sentences":[["},{"id":"]]}]},{"surface":","differs":false',
        ',"also":[{"article":"","copy_of":null,"follows":null,"voice":"","caveat":{"kind":"Z"',
        ',"basis":"","published":"]]}]},{"name":"]],"role_span":null},{"name":"","role":null,',
        '"key":true,"mentions":[[,"also":[]},{"text":"]]},{"article":"]]},{"text":"},"evidenc',
        'e":[[,"also":[]},{"name":"","key":true,"mentions":[[","url":"","role":"","title":"]]',
        ',"role_span":[]]},{"kind":"]],"role_span":null,"article":"","caveat":null,"evidence"',
        ':[[","kind":null,"role":null,"key":false,"mentions":[[","kind":"]]},{"surface":"","s',
        'ource":"","weight":]],"kept":[[","evidence":[[],"probability":","cue_span":[,"cue":"',
        '","key":true,"span":[,"differs":false,"also":[]},{"surface":"","key":false,"span":[]',
        '],"article":"","change":null,"counts":"],"evidence":[[,"value_to":null,"unit":"","bo',
        'und":"","outlets":',
    )
)
