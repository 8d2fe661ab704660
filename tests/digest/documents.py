"""Short articles of ours to digest in tests."""

from briefing.model import Article

BRIDGE = Article(
    id="bridge",
    title="Kestrel Sound bridge shut to lorries",
    source="Sound Courier",
    text="""\
KESTREL SOUND (Norrane Agency) — The port authority closed the Kestrel Sound bridge to lorries over 44 tonnes on Monday after inspectors found cracks in two of its piers.
The closure affects about 1,900 lorries a day, the authority's director, Ada Brun, said.
But there's a catch.
The ban does not apply to buses and ambulances, which together weigh more than the lorries on most mornings.
The hauliers' union denied that its members had ignored earlier limits.
It was not immediately clear how long the repairs would last.
Read more: The bridges of the Sound
Such closures are not uncommon; in 2019 the same bridge was shut for seven weeks.
“We would rather wait than swim,” Brun said.
The mayor is expected to visit the bridge on Thursday, and a committee will hear the engineers next week in the town hall.""",
)
