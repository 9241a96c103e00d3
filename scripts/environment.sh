#!/bin/sh
# Makes or renews .venv from requirements.lock: with uv where it is on PATH, with venv and pip where it is not.
# Every part is pinned by its hash, the build backend of the editable install included. PYTHON=... chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

say() {
    printf '%s\n' "$@" >&2
}

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
        # A name on PATH may be a shim with nothing behind it, so each is started, not only looked up.
        if "$name" -c "$new_enough" >/dev/null 2>&1; then
            "$name" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

refuse_without_python() {
    say "缺少 Python 3.11 或更新版本。/ Python 3.11 or newer is missing." \
        "实际 Found: $(python3 --version 2>/dev/null || echo '无 / none')" \
        "结果 Done: 未创建 .venv / .venv was not made" \
        "办法 Do: 安装 Python 3.11，或用 make PYTHON=/路径/python3.11 指定 / install Python 3.11, or name one: make PYTHON=/path/to/python3.11"
    exit 1
}

refuse_without_venv() {
    say "该 Python 不含 venv 或 ensurepip。/ This Python lacks venv or ensurepip." \
        "实际 Found: $1" \
        "结果 Done: 未创建 .venv / .venv was not made" \
        "办法 Do: Debian、Ubuntu 上 apt install python3-venv，或安装 uv / on Debian and Ubuntu: apt install python3-venv, or install uv"
    exit 1
}

with_uv() {
    if ! .venv/bin/python -c "$new_enough" >/dev/null 2>&1; then
        python=$(find_python) || python=3.11 # uv fetches one where it may
        uv venv --quiet --clear --python "$python" .venv || refuse_without_python
    fi
    uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
}

with_pip() {
    if ! .venv/bin/python -c "$new_enough" >/dev/null 2>&1; then
        python=$(find_python) || refuse_without_python
        "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || refuse_without_venv "$python"
        "$python" -m venv --clear .venv
    fi
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
}

if command -v uv >/dev/null 2>&1; then
    say "正在用 uv 准备 .venv … / preparing .venv with uv ..."
    with_uv
else
    say "正在用 pip 准备 .venv，约一分钟 … / preparing .venv with pip, about a minute ..."
    with_pip
fi
