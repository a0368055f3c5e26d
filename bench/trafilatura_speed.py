"""Reads the pages listed in a file with trafilatura, metadata included: prints version, pages with text, seconds of the
processor. Needs trafilatura and lxml_html_clean.

    python trafilatura_speed.py LIST
"""
import gzip
import json
import sys
import time

import trafilatura

pages = []
for path in open(sys.argv[1], encoding="utf-8").read().splitlines():
    raw = open(path, "rb").read()
    pages.append(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)

trafilatura.bare_extraction(pages[0], favor_precision=True, with_metadata=True)
best, read = float("inf"), 0
for _ in range(2):
    start = time.process_time()
    read = sum(
        trafilatura.bare_extraction(page, favor_precision=True, with_metadata=True) is not None for page in pages
    )
    best = min(best, time.process_time() - start)
print(json.dumps({"version": trafilatura.__version__, "read": read, "seconds": best}))
