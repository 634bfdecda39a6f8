#!/bin/sh
# Measures every strategy live in the three workloads and writes results.md, from the root of the project: sh docs/strategies/measure.sh
# Flags of bench run may follow, for all three: --duration 2s
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
compare() {
  name=$1
  shift
  # A verdict that is not `pass` (1, 2) is a result too; anything else is not.
  npx bench run --strategies all --nodes 4 --brokers 3 --users 400 --seed 7 --out "$folder/$name" "$@" || [ $? -le 2 ]
}
compare direct --scenario direct --rate 400 --duration 10s "$@"
compare members --scenario rooms --rooms members --rate 100 --duration 10s "$@"
compare topic --scenario rooms --rooms topic --rate 100 --duration 10s "$@"
{
  printf '# Live results\n\nEach strategy on its real servers, all with the same messages.\n\n'
  npx bench report --format markdown --out - "$folder/direct" "$folder/members" "$folder/topic"
} > "$folder/results.md"
mv "$folder/results.md" docs/strategies/results.md
