"""Standard input and output of `huchu rule`: all of what comes in, all of what goes out."""

import os
import sys

from tariffs.vocabulary.errors import InputError, Words


def standard_input() -> bytes:
    """Everything on standard input.

    Raises  InputError if it is closed
    """
    # a program started without one has none
    if sys.stdin is None:
        raise InputError(
            Words("无法读取标准输入", "standard input cannot be read"),
            found=Words("标准输入已关闭", "it is closed"),
            do=Words("给出文件，或由管道输入", "name a file, or pipe it in"),
        )
    return sys.stdin.buffer.read()


def put_out(text: str) -> None:
    """A text that is meant for a file: always in UTF-8 where it goes to a file or a pipe, and whole."""
    if sys.stdout.isatty():
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    left = memoryview(text.encode("utf-8"))
    while left:
        # a stream without a buffer may take a part at a time
        left = left[sys.stdout.buffer.write(left) :]
    sys.stdout.buffer.flush()


def give_up_output() -> None:
    """Nothing more on standard output, if it takes no more: else what is left would be tried again at the end, with a traceback."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
