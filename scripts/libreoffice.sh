#!/bin/sh
# Makes LibreOffice (soffice) available for the tests that recompute the workbook of huchu size; does nothing where it is there.
# Never stands in the way: where it cannot be had, those tests are left out and say so (with CI=true they fail instead).
set -u

say() {
    printf '%s\n' "$@" >&2
}

install() {
    say "正在安装 LibreOffice Calc … / installing LibreOffice Calc ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    for package in libreoffice-calc-nogui libreoffice-calc; do
        if apt-get install -qq -y --no-install-recommends "$package" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

if command -v soffice >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ] && install && command -v soffice >/dev/null 2>&1; then
    exit 0
fi
say "没有 soffice。/ There is no soffice." \
    "实际 Found: $(uname -s)，用户 user $(id -un)" \
    "结果 Done: 用 LibreOffice 重算工作簿的测试将跳过 / the tests that recompute the workbook will be skipped" \
    "办法 Do: Debian、Ubuntu 上以 root 运行 apt-get install libreoffice-calc；其他系统从 libreoffice.org 安装，并把 soffice 放到 PATH / on Debian and Ubuntu as root: apt-get install libreoffice-calc; elsewhere install it from libreoffice.org and put soffice on PATH"
exit 0
