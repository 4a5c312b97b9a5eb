#!/bin/sh
# Renews the third-party parts in assets/vendor and tests/vendor: package, version, files, licence; then the manifest.
# Needs npm and pip. Nothing of it is needed to run or test the product.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pack() { # name version
	(cd "$work" && npm pack --silent "$1@$2" >/dev/null)
	mkdir -p "$work/$1"
	tar -xzf "$work"/"$(printf '%s' "$1" | tr -d '@' | tr '/' '-')-$2.tgz" -C "$work/$1" --strip-components=1
}

pack @kern-ux/native 2.7.2
pack @fontsource/fira-sans 5.3.0
pack axe-core 4.14.1

mkdir -p assets/vendor/kern assets/vendor/fonts tests/vendor
python3 tools/vendor_subset.py "$work/@kern-ux/native/dist/kern.css" assets/vendor/kern/kern.css
cp "$work/@kern-ux/native/LICENSE.md" assets/vendor/kern/LICENSE.md
# Hinting is for screens of 2005; without it, and without features nobody asks for, a face weighs 14 instead of 24 kB.
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q fonttools==4.60.1 brotli==1.1.0
for face in 400-normal 400-italic 600-normal; do
	"$work/venv/bin/pyftsubset" "$work/@fontsource/fira-sans/files/fira-sans-latin-$face.woff2" --unicodes='*' --no-hinting \
		--layout-features=kern,liga,ccmp,locl,mark,mkmk,lnum,tnum --flavor=woff2 --output-file="assets/vendor/fonts/fira-sans-$face.woff2"
done
# For print, one file a face with all letters of Europe: reportlab reads no WOFF2, and names of guests are not only German.
for weight in 400 600; do
	for part in latin latin-ext cyrillic cyrillic-ext greek; do
		"$work/venv/bin/pyftsubset" "$work/@fontsource/fira-sans/files/fira-sans-$part-$weight-normal.woff2" --unicodes='*' --no-hinting \
			--layout-features='' --drop-tables+=GPOS,GSUB,GDEF --output-file="$work/$part.ttf"
	done
	"$work/venv/bin/pyftmerge" --output-file="assets/vendor/fonts/fira-sans-print-$weight.ttf" \
		"$work/latin.ttf" "$work/latin-ext.ttf" "$work/cyrillic.ttf" "$work/cyrillic-ext.ttf" "$work/greek.ttf"
done
cp "$work/@fontsource/fira-sans/LICENSE" assets/vendor/fonts/OFL.txt
cp "$work/axe-core/axe.min.js" tests/vendor/axe.min.js
cp "$work/axe-core/LICENSE" tests/vendor/axe-LICENSE
python3 tools/vendor_manifest.py
