#!/usr/bin/env python3
"""Fine-tunes the encoder on the codebook's questions: low-rank changes to its upper layers, and a linear head.

usage: encoder.py --weights MODEL.safetensors --cases CASES.jsonl --out ENCODER.safetensors [--answer QUESTIONS.jsonl ANSWERS.npy]...

A sentence is read once for all its candidates. A candidate is the mean of the sentence's pieces, of the trigger's,
of the actors' and of the recipients', side by side. Wants jax, optax and numpy; the seed is fixed. Called by
`cargo xtask train --encoder`; questions come from `dateline-train dump`, and are never those kept for testing.
"""
import argparse
import collections
import json
import random
import struct
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

LABELS = ("nothing ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST "
          "RETREAT SANCTION SUPPORT THREATEN").split()
WIDTH, HEADS, LAYERS = 384, 12, 6
LENGTHS = (24, 40, 64, 96)
CANDIDATES = 4          # of one sentence, read together
PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
         "intermediate.dense", "output.dense")


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    types = {"F32": "<f4", "I64": "<i8"}
    return {name: np.frombuffer(data[slice(*entry["data_offsets"])], types[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}


def write_safetensors(path, arrays):
    """Half precision is enough for changes that are small beside what they change."""
    header, data = {}, b""
    for name, value in sorted(arrays.items()):
        kind = "F16" if name.endswith((".up", ".down")) else "F32"
        piece = np.ascontiguousarray(value, "<f2" if kind == "F16" else "<f4").tobytes()
        header[name] = {"dtype": kind, "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(piece)]}
        data += piece
    written = json.dumps(header, separators=(",", ":")).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(written)) + written + data)


def groups(questions):
    """Questions about one sentence, a few at a time."""
    by_sentence = collections.OrderedDict()
    for number, question in enumerate(questions):
        by_sentence.setdefault(tuple(question["ids"]), []).append(number)
    return [numbers[at:at + CANDIDATES] for numbers in by_sentence.values() for at in range(0, len(numbers), CANDIDATES)]


class Encoder:
    def __init__(self, options):
        self.o = options
        weights = read_safetensors(options.weights)
        self.base = {name: jnp.array(value) for name, value in weights.items() if value.dtype == np.float32}
        self.adapted = [f"encoder.layer.{layer}.{part}" for layer in range(options.frozen, LAYERS) for part in PARTS]

    def start(self):
        rng = np.random.default_rng(self.o.seed)
        params = {"head": (jnp.zeros((4 * WIDTH, len(LABELS))), jnp.zeros(len(LABELS))), "delta": {}}
        for name in self.adapted:
            rows, columns = self.base[name + ".weight"].shape
            down = rng.normal(0, columns ** -0.5, (self.o.rank, columns)).astype("f")
            params["delta"][name] = (jnp.array(down), jnp.zeros((rows, self.o.rank)))
        return params

    def norm(self, x, name):
        mean = x.mean(-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(-1, keepdims=True)
        return (x - mean) / jnp.sqrt(variance + 1e-12) * self.base[name + ".weight"] + self.base[name + ".bias"]

    def linear(self, params, x, name):
        y = x @ self.base[name + ".weight"].T + self.base[name + ".bias"]
        if name in params["delta"]:
            down, up = params["delta"][name]
            y += (x @ down.T) @ up.T
        return y

    def embed(self, ids):
        x = self.base["embeddings.word_embeddings.weight"][ids]
        x += self.base["embeddings.position_embeddings.weight"][:ids.shape[1]]
        x += self.base["embeddings.token_type_embeddings.weight"][0]
        return self.norm(x, "embeddings.LayerNorm")

    def layers(self, params, x, mask, numbers, key):
        """`key` is None when reading, not learning."""
        keys = iter(jax.random.split(key, 2 * LAYERS)) if key is not None else None

        def drop(x):
            if keys is None or not self.o.dropout:
                return x
            return jnp.where(jax.random.bernoulli(next(keys), 1 - self.o.dropout, x.shape), x / (1 - self.o.dropout), 0)

        length = x.shape[1]
        bias = (1 - mask)[:, None, None, :] * -1e9
        split = lambda y: y.reshape(y.shape[0], length, HEADS, -1).transpose(0, 2, 1, 3)
        for layer in numbers:
            at = f"encoder.layer.{layer}."
            query, key_, value = (split(self.linear(params, x, at + "attention.self." + part))
                                  for part in ("query", "key", "value"))
            weight = jax.nn.softmax(query @ key_.transpose(0, 1, 3, 2) * (WIDTH // HEADS) ** -0.5 + bias, -1)
            mixed = (weight @ value).transpose(0, 2, 1, 3).reshape(x.shape)
            x = self.norm(x + drop(self.linear(params, mixed, at + "attention.output.dense")),
                          at + "attention.output.LayerNorm")
            inner = jax.nn.gelu(self.linear(params, x, at + "intermediate.dense"), approximate=False)
            x = self.norm(x + drop(self.linear(params, inner, at + "output.dense")), at + "output.LayerNorm")
        return x

    def below(self, questions):
        """What the frozen layers make of each sentence, once for all epochs."""
        read = jax.jit(lambda ids, mask: self.layers({"delta": {}}, self.embed(ids), mask, range(self.o.frozen), None))
        found = {}
        for sentences in batches(questions, self.o.batch):
            batch = fill(questions, sentences, self.o.batch)
            rows = np.asarray(read(batch["ids"], batch["mask"]))
            for row, group in enumerate(sentences):
                ids = questions[group[0]]["ids"]
                found[tuple(ids)] = rows[row, :len(ids)]
        return found

    def logits(self, params, batch, key):
        x = self.layers(params, batch["below"], batch["mask"], range(self.o.frozen, LAYERS), key)
        pools = jnp.concatenate([jnp.repeat(batch["mask"][:, None, None, :], CANDIDATES, 1), batch["words"]], 2)
        pools = pools / jnp.maximum(pools.sum(-1, keepdims=True), 1)
        seen = jnp.einsum("bckn,bnd->bckd", pools, x).reshape(x.shape[0], CANDIDATES, 4 * WIDTH)
        if key is not None:
            seen = jnp.where(jax.random.bernoulli(key, 0.8, seen.shape), seen / 0.8, 0)
        weight, bias = params["head"]
        return seen @ weight + bias

    def loss(self, params, batch, key):
        log = jax.nn.log_softmax(self.logits(params, batch, key))
        right = jnp.take_along_axis(log, jnp.maximum(batch["is"], 0)[..., None], -1)[..., 0]
        wrong = jnp.take_along_axis(log, jnp.maximum(batch["is_not"], 0)[..., None], -1)[..., 0]
        missed = jnp.log1p(-jnp.minimum(jnp.exp(wrong), 1 - 1e-6))
        told = jnp.where(batch["is"] >= 0, right, jnp.where(batch["is_not"] >= 0, missed, 0.0))
        weight = batch["weight"]
        return -(told * weight).sum() / jnp.maximum(weight.sum(), 1)


def fill(questions, groups_, size, below=None, shake=None):
    length = next(n for n in LENGTHS if n >= max(len(questions[g[0]]["ids"]) for g in groups_))
    batch = {"mask": np.zeros((size, length), np.float32), "weight": np.zeros((size, CANDIDATES), np.float32),
             "words": np.zeros((size, CANDIDATES, 3, length), np.float32),
             "is": np.full((size, CANDIDATES), -1, np.int32), "is_not": np.full((size, CANDIDATES), -1, np.int32)}
    if below is None:
        batch["ids"] = np.zeros((size, length), np.int32)
    else:
        batch["below"] = np.zeros((size, length, WIDTH), np.float32)
    for row, group in enumerate(groups_):
        ids = questions[group[0]]["ids"]
        if below is None:
            batch["ids"][row, :len(ids)] = ids
        else:
            batch["below"][row, :len(ids)] = below[tuple(ids)]
        batch["mask"][row, :len(ids)] = 1
        for column, number in enumerate(group):
            question = questions[number]
            for kind, name in enumerate(("trigger", "actors", "recipients")):
                # Whose names they are says nothing of the deed, and a trigger may stand elsewhere.
                if not shake or shake.random() > 0.15:
                    batch["words"][row, column, kind, question[name]] = 1
            for name in ("is", "is_not"):
                if question.get(name):
                    batch[name][row, column] = LABELS.index(question[name])
            batch["weight"][row, column] = question.get("weight", 1.0)
        if shake:
            # No word may decide alone.
            hidden = [at for at in range(1, len(ids) - 1) if shake.random() < 0.08]
            batch["mask"][row, hidden] = 0
    return batch


def batches(questions, size, shake=None):
    by_length = collections.defaultdict(list)
    for group in groups(questions):
        by_length[next(n for n in LENGTHS if n >= len(questions[group[0]]["ids"]))].append(group)
    found = []
    for sentences in by_length.values():
        if shake:
            shake.shuffle(sentences)
        found += [sentences[at:at + size] for at in range(0, len(sentences), size)]
    if shake:
        shake.shuffle(found)
    return found


def train(encoder, questions):
    o = encoder.o
    shake = random.Random(o.seed)
    params = encoder.start()
    steps = o.epochs * len(batches(questions, o.batch))
    rate = lambda peak: optax.warmup_cosine_decay_schedule(0, peak, max(1, steps // 10), steps)
    group = {"head": ("head", "head"), "delta": jax.tree.map(lambda _: "delta", params["delta"])}
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(
        {"delta": optax.adamw(rate(o.rate), weight_decay=0.01), "head": optax.adamw(rate(o.head_rate), weight_decay=0.05)}, group))
    state = optimizer.init(params)

    @jax.jit
    def step(params, state, batch, key):
        loss, gradient = jax.value_and_grad(encoder.loss)(params, batch, key)
        update, state = optimizer.update(gradient, state, params)
        return optax.apply_updates(params, update), state, loss

    key = jax.random.PRNGKey(o.seed)
    began = time.time()
    below = encoder.below(questions)
    print(f"the frozen layers have read {len(below)} sentences, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    for epoch in range(o.epochs):
        losses = []
        for sentences in batches(questions, o.batch, shake):
            key, now = jax.random.split(key)
            params, state, loss = step(params, state, fill(questions, sentences, o.batch, below, shake), now)
            losses.append(float(loss))
        print(f"epoch {epoch + 1} of {o.epochs}: loss {np.mean(losses):.3f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    return params


def answer(encoder, params, questions):
    read = jax.jit(lambda params, batch: encoder.logits(params, batch, None))
    logits = np.zeros((len(questions), len(LABELS)), np.float32)
    below = encoder.below(questions)
    for sentences in batches(questions, encoder.o.batch):
        found = np.asarray(read(params, fill(questions, sentences, encoder.o.batch, below)))
        for row, numbers in enumerate(sentences):
            for column, number in enumerate(numbers):
                logits[number] = found[row, column]
    return logits


def read_questions(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--cases", required=True, action="append")
    parser.add_argument("--out", required=True)
    parser.add_argument("--answer", nargs=2, action="append", default=[], metavar=("QUESTIONS", "ANSWERS"))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--head-rate", type=float, default=3e-3)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--frozen", type=int, default=3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the sentences that is learnt from")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    questions = [question for path in options.cases for question in read_questions(path) if not question.get("kept")]
    if options.share < 1:
        names = sorted({question["name"] for question in questions})
        random.Random(options.seed).shuffle(names)
        chosen = set(names[:round(len(names) * options.share)])
        questions = [question for question in questions if question["name"] in chosen]
    encoder = Encoder(options)
    print(f"{len(questions)} questions about {len(groups(questions))} sentences", file=sys.stderr)
    params = train(encoder, questions)
    arrays = {"head.weight": params["head"][0].T, "head.bias": params["head"][1]}
    for name, (down, up) in params["delta"].items():
        arrays[name + ".down"], arrays[name + ".up"] = down, up
    write_safetensors(options.out, arrays | {"rank": np.array([options.rank], np.float32)})
    for path, out in options.answer:
        np.save(out, answer(encoder, params, read_questions(path)))


if __name__ == "__main__":
    main()
