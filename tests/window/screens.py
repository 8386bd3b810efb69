"""A child process that shows the customer's screen, and questions to it."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager


class Shown:
    """The running program; `ask` tells where its windows are."""

    def __init__(self, child):
        self._child = child

    def say(self, order):
        self._child.stdin.write(order + "\n")
        self._child.stdin.flush()

    def ask(self):
        self.say("ask")
        return json.loads(self._child.stdout.readline())

    def until(self, true, seconds=30.0):
        """Ask until it is so; the answer."""
        end = time.monotonic() + seconds
        while not true(told := self.ask()):
            assert time.monotonic() < end, told
            time.sleep(0.2)
        return told


@contextmanager
def shown(home, platform):
    """The program on a platform of Qt's, ended behind it."""
    program = [sys.executable, "-m", "tests.window.screens_child", str(home)]
    env = os.environ | {"QT_QPA_PLATFORM": platform}
    with subprocess.Popen(
        program, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        made = Shown(child)
        try:
            yield made
            made.say("quit")
            assert child.wait(timeout=30) == 0
        finally:
            child.kill()
