"""Reads the texts of a JSON Lines file of strings with spaCy: prints version, tokens, seconds.

    python spacy_speed.py PIPELINE FILE
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import spacy  # noqa: E402  (after the threads are set)

nlp = spacy.load(sys.argv[1])
texts = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
best, tokens = float("inf"), 0
for read in (lambda: map(nlp, texts), lambda: nlp.pipe(texts, batch_size=256)):
    start = time.perf_counter()
    tokens = sum(len(doc) for doc in read())
    best = min(best, time.perf_counter() - start)
print(json.dumps({"spacy": spacy.__version__, "tokens": tokens, "seconds": best}))
