#!/usr/bin/env bash
# Makes the disk image for macOS: build.sh FOLDER. To be run on macOS 15 or later with Apple's command line tools; the image is for the
# processor that it is made on.
# GEDIGEN_SIGN names the certificate to sign with ("Developer ID Application: …"); without it the program is signed ad hoc, and macOS
# opens it on another computer only after a right click and Open.
set -euo pipefail

if [ "$#" -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 64
fi
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
python="$root/.venv/bin/python"
if [ ! -x "$python" ]; then
    echo "There is no environment yet. Start with: python3 dev.py package" >&2
    exit 1
fi
version=$("$python" -c 'import sys; sys.path.insert(0, sys.argv[1]); from installer.release import this_release as r; print(r().version)' "$root")
image="$folder/gedigen-$version-macos-$(uname -m).dmg"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$python" -m PyInstaller --noconfirm --log-level ERROR --distpath "$scratch/made" --workpath "$scratch/work" "$root/installer/gedigen.spec"
program="$scratch/made/Gedigen.app"
codesign --force --deep --options runtime --timestamp=none --entitlements "$root/installer/macos/entitlements.plist" \
    --sign "${GEDIGEN_SIGN:--}" "$program"
codesign --verify --deep --strict "$program"
"$program/Contents/MacOS/gedigen" self-test

mkdir "$scratch/image"
mv "$program" "$scratch/image/"
ln -s /Applications "$scratch/image/Applications"
rm -f "$image"
hdiutil create -quiet -volname Gedigen -srcfolder "$scratch/image" -format UDZO "$image"
echo "$image"
