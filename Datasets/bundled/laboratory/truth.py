"""The ground truth: one line of JSON per activity, appended by the activity itself."""

import json
import os


def write_line(path, **fields):
    """Appends one line in a single write, so that lines of several processes do not mix."""
    line = json.dumps(fields, separators=(",", ":")) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


def read_lines(path):
    """All lines of a ground truth file, in order of their start."""
    with open(path, encoding="utf-8") as file:
        return sorted((json.loads(line) for line in file), key=lambda line: (line["start"], line["activity"]))
