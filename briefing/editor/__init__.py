"""A second editor, optional: a language model that chooses among an article's own sentences.

It is sent sentences with numbers and answers with numbers and kinds: no word of it is ever shown.
An answer that is not wholly valid is thrown away. What is chosen is cut and traced to the article
by our own code. Nothing here is imported while no ``[editor]`` is set.
"""

from briefing.editor.answers import AnswerError, read_answer
from briefing.editor.combining import combined
from briefing.editor.questions import Choice, Pick, Question, question_of
from briefing.editor.second_editor import Editor

__all__ = [
    "AnswerError",
    "Choice",
    "Editor",
    "Pick",
    "Question",
    "combined",
    "question_of",
    "read_answer",
]
