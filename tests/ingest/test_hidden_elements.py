"""What a browser does not show is in no article."""

import pytest

from briefing.ingest import extract
from briefing.ingest.hidden_elements import remove_hidden
from briefing.ingest.html_tree import parse_html
from tests.fake_web import BRIDGE


def _visible(body: str) -> str:
    root = parse_html(f"<html><body>{body}</body></html>")
    remove_hidden(root)
    return " ".join("".join(root.itertext()).split())


LONG = " ".join(BRIDGE)


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="color:red; Display : none">Mila Torvald</span>',
        "<span hidden>Mila Torvald</span>",
        '<i aria-hidden="true">Mila Torvald</i>',
        '<span class="a sr-only">Mila Torvald</span>',
        '<span class="person-tooltip">Mila Torvald</span>',
        '<div class="hover-card"><a href="/mila">Mila Torvald</a></div>',
        '<div role="tooltip">Mila Torvald</div>',
        '<p class="print-only">Mila Torvald</p>',
        '<div id="cookie-banner"><p>Mila Torvald</p></div>',
    ],
)
def test_what_is_hidden_is_taken_out_and_what_follows_it_stays(hidden: str) -> None:
    assert _visible(f"<p>{LONG}</p>Torvald{hidden} said so.") == f"{LONG}Torvald said so."


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="hidden md:block">Mila Torvald</div>',
        '<div hidden="until-found">Mila Torvald</div>',
        '<div style="display:block">Mila Torvald</div>',
        '<div class="hiding-places">Mila Torvald</div>',
        '<div class="cookie-recipes">Mila Torvald</div>',
    ],
)
def test_what_only_looks_hidden_stays(shown: str) -> None:
    assert "Mila Torvald" in _visible(f"<p>{LONG}</p>{shown}")


def test_an_article_that_a_script_will_show_stays() -> None:
    assert LONG in _visible(f'<div style="display:none"><p>{LONG}</p></div><p>Loading</p>')


def test_a_consent_notice_longer_than_the_article_is_taken_out() -> None:
    notice = "<p>We and our 800 partners keep and read what is on your device.</p>" * 12
    page = f"<html><body><div class='consent-wall'>{notice}</div><main>" + "".join(
        f"<p>{text}</p>" for text in BRIDGE
    )
    assert extract(page, None).text == "\n".join(BRIDGE)


def test_a_name_that_a_hover_box_repeats_stands_once() -> None:
    box = (
        '<span class="rollover">Torvald<span class="rollover-block"><b>Mila Torvald</b> Bridge'
        " closed again Bridge open</span></span>"
    )
    paragraphs = [BRIDGE[0].replace("the", f"Mayor {box} and the", 1), *BRIDGE[1:]]
    page = "<article>" + "".join(f"<p>{text}</p>" for text in paragraphs)
    assert "Mayor Torvald and the" in extract(page, None).text
