"""Digests and briefs in the file: their JSON, deflated (RFC 1951) with a dictionary of its own.

Their keys make up most of them. A value that an older version kept as plain JSON is read as it is.
"""

import zlib

_LEVEL = 6
_MARK = b"\x01"
"""The first byte of a packed value: which dictionary it was packed with."""


def packed(text: str) -> bytes:
    """The text, for a column that ``unpacked`` reads."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, 9, zdict=_DICTIONARY)
    return _MARK + packer.compress(text.encode()) + packer.flush()


def unpacked(value: bytes | str) -> str:
    """The inverse of ``packed``; a text as it is. Raises ValueError."""
    if isinstance(value, str):
        return value
    if value[:1] != _MARK:
        raise ValueError("it was packed by another version")
    try:
        return zlib.decompressobj(-15, zdict=_DICTIONARY).decompress(value[1:]).decode()
    except zlib.error as error:
        raise ValueError(f"it cannot be unpacked: {error}") from error


def as_read(value: object) -> str:
    """What can be said of a packed value that may be damaged, for setting it aside."""
    try:
        return unpacked(value) if isinstance(value, bytes | str) else str(value)
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
