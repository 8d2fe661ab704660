"""Whether a sentence is understood alone, and whom the pronoun means that it opens with."""
