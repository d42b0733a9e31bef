"""Runs the examples of docs/rest.md in their order and holds their answers against the ones shown.

A block ```sh is run as it stands, all in one shell; only the program, its directory and its port are others. A block
```http behind it shows the answer to its last curl: status, any of the headers, body. In what is shown `…` stands for
whatever it may be: the rest of a text, an object, a list, or lines. An answer that is not shown must be no error.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

STOP = "this block is done:"


def blocks_of(document):
    """(line, language, text) of each fenced block."""
    found, language, begin = [], None, 0
    lines = document.split("\n")
    for number, line in enumerate(lines, 1):
        fence = re.fullmatch(r"```(\w*)", line)
        if fence and language is None:
            language, begin = fence.group(1), number
        elif fence:
            found.append((begin, language, "\n".join(lines[begin:number - 1])))
            language = None
    return found


class Wrong(Exception):
    pass


def check(is_right, what):
    if not is_right:
        raise Wrong(what)


# ── what is shown, and what came ─────────────────────────────────────────────────────────────────

def as_json(shown):
    """`{ "a": 1, … }` and `[ 1, … ]` as JSON, with the ellipsis as a text."""
    def closer(place):  # whether the ellipsis stands in an object: where a key would
        depth = 0
        for char in reversed(re.sub(r'"(\\.|[^"\\])*"', lambda text: "_" * len(text[0]), shown)[:place]):
            depth += char in "}]"
            depth -= char in "{["
            if depth < 0:
                return char == "{"
        return False
    parts = re.split(r'("(?:\\.|[^"\\])*")', shown)
    text, place = "", 0
    for part in parts:
        if part.startswith('"'):
            text += part
        else:
            text += re.sub("…", lambda at: '"…": "…"' if closer(place + at.start()) else '"…"', part)
        place += len(part)
    return json.loads(text)


def check_text(shown, came, where):
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    check(re.fullmatch(pattern, came, re.DOTALL), f"{where}: {came!r} is not {shown!r}")


def check_value(shown, came, where):
    if shown == "…":
        return
    if isinstance(shown, str) and isinstance(came, str):
        check_text(shown, came, where)
    elif isinstance(shown, dict) and isinstance(came, dict):
        missing = [key for key in shown if key != "…" and key not in came]
        check(not missing, f"{where}: {missing} not in {came}")
        more = [key for key in came if key not in shown]
        check("…" in shown or not more, f"{where}: has also {more}")
        for key in shown.keys() & came.keys():
            check_value(shown[key], came[key], f"{where}/{key}")
    elif isinstance(shown, list) and isinstance(came, list):
        wanted = shown[:-1] if shown and shown[-1] == "…" else shown
        check(len(came) >= len(wanted) if wanted is not shown else len(came) == len(wanted),
              f"{where}: {came} has not the length of {shown}")
        for i, one in enumerate(wanted):
            check_value(one, came[i], f"{where}/{i}")
    else:
        check(shown == came and isinstance(shown, bool) == isinstance(came, bool), f"{where}: {came!r} is not {shown!r}")


def check_answer(shown, head, body):
    shown_head, _, shown_body = shown.partition("\n\n")
    first, *headers = shown_head.split("\n")
    lines = head.strip().split("\r\n")
    check_text(first, lines[0].strip(), "the status")
    for header in headers:
        name = header.partition(":")[0].lower()
        came = [line for line in lines if line.lower().startswith(name + ":")]
        check(came, f"no header {name} in {lines}")
        check_text(header.partition(":")[2].strip(), came[0].partition(":")[2].strip(), name)
    if not shown_body.strip():
        check(body == "" or "…" in shown, f"a body that is not shown: {body}")
    elif shown_body.lstrip()[0] in '{["0123456789tfn':
        check_value(as_json(shown_body), json.loads(body), "")
    else:
        check_text(re.sub("(^|\n)…(\n|$)", r"\1…\2", shown_body.strip()), body.strip(), "the body")


# ── running ──────────────────────────────────────────────────────────────────────────────────────

# In place of curl: keeps head and body of the last answer, and says what came wrong. Of a stream that has no end the
# first lines do.
CURL = r"""#!/usr/bin/env bash
set -u
rm -f "$ANSWERS/head" "$ANSWERS/body"
if [[ " $* " == *" -N "* ]]; then
    mkfifo "$ANSWERS/stream"
    "$REAL_CURL" -sS -D "$ANSWERS/head" "$@" >"$ANSWERS/stream" &
    head -n "$STREAM_LINES" "$ANSWERS/stream" >"$ANSWERS/body"
    kill $!
    rm "$ANSWERS/stream"
else
    "$REAL_CURL" -sS -D "$ANSWERS/head" -o "$ANSWERS/body" "$@" || exit
