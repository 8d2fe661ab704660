"""What holds of the blocks of every text."""

from briefing.model import Block


def check_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    """Fail where the blocks are not as ``Block`` says."""
    lines = [block.span for block in blocks if block.kind != "emphasis"]
    emphasised = [block.span for block in blocks if block.kind == "emphasis"]
    for spans in (lines, emphasised):
        ends = [0, *(span.end for span in spans)]
        for before, span in zip(ends, spans, strict=False):
            assert before <= span.start < span.end <= len(text)
            assert "\n" not in span.of(text)
            assert span.of(text) == span.of(text).strip()
    for span in lines:
        assert (text[: span.start] or "\n")[-1] == (text[span.end :] or "\n")[0] == "\n"
