#!/bin/sh
# Make a virtual environment hold what a lock file names; does nothing when it already does.
#
#     sh tools/venv.sh VENV LOCK [PYTHON]
#
# The environment is made anew when PYTHON is of another version than the one inside, and kept when
# only the lock file changed: several locks may share an environment, each leaves its own stamp.
set -eu

venv=$1
lock=$2
wanted=${3:-}
stamp="$venv/.installed-$(basename "$lock")"

say() { echo "$*" >&2; }
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1; }
version() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null || echo none; }

if [ -n "$wanted" ]; then
    fits "$wanted" || {
        say "Khidi needs Python 3.11, 3.12 or 3.13; $wanted is $(version "$wanted")."
        exit 1
    }
    python=$wanted
elif fits "$venv/bin/python"; then
    python=$venv/bin/python
else
    python=
    for candidate in python3.12 python3.13 python3.11 python3 python; do
        if fits "$candidate"; then
            python=$candidate
            break
        fi
    done
    [ -n "$python" ] || {
        say "Khidi needs Python 3.11, 3.12 or 3.13 and found none (python3 is $(version python3)): say PYTHON=/path/to/python."
        exit 1
    }
fi

now="$(version "$python") $(cksum <"$lock")"
if [ "$(version "$venv/bin/python")" = "$(version "$python")" ]; then
    [ "$(cat "$stamp" 2>/dev/null)" != "$now" ] || exit 0
fi

if [ "$(version "$venv/bin/python")" != "$(version "$python")" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || {
        say "$python cannot make virtual environments: install its venv package (Debian: apt install python3-venv)."
        exit 1
    }
    say "Making a virtual environment in $venv with Python $(version "$python")."
    "$python" -m venv --clear "$venv"
fi

say "Installing the packages of $lock into $venv."
rm -f "$stamp"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --only-binary :all: -r "$lock"
echo "$now" >"$stamp"
