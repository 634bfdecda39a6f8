import { type Change, changes } from '../mutants/changes.js';

/** A wrong program, and the layer of the gate that must find it. */
export interface GateChange {
  readonly change: Change;
  readonly layer: 'exact' | 'statistical';
}

/** CPU of a node for one message of the statistical runs is 117 µs, the median of `bench/results/gate-pairs.jsonl`: this is 15 % of it. */
const slowerUs = 17.5;
const said = "    const performed = this.#step({ type: 'said', id, by, kind, topics, body, draws });";

const slowHotPath: Change = {
  name: 'a node is busy 15 % longer with every message',
  file: 'src/chat/switchboard.ts',
  from: said,
  to: `    for (const untilMs = performance.now() + ${slowerUs / 1000}; performance.now() < untilMs; );\n${said}`,
  strategy: 'hashed',
};

function known(name: string): Change {
  const found = changes.find((change) => change.name === name);
  if (found === undefined) throw new Error(`bench/mutants/changes.ts has no change called ${name}`);
  return found;
}

export const gateChanges: readonly GateChange[] = [
  { change: known('the core publishes every message once more'), layer: 'exact' },
  { change: known('the core never unsubscribes'), layer: 'exact' },
  { change: slowHotPath, layer: 'statistical' },
];
