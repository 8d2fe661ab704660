"""Imported once by the server that forks the workers: what nearly every worker needs."""

from briefing.digest import pipeline
from briefing.ingest import articles, feeds
from briefing.refresh import tasks

__all__ = ["articles", "feeds", "pipeline", "tasks"]
