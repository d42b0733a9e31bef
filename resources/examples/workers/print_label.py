#!/usr/bin/env python3
"""A worker: it does the steps of LabelPrinting that are named print-label. Standard library only.

    SIGNALBOX_KEY=KEY resources/examples/workers/print_label.py URL [--printer FILE] [--lease SECONDS]

It writes the lines of each label to FILE (standard output if there is none, a device, a pipe) and says on
standard error what it does. It may be killed at any moment: when its lease has run out, whoever asks next
gets the work.
"""
import argparse
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request

NAME = "print-label"


def arguments():
    parser = argparse.ArgumentParser(description="Prints the labels of LabelPrinting.")
    parser.add_argument("url", help="where Signalbox listens, as http://127.0.0.1:7071")
    parser.add_argument("--printer", default="/dev/stdout", help="the file that takes the lines")
    parser.add_argument("--lease", type=int, default=30, help="seconds that work is ours at a time")
    return parser.parse_args()


def say(*words):
    print(*words, file=sys.stderr, flush=True)


class Board:
    """The work of one name: what to fetch, and what to say about it."""

    def __init__(self, url, lease):
        self.base = f"{url}/api/v1/work/{NAME}"
        self.lease = lease

    def call(self, path, body=None):
        """The answer, once there is one: a Signalbox that starts again keeps its leases."""
        request = urllib.request.Request(self.base + path, method="POST",
                                         data=b"" if body is None else json.dumps(body).encode())
        request.add_header("Authorization", f"Bearer {os.environ['SIGNALBOX_KEY']}")
        request.add_header("Content-Type", "application/json")
        while True:
            try:
                with urllib.request.urlopen(request, timeout=90) as answer:
                    return answer.status, json.loads(answer.read() or b"null")
            except urllib.error.HTTPError as refusal:
                if refusal.code != 503:
                    return refusal.code, refusal.read().decode()
            except OSError as fault:
                say("no answer, asks again:", fault)
            time.sleep(1)

    def fetch(self):
        status, answer = self.call(f"?wait=30&lease={self.lease}&most=1")
        if status != 200:
            sys.exit(f"print_label: Signalbox answers {status}: {answer}")
        return answer["work"]


class Heartbeat(threading.Thread):
    """Prolongs a lease until it is stopped, or until the lease is no longer good."""

    def __init__(self, board, work):
        super().__init__(daemon=True)
        self.board = board
        self.work = work
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.wait(self.board.lease / 3):
            status, answer = self.board.call(f"/{self.work['lease']}/heartbeat?lease={self.board.lease}")
            if status != 200:
                return
            say("has", self.work["key"], "until", answer["until"])


def print_label(printer, work):
    lines = work["input"]["lines"]
    if not any(line.strip() for line in lines):
        raise ValueError("the address is empty")
    # The key is the same in every attempt, so a label that was printed twice has one number.
    tracking = "SB-" + work["key"].replace("/", "-")
    with open(printer, "a", encoding="utf-8") as paper:
        paper.write("\n".join([tracking, *lines]) + "\n\n")
    return {"tracking": tracking}


def do(board, printer, work):
    say("prints", work["key"], "attempt", work["attempt"])
    heartbeat = Heartbeat(board, work)
    heartbeat.start()
    try:
        result = print_label(printer, work)
        status, answer = board.call(f"/{work['lease']}/complete", result)
    except (OSError, ValueError) as fault:
        failure = {"message": str(fault), "type": "NotPrinted", "retriable": isinstance(fault, OSError)}
        status, answer = board.call(f"/{work['lease']}/fail", failure)
    finally:
        heartbeat.stopped.set()
    # 409: the lease ran out and somebody else has the work, or has done it. 410: nobody wants it any more.
    say("done" if status == 202 else "dropped", work["key"], "" if status == 202 else f"{status}: {answer}")


def main():
    chosen = arguments()
    if not os.environ.get("SIGNALBOX_KEY"):
        sys.exit("print_label: put the key into SIGNALBOX_KEY; it stands in the file 'key' of the data directory")
    board = Board(chosen.url.rstrip("/"), chosen.lease)
    while True:
        for work in board.fetch():
            do(board, chosen.printer, work)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
