#!/bin/bash
# Starts an X server with a window manager, prints its display (":3"), and keeps both alive until
# standard input ends. Whoever holds the other end of that pipe can thus not leave them behind,
# even when killed. By hand: packaging/x_screen.sh, and Ctrl-D when done.
# Needs Xvfb, openbox and xprop.
set -eu

children=()
trap 'kill "${children[@]}" 2>/dev/null || true; wait' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# The server picks a free display number itself and writes it to its standard output.
exec 3< <(exec Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp </dev/null 2>/dev/null)
children+=($!)
if ! read -r -t 30 number <&3; then
    echo "The X server (Xvfb) did not start." >&2
    exit 1
fi
export DISPLAY=":$number"

openbox --sm-disable </dev/null >/dev/null 2>&1 &
children+=($!)
for ((tries = 0; ; tries++)); do
    if xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; then
        break
    fi
    if ((tries == 200)); then
        echo "The window manager (openbox) did not come up." >&2
        exit 1
    fi
    sleep 0.05
done

echo "$DISPLAY"
while read -r _; do :; done
