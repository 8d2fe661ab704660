"""What there is to know of settings that are right."""

from briefing.config import Settings


def rule_notes(settings: Settings) -> tuple[str, ...]:
    """What there is to know of the rules though nothing is wrong: which may contradict others."""
    from briefing.model.rules import contradictions

    return tuple(
        f"The rules “{pair.first}” and “{pair.second}” contradict each other"
        f" ({'mute, star' if pair.first_mutes else 'star, mute'}): of an article that both find,"
        f" “{pair.first}” decides, as it stands first."
        for pair in contradictions(settings.reading_rules)
    )
