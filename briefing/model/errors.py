"""One small tree of errors. Each says what went wrong, where, and the mend."""


class BriefingError(Exception):
    """Something that a person can mend.

    what: what went wrong, a clause without a full stop.
    where: the feed, file, page or key it concerns.
    mend: what to do about it; empty where nothing can be done.
    shown: the lines that are wrong, with marks under them; empty where ``where`` says enough.
    """

    shown = ""

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what, where, mend)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.mend}" if self.mend else head


class UsageError(BriefingError):
    """The command line asks for something that does not exist."""


class ConfigError(BriefingError):
    """The configuration, or a theme, is wrong."""

    def __init__(self, what: str, where: str = "", mend: str = "", *, shown: str = "") -> None:
        super().__init__(what, where, mend)
        self.shown = shown


class FetchError(BriefingError):
    """A feed or page could not be fetched. ``status`` is the HTTP status, where there was one."""

    def __init__(
        self,
        what: str,
        where: str = "",
        mend: str = "",
        *,
        status: int | None = None,
        offline: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(what, where, mend)
        self.status = status
        self.offline = offline  # no network at all, as far as can be told
        self.retry_after = retry_after  # seconds the server asks to wait


class AddressError(FetchError):
    """An address of this machine or of a private network, which nobody but the user may name."""


class SyncError(FetchError):
    """A sync server could not be reached, refused, or answered what it should not."""


class ParseError(BriefingError):
    """A document is not what it should be."""


class NotAFeedError(ParseError):
    """A page, or something else, stands where a feed was expected."""


class ExtractError(BriefingError):
    """No article could be found in a page."""


class LimitError(BriefingError):
    """A document costs more time or memory than one may."""


class StoreError(BriefingError):
    """The store cannot be read or written."""


class RowError(StoreError):
    """One row cannot be read, or one value not be kept; the rest of the store is well."""


def as_failure(error: Exception, what: str, where: str) -> BriefingError:
    """``error`` as the failure of one thing, whatever its type; one of ours stays as it is.

    what: what could not be done, a clause; where: the feed, article or story it concerns.
    """
    if isinstance(error, BriefingError):
        return error
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:_REASON]
    return BriefingError(f"{what} ({reason})", where, "It was passed over; please report this line")


_REASON = 200  # characters of a foreign error's text
