"""``python -m dateline.spark``, or ``spark-submit`` with this file: the job."""

import sys

from dateline.spark._job import main

if __name__ == "__main__":
    sys.exit(main())
