"""A process that sweeps once at the instant it is given, and says how many clocks, seconds and megabytes that took."""

import os
import resource
import sys
import time
from datetime import datetime

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "callcenter.settings")
    django.setup()
    from complaints import services

    began = time.perf_counter()
    swept = services.sweep_clocks(now=datetime.fromisoformat(sys.argv[1]))
    taken = time.perf_counter() - began
    print(swept, taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
