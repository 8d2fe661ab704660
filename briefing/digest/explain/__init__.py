"""Why each sentence was or was not taken: verdicts, scores and what they are made of."""

from briefing.digest.explain.attributions import Reason, signed
from briefing.digest.explain.explain import Explained, FoundCue, Weighed, explain, ordinal

__all__ = ["Explained", "FoundCue", "Reason", "Weighed", "explain", "ordinal", "signed"]
