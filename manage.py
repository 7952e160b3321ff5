#!/usr/bin/env python
"""Django's command line. With nothing configured it works on the embedded servers that ./run keeps."""

import os
import sys
from pathlib import Path

import environ
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "callcenter.settings")
    if "DATABASE_URL" not in os.environ and "SECRET_KEY" not in os.environ:
        os.environ.setdefault("CALLCENTER_EMBEDDED", "1")
        environ.Env.read_env(Path(__file__).resolve().parent / ".run" / "env")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
