"""`python -m feedback.scrubbing`: a file in, a line of JSON and the clean file out; a refusal is {"refused": reason}.

Limits come first: whatever a hostile file makes a library do ends with this process.
"""

import json
import resource
import sys

MEMORY = 1 << 30
SECONDS = 15

resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

from feedback.scrubbing import scrub  # noqa: E402 (within the limits)
from feedback.scrubbing.refused import Refused  # noqa: E402


def main() -> None:
    """Clean what comes in."""
    try:
        kind, clean = scrub(sys.stdin.buffer.read())
        head, body = {"kind": kind}, clean
    except Refused as refusal:
        head, body = {"refused": str(refusal)}, b""
    except MemoryError:
        head, body = {"refused": "large"}, b""
    except Exception:  # noqa: BLE001 (a file that breaks a library is broken)
        head, body = {"refused": "damaged"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


main()
