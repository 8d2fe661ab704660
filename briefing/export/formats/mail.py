"""An edition or a story as a mail (RFC 5322): text, and the same as HTML (RFC 2046, 5.1.4).

Lines end in LF, as a message is handed to ``sendmail -t`` and kept in a file; who sends it makes
CRLF of them. The same export gives the same bytes.
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from briefing.export.captions import edition_heading
from briefing.export.exporter import ExportOptions
from briefing.export.formats.html import HtmlExporter
from briefing.export.formats.text import TextExporter
from briefing.export.ownership import signed, unsigned_mark
from briefing.export.rendering import rendered_for, rendered_story
from briefing.model import Edition, Story, UsageError

_SENDER = "Briefing <briefing@localhost>"
_WIDTH = 72  # of a line that may be quoted in an answer (RFC 3676, 4.2)


class MailExporter:
    """A mail."""

    name = "eml"
    is_marked = True
    media_type = "message/rfc822"
    suffix = ".eml"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """The edition; its moment is the mail's."""
        without = rendered_for(replace(edition, stories=()), options)
        return _mail(
            edition_heading(without, options.zone),
            TextExporter().render_edition(edition, replace(options, width=_WIDTH)).decode(),
            HtmlExporter().render_edition(edition, options).decode(),
            options.generated or edition.window.until,
            options,
        )

    def render_story(self, story: Story, options: ExportOptions) -> bytes:
        """The story; the time of its newest article is the mail's."""
        content = _mail(
            rendered_story(story).title,
            TextExporter().render_story(story, replace(options, width=_WIDTH)).decode(),
            HtmlExporter().render_story(story, options).decode(),
            story.row.latest,
            options,
            mark=unsigned_mark(story.id),
        )
        return signed(content)


def _mail(
    subject: str, text: str, page: str, moment: datetime, options: ExportOptions, mark: str = ""
) -> bytes:
    from email.message import EmailMessage
    from email.policy import default as modern
    from email.utils import format_datetime

    digest = hashlib.sha256(f"{subject}\0{moment}\0{page}".encode()).hexdigest()[:32]
    sender = _checked_addresses("--from", options.sender or _SENDER)
    message = EmailMessage(policy=modern)
    if mark:
        message["X-Briefing"] = mark
    message["From"] = sender
    if options.recipients:
        message["To"] = _checked_addresses("--to", ", ".join(options.recipients))
    message["Subject"] = subject
    message["Date"] = format_datetime(moment.astimezone(options.zone))
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<{digest}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # nobody's absence is told to it (RFC 3834)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    # Quoted-printable never has "=_", so no line of a part is taken for the boundary (RFC 2045).
    message.set_boundary(f"=_{digest}")
    return message.as_bytes()


def _checked_addresses(option: str, text: str) -> str:
    """``text`` where it is addresses of mail. Raises UsageError, which names the option."""
    from email.message import EmailMessage
    from email.policy import default as modern

    trial = EmailMessage(policy=modern)
    try:
        trial["To"] = text
        header = trial["To"]
        wrong = not header.addresses or bool(header.defects)
    except (ValueError, IndexError):  # a line break; what the parser does not get through
        wrong = True
    if wrong or not text.isprintable():
        raise UsageError(f"{text!r} is no address of mail", option, "Write it as ann@coast.example")
    return text
