#!/usr/bin/env python3
"""Makes the packaged encoder out of trained weights: pruned vocabulary, ONNX, eight bits.

    python tools/export_encoder.py --base DIR --weights FILE

Writes ``encoder.onnx`` and ``encoder_vocabulary.txt`` to ``briefing/digest/weights``. Word pieces
that the shared news never show are left out of the vocabulary; a word that would need them is
spelled in smaller ones. Attention is one operator of onnxruntime, without a mask, as one window is
read at a time: a seventh less time. Needs what ``train_encoder.py`` needs, onnx and onnxruntime.
"""

import argparse
import gzip
import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from train_encoder import HEADS, WIDTH, Encoder, Layer

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "briefing" / "digest" / "weights"
LEAST = 3  # how often a word piece of several letters is seen in the news
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
OPSET = 17


def kept_pieces(tokenizer: Tokenizer, news: Path) -> list[tuple[str, int]]:
    """Word pieces and their numbers in the base: special ones, letters, and what the news show."""
    seen: Counter[int] = Counter()
    for path in sorted(news.glob("*.jsonl.gz")):
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        texts = [f"{row.get('title') or ''} {row['text']}" for row in rows]
        for encoding in tokenizer.encode_batch(texts, add_special_tokens=False):
            seen.update(encoding.ids)
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    kept = [(piece, number) for piece, number in vocabulary if piece in SPECIAL]
    kept += [
        (piece, number)
        for piece, number in vocabulary
        if piece not in SPECIAL
        and not piece.startswith("[unused")
        and (seen[number] >= LEAST or len(piece.removeprefix("##")) == 1)
    ]
    return kept


class Attention(torch.autograd.Function):
    """Attention as onnxruntime's ``MultiHeadAttention`` when it is exported."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor) -> Tensor:  # noqa: ARG004
        """q, k, v: (windows, tokens, width). Exporting asks only for the shape of the answer."""
        return q + k + v

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any) -> Any:
        """The operator, in the graph that is exported."""
        made = g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS)
        made.setType(q.type())
        return made


class ExportedLayer(Layer):
    """A layer as it is exported: every token of a window is there."""

    def attend(self, x: Tensor, mask: Tensor) -> Tensor:  # noqa: ARG002
        """As ``Layer.attend``, without the mask."""
        attended: Tensor = Attention.apply(*self.qkv(x).split(WIDTH, dim=-1))
        return attended


def main() -> None:
    """Write the packaged files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    kept = kept_pieces(tokenizer, shared / "data/news")
    state = load_file(options.weights)
    state["words.weight"] = state["words.weight"][[number for _, number in kept]]
    model = Encoder(len(kept))
    model.load_state_dict(state)
    model.eval()
    for layer in model.layers:
        layer.__class__ = ExportedLayer
    example = (
        torch.full((2, 40), 3, dtype=torch.int64),
        torch.zeros(2, 3, 40),
        torch.zeros(2, 3, 2),
    )
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            model,
            example,
            str(whole),
            input_names=["tokens", "pool", "place"],
            output_names=["answers"],
            dynamic_axes={
                "tokens": {0: "windows", 1: "tokens"},
                "pool": {0: "windows", 1: "sentences", 2: "tokens"},
                "place": {0: "windows", 1: "sentences"},
                "answers": {0: "windows", 1: "sentences"},
            },
            opset_version=OPSET,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        packaged = options.to / "encoder.onnx"
        # A scale for each column keeps the average precision of full weights (one for all costs
        # .013 of it); seven bits of eight, as older processors overflow with all of them.
        quantize_dynamic(
            str(whole),
            str(packaged),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    pieces = "\n".join(piece for piece, _ in kept) + "\n"
    (options.to / "encoder_vocabulary.txt").write_text(pieces, encoding="utf-8")
    print(f"{len(kept)} pieces, {packaged.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
