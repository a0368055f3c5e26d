"""A cluster of two real executors, with a JVM and a Python each."""

import os
import sys

import archives
import cluster
import pytest

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ["PYSPARK_PYTHON"] = sys.executable


@pytest.fixture(scope="session")
def session():
    opened = cluster.start()
    opened.sparkContext.setLogLevel("ERROR")
    yield opened
    opened.stop()


@pytest.fixture(scope="session")
def crawl(tmp_path_factory):
    """Archives of ours, the last of them cut."""
    return archives.write(tmp_path_factory.mktemp("crawl"))


@pytest.fixture(scope="session")
def output(session, crawl, tmp_path_factory):
    """What the job writes of them."""
    from dateline.spark._job import run

    folder = tmp_path_factory.mktemp("job") / "out"
    run(session, [str(path) for path in crawl], str(folder))
    return folder
