"""What may have been meant by a query that finds nothing: the nearest words and names there are."""

from difflib import get_close_matches

from briefing.query import And, Condition, Node, Or, Query, Words
from briefing.store.database import Database
from briefing.store.query import match_of
from briefing.store.query_functions import folded

_MOST_TERMS = 4000  # of the vocabulary that are compared with a word
_NEAR = 0.72
_BEGINNINGS = (3, 2)  # so many letters are right, most likely
_NAMES = {
    "feed": "SELECT DISTINCT title FROM feed WHERE title <> ''",
    "category": "SELECT DISTINCT category FROM feed WHERE category <> ''",
    "tag": "SELECT name FROM tag",
}


class Suggestions(Database):
    """The vocabulary of the store, asked for the nearest."""

    def did_you_mean(self, query: Query) -> Query | None:
        """``query`` with each word, feed, category and tag that is nowhere in the store replaced by
        the nearest that is; None where there is none, or all are there.
        """
        root = self._nearest(query.root)
        return None if root == query.root else Query(root, query.sort)

    def _nearest(self, node: Node) -> Node:
        match node:
            case And(parts):
                return And(tuple(map(self._nearest, parts)))
            case Or(parts):
                return Or(tuple(map(self._nearest, parts)))
            case Words():
                return node if self._is_known(node) else self._nearest_words(node)
            case Condition(name, value, sign) if name in _NAMES:
                return Condition(name, self._nearest_name(name, value), sign)
        return node

    def _is_known(self, words: Words) -> bool:
        sql = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
        return self._value(sql, (match_of(words),)) is not None

    def _nearest_words(self, words: Words) -> Words:
        if words.text and self._is_known(Words(words.text, "", words.prefix)):
            return words  # they are there, only not in this part of an article
        found = []
        for word in words.text.split():
            known = not any(map(str.isalnum, word)) or self._is_known(Words(word))
            found.append(word if known else self._nearest_word(folded(word)))
        return Words(" ".join(found), words.field, words.prefix)

    def _nearest_word(self, word: str) -> str:
        """The nearest in the vocabulary of the search index (fts5vocab); ``word`` if none is."""
        self._run(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_vocabulary"
            " USING fts5vocab (main, search, row)"
        )
        letters = "".join(filter(str.isalnum, word))
        for length in _BEGINNINGS:
            begin = letters[:length]
            rows = self._rows(
                "SELECT term FROM temp.search_vocabulary WHERE term >= ? AND term < ? LIMIT ?",
                (begin, begin + "\U0010ffff", _MOST_TERMS),
            )
            near = get_close_matches(word, [row["term"] for row in rows], n=1, cutoff=_NEAR)
            if near:
                return str(near[0])
        return word

    def _nearest_name(self, field: str, value: str) -> str:
        names = {folded(row[0]): str(row[0]) for row in self._rows(_NAMES[field])}
        wanted = folded(value)
        if any(wanted in name for name in names):
            return value
        # A part of a name is asked for, as a rule: its words are compared too.
        parts = {part: part for name in names for part in name.replace("/", " ").split()}
        near = get_close_matches(wanted, [*names, *parts], n=1, cutoff=_NEAR)
        return ({**parts, **names})[near[0]] if near else value
