"""Programs of the person's own: run when something happens, never through a shell.

A hook is given a story or an article as JSON on its standard input. It has its time and its size,
and all that it has started ends with it; what goes wrong is told, and the rest goes on.
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names

if TYPE_CHECKING:
    from briefing.hooks.calling import Answer as Answer
    from briefing.hooks.calling import call_hook as call_hook
    from briefing.hooks.calling import hook_command as hook_command
    from briefing.hooks.rounds import HookReport as HookReport
    from briefing.hooks.rounds import begin_round as begin_round
    from briefing.hooks.rounds import run_round as run_round
    from briefing.hooks.rounds import run_waiting as run_waiting
    from briefing.hooks.subjects import Subject as Subject
    from briefing.hooks.subjects import article_subject as article_subject
    from briefing.hooks.subjects import story_subject as story_subject

_HOMES = {
    "calling": ("Answer", "call_hook", "hook_command"),
    "rounds": ("HookReport", "begin_round", "run_round", "run_waiting"),
    "subjects": ("Subject", "article_subject", "story_subject"),
}
__all__ = [
    "Answer",
    "HookReport",
    "Subject",
    "article_subject",
    "begin_round",
    "call_hook",
    "hook_command",
    "run_round",
    "run_waiting",
    "story_subject",
]
__getattr__ = lazy_names(__name__, _HOMES)
