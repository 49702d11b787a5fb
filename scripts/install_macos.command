#!/bin/sh
# Installs IB Trackers for this user on macOS and Linux: no administrator rights, no Python needed beforehand.
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
PATH="$HOME/.local/bin:$PATH"
stop() {
    printf '\n%s\nNothing was changed in your own files. Run this file again, or ask whoever looks after your computer.\n' "$1" >&2
    exit 1
}
if ! command -v uv >/dev/null 2>&1; then
    echo "Getting uv, which brings Python (once) ..."
    curl -LsSf https://astral.sh/uv/install.sh | sh || stop "uv could not be fetched. Is this computer online?"
fi
echo "Installing IB Trackers ..."
uv tool install --quiet --force --python ">=3.11" "ib-trackers[excel,google] @ $source" ||
    stop "IB Trackers could not be installed. Is this computer online?"
command=$(uv tool dir --bin)/ib-trackers
folder="${IB_TRACKERS_FOLDER:-$HOME/Documents/IB Trackers}"
case "$(uname)" in
Darwin) "$command" excel install || echo "The Excel tab was not installed. Quit Excel and run this file again." ;;
esac
book="$folder/School.xlsm"
[ -e "$book" ] || "$command" new "$book"
case "$(uname)" in
Darwin) open "$book" ;;
*) xdg-open "$book" >/dev/null 2>&1 || true ;;
esac
echo "Ready: $book"
