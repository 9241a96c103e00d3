#!/bin/sh
# Makes or renews .venv-peers from benchmarks/peers.lock: the tools that the benchmarks compare with, beside all of requirements.lock.
# Never stands in the way: without network the benchmarks leave those rows out.
set -u
cd "$(dirname "$0")/.."
ready=.venv-peers/.ready

say() {
    printf '%s\n' "$@" >&2
}

make_with_uv() {
    uv venv --quiet --clear --python .venv/bin/python .venv-peers &&
        uv pip sync --quiet --python .venv-peers/bin/python --require-hashes benchmarks/peers.lock
}

make_with_pip() {
    .venv/bin/python -m venv --clear .venv-peers &&
        .venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r benchmarks/peers.lock
}

if [ -e "$ready" ] && [ -z "$(find benchmarks/peers.lock -newer "$ready")" ]; then
    exit 0
fi
say "正在准备 .venv-peers（PyPSA、oemof.solph，约 1.3 GB）… / preparing .venv-peers (PyPSA, oemof.solph, about 1.3 GB) ..."
if command -v uv >/dev/null 2>&1; then make=make_with_uv; else make=make_with_pip; fi
if "$make"; then
    touch "$ready"
else
    rm -rf .venv-peers
    say "没有 .venv-peers：对照工具各行记为 not installed。/ No .venv-peers: the rows of the peers say \"not installed\"."
fi
exit 0
