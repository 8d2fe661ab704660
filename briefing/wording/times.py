"""Moments with their date, for what is read on another day than it was written."""

from datetime import datetime, tzinfo


def full_time(moment: datetime, zone: tzinfo | None) -> str:
    """``Tue 5 May 2026, 07:02`` in ``zone``, the system's where None."""
    local = moment.astimezone(zone)
    return f"{full_day(moment, zone)}, {local:%H:%M}"


def full_day(moment: datetime, zone: tzinfo | None) -> str:
    """``Tue 5 May 2026``."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b} {local.year}"
