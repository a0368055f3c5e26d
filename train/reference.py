#!/usr/bin/env python3
"""Writes crates/dateline-judge/tests/reference.json: what Python makes of a few sentences.

usage: reference.py FOLDER > reference.json

FOLDER holds the published all-MiniLM-L6-v2. The pieces are those of Hugging Face's `tokenizers`, the numbers
those of the training script before it has learnt anything. Wants jax, optax, numpy and tokenizers.
"""
import json
import sys
from types import SimpleNamespace

import numpy as np
from tokenizers import Tokenizer

from encoder import Encoder, LAYERS, WIDTH

SENTENCES = [
    "Rebels shelled the port of Goma on Friday, killing 12 people.",
    "Côte d'Ivoire's president didn't meet São Tomé's envoys (yet).",
    "“We won’t sign,” Zoë Müller-Öztürk said; the £3.5bn deal is off—for now…",
    "北京 and Москва agreed; наблюдатели doubted it.\u200b Naïve?",
    "U.S.-led troops airlifted antidisestablishmentarianists out of Ouagadougou at 10:30 a.m.",
]


def main():
    folder = sys.argv[1]
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    encoder = Encoder(SimpleNamespace(weights=f"{folder}/model.safetensors", frozen=LAYERS, rank=1, dropout=0, seed=1))
    found = []
    for sentence in SENTENCES:
        pieces = tokenizer.encode(sentence)
        ids = np.array([pieces.ids])
        rows = encoder.layers({"delta": {}}, encoder.embed(ids), np.ones(ids.shape, np.float32), range(LAYERS), None)
        mean = np.asarray(rows)[0].mean(0)
        found.append({"sentence": sentence, "ids": pieces.ids, "offsets": pieces.offsets[1:-1],
                      "mean": [round(float(value), 6) for value in mean[:WIDTH:16]]})
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