fi
touch "$ANSWERS/body"
head -1 "$ANSWERS/head" | tr -d '\r' >>"$ANSWERS/calls"
cat "$ANSWERS/body"
"""


class Reader:
    """Somebody who follows the page, at a shell."""

    def __init__(self, binary, source):
        self.work = tempfile.mkdtemp(prefix="signalbox-docs-")
        self.binary = os.path.realpath(binary)
        self.server = None
        self.replaced = {"build/release/signalbox": self.binary, "/tmp/signalbox-demo": self.work + "/data"}
        os.mkdir(self.work + "/bin")
        with open(self.work + "/bin/curl", "w", encoding="utf-8") as curl:
            curl.write(CURL)
        os.chmod(self.work + "/bin/curl", 0o755)
        environment = dict(os.environ, ANSWERS=self.work, REAL_CURL=shutil.which("curl"),
                           PATH=self.work + "/bin:" + os.environ["PATH"], STREAM_LINES="1")
        self.errors = open(self.work + "/errors", "w+", encoding="utf-8")
        self.shell = subprocess.Popen(["bash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                      text=True, encoding="utf-8", cwd=source, env=environment)
        self.source = source

    def close(self):
        self.shell.stdin.close()
        self.shell.wait()
        if self.server:
            self.server.terminate()
            self.server.wait()
        self.errors.close()
        shutil.rmtree(self.work)

    def serve(self, command):
        """The reader's first terminal: the address becomes that of a free port."""
        address = "http://127.0.0.1:" + re.search(r"--port (\d+)", command).group(1)
        words = re.sub(r"--port \d+", "--port 0", self.ours(command)).replace("\\\n", " ").split()
        self.server = subprocess.Popen(words, cwd=self.source, stdout=subprocess.PIPE, text=True,
                                       stderr=open(self.work + "/log", "w", encoding="utf-8"))
        self.replaced[address] = json.loads(self.server.stdout.readline())["url"]

    def ours(self, text):
        for theirs, ours in self.replaced.items():
            text = text.replace(theirs, ours)
        return text

    def run(self, text, stream_lines):
        """The first line of the answer to each curl."""
        calls = self.work + "/calls"
        if os.path.exists(calls):
            os.remove(calls)
        self.errors.seek(0)
        self.errors.truncate()
        self.shell.stdin.write(f"STREAM_LINES={stream_lines}\n{self.ours(text)}\nprintf '\\n%s %d\\n' '{STOP}' $?\n")
        self.shell.stdin.flush()
        said = ""
        while not said.startswith(STOP):
            said = self.shell.stdout.readline()
            check(said, f"the shell has ended: {self.said_wrong()}")
        check(said.split()[-1] == "0", f"ends with {said.split()[-1]}: {self.said_wrong()}")
        if not os.path.exists(calls):
            return []
        with open(calls, encoding="utf-8") as lines:
            return lines.read().strip().split("\n")

    def said_wrong(self):
        self.errors.seek(0)
        return self.errors.read()

    def answer(self):
        with open(self.work + "/head", encoding="utf-8", newline="") as head:
            with open(self.work + "/body", encoding="utf-8", newline="") as body:
                return head.read(), body.read()


def run_example(reader, text, shown):
    """Somebody who reads sees what others have done meanwhile: what only asks is asked until it is as shown."""
    tries = 1 if re.search(r"-X|-d|-N", text) or not shown else 500
    while True:
        try:
            return run_once(reader, text, shown)
        except Wrong:
            tries -= 1
            if tries == 0:
                raise


def run_once(reader, text, shown):
    body = shown.partition("\n\n")[2] if shown else ""
    calls = reader.run(text, len(body.split("\n")))
    unseen = calls[:-1] if shown else calls
    for call in unseen:
        check(re.match(r"HTTP/1.1 [123]", call), f"an error that is not shown: {call}")
    if shown:
        check(calls, "an answer is shown, but nothing was called")
        check_answer(reader.ours(shown), *reader.answer())


def main(binary, source):
    with open(source + "/docs/rest.md", encoding="utf-8") as page:
        blocks = blocks_of(page.read())
    reader, count, wrong = Reader(binary, source), 0, 0
    try:
        for (line, language, text), following in zip(blocks, blocks[1:] + [(0, "", "")]):
            if language != "sh":
                if "curl" in text:
                    print(f"docs/rest.md:{line}: an example that is not marked as sh, so nobody would run it")
                    wrong += 1
                continue
            count += 1
            try:
                if " serve " in text:
                    reader.serve(text)
                else:
                    run_example(reader, text, following[2] if following[1] == "http" else None)
            except (Wrong, ValueError) as fault:
                print(f"docs/rest.md:{line}: {fault}")
                wrong += 1
    finally:
        reader.close()
    print(f"{'passed' if wrong == 0 else 'FAILED'}: {count} examples, {wrong} wrong")
    return 1 if wrong or count < 30 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
