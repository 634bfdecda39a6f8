#!/bin/sh
# Makes this folder anew, from the root of the project: sh docs/sample/make.sh
# With a folder, of what lies in its claims/ and compare/ instead of playing it: sh docs/sample/make.sh results/sample
set -eu
if [ $# -gt 0 ]; then
  from=$1
else
  from=$(mktemp -d)
  trap 'rm -r "$from"' EXIT
  # A verdict that is not `pass` (1, 2) is a result too; anything else is not.
  npx bench claims --out "$from/claims" || [ $? -le 2 ]
  npx bench compare --strategies all --rounds 3 --out "$from/compare" || [ $? -le 2 ]
fi
for name in claims compare; do
  to=docs/sample/$name
  rm -rf "$to"
  npx bench report --format html,png,markdown,json --out "$to" "$from/$name"
  # Pages of single runs are left out, and with them the links there.
  sed -i 's#<a href="[^"\#]*/report.html">\([^<]*\)</a>#\1#g' "$to/report.html"
done
# Of the claims the table says it all; the README shows one.
find docs/sample/claims -name '*.png' ! -name claim-hashed.png -delete
