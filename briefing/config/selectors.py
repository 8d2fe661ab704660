"""CSS selectors of the user's own rules, read to steps that a page is matched with in one walk.

cssselect reads them (W3C Selectors Level 3). Its translation to XPath is not used: libxml2 needs
quadratic time for ``* * *`` or ``:nth-child``, and a page may have a million elements. What can be
matched in one walk through the page is allowed: names of elements, ``*``, ``.class``, ``#id``,
``[attribute]``, ``:not(…)`` of these, and the combinators space, ``>``, ``+`` and ``~``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

LONGEST_SELECTOR = 1_000
"""Characters of one selector."""


@dataclass(frozen=True, slots=True)
class AttributeTest:
    """``[name operator value]``; the operator is empty where the attribute only has to be there."""

    name: str
    operator: str = ""
    value: str = ""

    def holds(self, attributes: Mapping[str, str]) -> bool:
        """Whether an element with ``attributes`` passes; an empty value matches no part of one."""
        found = attributes.get(self.name)
        if found is None or not self.operator:
            return found is not None
        match self.operator:
            case "=":
                return found == self.value
            case "~=":
                return self.value in found.split()
            case "|=":
                return found == self.value or found.startswith(f"{self.value}-")
            case "^=":
                return bool(self.value) and found.startswith(self.value)
            case "$=":
                return bool(self.value) and found.endswith(self.value)
            case _:
                return bool(self.value) and self.value in found


@dataclass(frozen=True, slots=True)
class Step:
    """What one element has to be, and how it stands to the one of the step before.

    tag: None for any. combinator: empty for the first step of a selector. last: it is what the
    selector is about.
    """

    tag: str | None = None
    tests: tuple[AttributeTest, ...] = ()
    without: tuple["Step", ...] = ()
    combinator: str = ""
    last: bool = False

    def holds(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element is what this step asks for, by itself."""
        return (
            self.tag in (None, tag)
            and all(test.holds(attributes) for test in self.tests)
            and not any(step.holds(tag, attributes) for step in self.without)
        )


def read_selector(selector: str) -> tuple[Step, ...]:
    """The steps of a selector, or of several with commas, one behind the other.

    Raises ValueError with the reason where it is none, or has what is not allowed.
    """
    from cssselect import SelectorError, parse

    if len(selector) > LONGEST_SELECTOR:
        raise ValueError(f"it is longer than {LONGEST_SELECTOR} characters")
    steps: list[Step] = []
    try:
        for found in parse(selector):
            if found.pseudo_element is not None:
                raise ValueError("pseudo-elements are not allowed")
            steps += _steps(found.parsed_tree)
            steps[-1] = replace(steps[-1], last=True)
    except SelectorError as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return tuple(steps)


def _steps(tree: object) -> list[Step]:
    from cssselect.parser import CombinedSelector

    found: list[Step] = []
    while isinstance(tree, CombinedSelector):  # the last combinator is outermost
        found.append(replace(_compound(tree.subselector), combinator=tree.combinator))
        tree = tree.selector
    return [_compound(tree), *reversed(found)]


def _compound(tree: object) -> Step:
    """One element's step. Its parts are nested, the last outermost, its name innermost."""
    from cssselect.parser import Attrib, Class, Element, Hash, Negation

    tests: list[AttributeTest] = []
    without: list[Step] = []
    while not isinstance(tree, Element):
        match tree:
            case Class():
                tests.append(AttributeTest("class", "~=", tree.class_name))
            case Hash():
                tests.append(AttributeTest("id", "=", tree.id))
            case Attrib() if tree.namespace is None and tree.flag is None and tree.operator != "!=":
                value = tree.value.value if tree.value is not None else None
                operator = "" if tree.operator == "exists" else tree.operator
                tests.append(AttributeTest(tree.attrib.lower(), operator, value or ""))
            case Negation():
                without.append(_compound(tree.subselector))
            case _:
                raise ValueError(f"{_name(tree)} is not allowed")
        tree = tree.selector
    if tree.namespace is not None:
        raise ValueError("namespaces are not allowed")
    tag = tree.element.lower() if tree.element is not None else None
    return Step(tag, tuple(tests), tuple(without))


def _name(tree: object) -> str:
    from cssselect.parser import CombinedSelector, Function, Matching, Pseudo, Relation

    match tree:
        case Pseudo():
            return f":{tree.ident}"
        case Function():
            return f":{tree.name}()"
        case Relation():
            return ":has()"
        case Matching():
            return ":is()"
        case CombinedSelector():
            return "a combinator in :not()"
        case _:
            return "a part of it"
