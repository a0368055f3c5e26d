"""Two executors, each a process with a Python of its own, and where they are."""

import os
from pathlib import Path


def start():
    from dateline.spark._job import _SESSION
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("tests")
    settings = {
        **_SESSION,
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.executor.heartbeatInterval": "2s",
        "spark.network.timeout": "60s",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def executors(session):
    """Process and folder of each executor's JVM."""

    def where(_):
        import time

        time.sleep(1)  # So that one executor doesn't take all.
        parent = os.getppid()
        while True:
            command = Path(f"/proc/{parent}/cmdline").read_bytes()
            if b"CoarseGrainedExecutorBackend" in command:
                return [(parent, str(Path.cwd()))]
            status = Path(f"/proc/{parent}/status").read_text()
            parent = int(next(line for line in status.splitlines() if line.startswith("PPid:")).split()[1])

    found = session.sparkContext.parallelize(range(4), 4).mapPartitions(where).collect()
    return sorted(set(found))
