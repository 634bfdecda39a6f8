#!/bin/sh
# Makes the calibration that comes with bench anew, from the root of the project, on a machine that does nothing else (20 minutes): sh bench/reference.sh
# With a folder, of the results that lie in it instead of playing them: sh bench/reference.sh results/reference
set -eu
if [ $# -gt 0 ]; then
  from=$1
else
  from=$(mktemp -d)
  trap 'rm -r "$from"' EXIT
  play() {
    name=$1
    shift
    # A verdict that is not `pass` (1, 2) is a result too, which the calibration leaves out; anything else is not.
    npx bench run --duration 10s --warm-up 4s --nodes 4 --brokers 2 --out "$from/$name" "$@" || [ $? -le 2 ]
  }
  # What it costs to be there, messages at several rates, copies for others, rooms, and many connections; then the same through Socket.IO.
  play idle --strategies hashed,single-channel,rabbitmq,nats --users 400 --rate 10
  play d1000 --strategies hashed,single-channel,address-book,mesh-replicated --users 2000 --rate 1000
  play d4000 --strategies hashed,single-channel,nats,rabbitmq,mesh-master,directory-hash --users 400 --rate 4000
  play d8000 --strategies hashed,node-inbox,single-bus --users 400 --rate 8000
  play n16 --strategies hashed,single-channel,random-publish --nodes 16 --users 400 --rate 4000
  play r800 --strategies hashed,single-channel,node-inbox,nats,rabbitmq,redis-cluster,redis-sharded --scenario rooms --rooms topic --users 400 --rate 800
  play r200 --strategies hashed,redis-cluster,redis-sharded,rabbitmq --scenario rooms --rooms topic --users 400 --rate 200
  play sh3000 --strategies redis-sharded,redis-cluster --users 400 --rate 3000
  play u8000 --strategies hashed,single-channel --users 8000 --rate 1000
  set -- --engine socket.io --rooms topic
  play sidle "$@" --strategies hashed,redis-broadcast,adapter-sharded --users 400 --rate 10
  play s1000 "$@" --strategies hashed,redis-broadcast,adapter-sharded --users 2000 --rate 1000
  play s2500 "$@" --strategies hashed,single-channel,redis-broadcast,adapter-sharded --users 400 --rate 2500
  play s8 "$@" --strategies redis-broadcast --nodes 8 --users 400 --rate 1500
  play s16 "$@" --strategies hashed,redis-broadcast --nodes 16 --users 400 --rate 1500
  play sr400 "$@" --strategies hashed,redis-broadcast,adapter-sharded,adapter-streams --scenario rooms --users 400 --rate 400
  play us6000 "$@" --strategies hashed,redis-broadcast --users 6000 --rate 1000
fi
json=$(mktemp)
npx bench calibrate "$from" --out "$json"
file=src/run/modelled/referenceCalibration.ts
{
  printf "import type { Calibration } from './calibration.js';\n\n"
  printf '/** Made by `sh bench/reference.sh` on the machine this project was built on; whoever has none of their own plans with it, and is told so. */\n'
  printf 'export const referenceCalibration: Calibration = '
  cat "$json"
  printf ';\n'
} > "$file"
rm "$json"
npx biome check --write "$file"
