import { Command } from 'commander';
import { type Resized, renderResizes } from '../report/terminal/resize.js';
import { resize, ways } from '../run/simulated/resize.js';
import { flag, optionsOf, type ValuesOf } from './flag.js';
import { duration, wholeNumber } from './parsers.js';
import { prepare } from './planning.js';
import { type RunFlags, runFlags } from './runFlags.js';
import { heeded } from './runner.js';
import { standardFlags } from './standardFlags.js';
import { wantsColour } from './summary.js';

const { option, scenario, size, nodes, brokers, users, rate, duration: time, bytes, rooms, seed, hopLatency, json } = runFlags;

const resizeFlags = {
  strategies: flag<string>({
    takes: '<names>',
    words: 'separated by commas',
    standard: 'hashed,ring,rendezvous,partition-ring',
  }),
  to: flag<number | undefined>({ takes: '<n>', words: 'brokers afterwards (default: one more)', parse: wholeNumber(1) }),
  restart: flag<number>({ takes: '<time>', words: 'how long a restart of all nodes takes', parse: duration, standard: 1 }),
  rollout: flag<number>({
    takes: '<time>',
    words: 'within which time nodes hear of the change, where each goes over by itself',
    parse: duration,
    standard: 1,
  }),
  ...{ option, scenario, size, nodes, brokers, users, rate, duration: time, bytes, rooms, seed, hopLatency, json },
} as const;

type ResizeFlags = ValuesOf<typeof resizeFlags>;

const examples = `
Each strategy is simulated three times; in the middle of the load its number of brokers changes:
  restart      all nodes stop and start anew: what is said meanwhile is refused, every subscription is made again
  naive        each node goes over by itself when it hears of the change
  coordinated  all listen by both, then all publish by the new, then leave the old: view, switch, clean

Examples:
  bench resize
  bench resize --strategies hashed,ring --nodes 20 --brokers 8 --to 9 --users 20000 --rate 5000 --duration 10s
  bench resize --rollout 5s --hop-latency lognormal:0.2ms,0.5 --json`;

export function resizeCommand(signal: AbortSignal): Command {
  const command = new Command('resize').description('simulate a change of the number of brokers under load, in three ways');
  for (const one of optionsOf(resizeFlags)) command.addOption(one);
  return command.addHelpText('after', examples).action(async (flags: ResizeFlags) => {
    const resized = await all(flags, signal);
    if (flags.json) process.stdout.write(`${JSON.stringify(resized, null, 2)}\n`);
    else process.stdout.write(renderResizes(resized, { colour: wantsColour(process.stdout) }));
  });
}

async function all(flags: ResizeFlags, signal: AbortSignal): Promise<Resized> {
  const given = heeded(runFlagsOf(flags));
  const names = flags.strategies.split(',').map((name) => name.trim());
  const results = [];
  let setting = '';
  for (const name of names) {
    const { plan } = await prepare(name, given, { brokers: null, store: null, controlPort: 0 });
    const to = flags.to ?? plan.size.brokers + 1;
    setting = `${plan.size.nodes} nodes, ${plan.size.users} users, scenario ${plan.scenario}, ${plan.size.ratePerSecond} messages/s for ${plan.size.seconds} s, seed ${plan.seed}`;
    const settings = { brokers: to, restartMs: flags.restart * 1000, rolloutMs: flags.rollout * 1000 };
    for (const way of ways) {
      signal.throwIfAborted();
      process.stderr.write(`${name}, ${plan.size.brokers} to ${to} brokers: ${way}\n`);
      results.push(await resize(plan, way, settings));
    }
  }
  return { setting, results };
}

/** What is not asked for here is as for a run. */
function runFlagsOf(flags: ResizeFlags): RunFlags {
  return { ...standardFlags(), ...flags, runner: 'simulated' };
}
