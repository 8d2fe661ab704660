"""What holds of the blocks of every text."""

from briefing.model import Block


def check_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    """Fail where the blocks are not as ``Block`` says."""
    lines = [block.span for block in blocks if block.kind not in ("emphasis", "cell")]
    emphasised = [block.span for block in blocks if block.kind == "emphasis"]
    cells = [block.span for block in blocks if block.kind == "cell"]
    for spans in (lines, emphasised, cells):
        ends = [0, *(span.end for span in spans)]
        for before, span in zip(ends, spans, strict=False):
            assert before <= span.start <= span.end <= len(text)
            assert span.start < span.end or spans is cells
            assert "\n" not in span.of(text)
            assert span.of(text) == span.of(text).strip()
    for span in lines:
        assert (text[: span.start] or "\n")[-1] == (text[span.end :] or "\n")[0] == "\n"
