"""What each rule would catch: the rules at the left, the articles of one at the right."""

import asyncio

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from briefing.editions import RuleTrial
from briefing.model import BriefingError
from briefing.model.rules import Rule
from briefing.text.clean import clean_line
from briefing.ui.screens.article_list import ArticleList, ArticleListScreen
from briefing.ui.session import ReadingSession
from briefing.ui.targets import ArticleSource
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import styled
from briefing.ui.widgets.wrapped_list import Item, WrappedList

NO_RULES = ["There are no rules.", "", "ctrl+r in the search", "makes one of it."]


class RulesScreen(ArticleListScreen):
    """The articles of the last two weeks that the rule under the cursor is about. Nothing is
    changed by looking."""

    FOOT = (("drill-in", "to its articles, then read"), ("next-pane", "pane"), ("back", "back"))

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session, "Rules")
        self._rules = session.settings.reading_rules
        self._trials: dict[Rule, RuleTrial] = {}
        self._rule: Rule | None = None

    def compose(self) -> ComposeResult:
        """Two lists between the header and the keys."""
        yield StatusBar(id="head")
        with Horizontal(id="body"):
            yield WrappedList(id="feedlist")
            yield ArticleList(self._found_page, self.draw_row, id="articles")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """The first rule."""
        self.query_one("#head", StatusBar).say(
            styled(" Rules · what each would catch of the last two weeks", style="bold")
        )
        self._list.entitle("Rules")
        self.articles.ending = "That is all"
        self.restyle()
        self._list.focus()
        self._show(self._rules[0] if self._rules else None)

    @property
    def _list(self) -> WrappedList:
        return self.query_one("#feedlist", WrappedList)

    def restyle(self) -> None:
        """Draw the rules, with how much each catches where that is known."""
        styles = self._list.theme_styles
        items = [Item(Text(line)) for line in NO_RULES if not self._rules]
        for rule in self._rules:
            does = f"{', '.join(map(str, rule.actions))}{' all but' if rule.keep else ''}"
            trial = self._trials.get(rule)
            items.append(
                Item(
                    styled(clean_line(rule.name), style=styles.strong),
                    ArticleSource(rule.name, query=rule.when),
                    hang=2,
                    right=styled(f"{len(trial.caught):,}", style=styles.muted) if trial else None,
                    below=styled(f"  {clean_line(f'{does} · {rule.when}')}", style=styles.muted),
                )
            )
        self._list.show(items, keep=True)
        self.articles.refresh()

    def on_wrapped_list_moved(self, message: WrappedList.Moved) -> None:
        """The articles of the rule under the cursor."""
        target = message.target
        if isinstance(target, ArticleSource):
            self._show(next((r for r in self._rules if r.name == target.title), None))

    def on_wrapped_list_chosen(self, _message: WrappedList.Chosen) -> None:
        """Enter on a rule goes to its articles."""
        self._go("articles")

    def _show(self, rule: Rule | None) -> None:
        self._rule = rule
        self._fill(["Looking …"] if rule is not None else [""])
        if rule is not None:
            self._try(rule)

    @work(exclusive=True, group="rule")
    async def _try(self, rule: Rule) -> None:
        is_new = rule not in self._trials
        try:
            if is_new:
                trial = await asyncio.to_thread(self._session.try_rule, rule)
                self._trials[rule] = trial
        except BriefingError as error:
            self._fill([str(error)])
            return
        if not self.is_gone and rule == self._rule:
            self.restyle()
            trial = self._trials[rule]
            self.take_found(trial.caught)
            if not is_new:  # marked since, or gone
                self._hits = self.all_stored(self._hits)
            self._fill([f"Nothing of {trial.looked_at:,} articles."], keep=True)

    def _fill(self, empty: list[str], *, keep: bool = False) -> None:
        if self.is_gone:
            return
        if not keep:
            self.take_found(())
        self.show_from_top(empty, self._rule.name if self._rule is not None else "")

    def taken_back(self) -> None:
        """A change was taken back, maybe one of the rules."""
        super().taken_back()
        self._take_rules()

    def settings_changed(self) -> None:
        """The rules may be others."""
        super().settings_changed()
        self._take_rules()

    def _take_rules(self) -> None:
        """The rules as they are now; what is shown of one that is gone goes too."""
        self._rules = self._session.settings.reading_rules
        self.restyle()
        here = self._list.current
        name = here.title if isinstance(here, ArticleSource) else ""
        rule = next((r for r in self._rules if r.name == name), None)
        if rule != self._rule:
            self._show(rule)

    def _go(self, name: str) -> None:
        self.set_class(name == "articles", "on-articles")
        self.query_one(f"#{name}", Widget).focus()

    def act_next_pane(self) -> None:
        """The other list."""
        self._go("articles" if self.focused is self._list else "feedlist")

    act_previous_pane = act_next_pane

    def act_back(self) -> None:
        """From the articles to the rules, from there to where one came from."""
        if self.focused is self.articles:
            self._go("feedlist")
        else:
            self.dismiss()
