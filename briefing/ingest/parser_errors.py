"""What the parsers under us may raise on broken input, where their documentation says nothing.

One list, so that every parser's edge translates the same. It leaves out what is never the
input's fault, or never ours to stop: MemoryError, KeyboardInterrupt, SystemExit, cancellation.
"""

from xml.sax import SAXException

PARSER_ERRORS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,  # with RecursionError, and sgmllib's SGMLParseError
    SAXException,
    SyntaxError,  # lxml's and ElementTree's parse errors are kinds of it
    TypeError,
    ValueError,  # with every UnicodeError
)
