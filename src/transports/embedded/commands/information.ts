import { arch, platform, release } from 'node:os';
import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { verbatim } from '../reply.js';
import type { CommandTally } from '../statistics.js';
import type { Command } from './command.js';

/** The Redis whose replies these are; `embedded.compare.test.ts` holds them against it byte by byte. */
export const redisVersion = '7.0.15';

export const informationCommands: readonly Command[] = [{ name: 'info', arity: -1, run: information }];

type Fields = readonly (readonly [field: string, value: string | number])[];

/** In Redis's order and, as far as they exist there, with Redis's field names. */
const sections = new Map<string, (broker: Broker) => Fields>([
  ['Server', server],
  [
    'Clients',
    (broker) => [
      ['connected_clients', broker.clients.size],
      ['blocked_clients', 0],
    ],
  ],
  ['Memory', memory],
  ['Persistence', () => [['loading', 0]]],
  ['Stats', stats],
  [
    'Replication',
    () => [
      ['role', 'master'],
      ['connected_slaves', 0],
    ],
  ],
  ['CPU', cpu],
  ['Commandstats', (broker) => [...broker.statistics.commands()].map(commandFields)],
  ['Keyspace', keyspace],
]);

const onlyWhenAsked = 'Commandstats';

function information(words: readonly string[], client: Client, broker: Broker): string {
  const wanted = wantedSections(words.map((word) => word.toLowerCase()));
  const texts = wanted.map(([title, fields]) => `# ${title}\r\n${fields(broker).map(line).join('')}`);
  return verbatim(client.protocol, texts.join('\r\n'));
}

function wantedSections(asked: readonly string[]): (readonly [title: string, fields: (broker: Broker) => Fields])[] {
  const everything = asked.includes('all') || asked.includes('everything');
  const usual = asked.length === 0 || asked.includes('default');
  return [...sections].filter(([title]) => everything || (usual && title !== onlyWhenAsked) || asked.includes(title.toLowerCase()));
}

function line([field, value]: readonly [string, string | number]): string {
  return `${field}:${value}\r\n`;
}

/** `bench_embedded` is the mark by which anybody can tell that this is no Redis. */
function server(broker: Broker): Fields {
  const uptime = Math.floor((performance.now() - broker.startedAt) / 1000);
  return [
    ['redis_version', redisVersion],
    ['redis_mode', 'standalone'],
    ['bench_embedded', 1],
    ['os', `${platform()} ${release()} ${arch()}`],
    ['arch_bits', 64],
    ['process_id', process.pid],
    ['run_id', broker.runId],
    ['tcp_port', broker.port],
    ['uptime_in_seconds', uptime],
    ['executable', process.execPath],
  ];
}

function memory(): Fields {
  const { rss, heapUsed, external } = process.memoryUsage();
  return [
    ['used_memory', heapUsed + external],
    ['used_memory_rss', rss],
  ];
}

function stats({ statistics, pubSub }: Broker): Fields {
  return [
    ['total_connections_received', statistics.connectionsReceived],
    ['total_commands_processed', statistics.commandsProcessed],
    ['total_net_input_bytes', statistics.inputBytes],
    ['total_net_output_bytes', statistics.outputBytes],
    ['rejected_connections', 0],
    ['pubsub_channels', pubSub.channelCount],
    ['pubsub_patterns', pubSub.patternCount],
    ['total_error_replies', statistics.errorReplies],
    ['client_output_buffer_limit_disconnections', statistics.outputLimitDisconnections],
  ];
}

function cpu(): Fields {
  const { system, user } = process.cpuUsage();
  return [
    ['used_cpu_sys', (system / 1e6).toFixed(6)],
    ['used_cpu_user', (user / 1e6).toFixed(6)],
  ];
}

function commandFields([name, { calls, microseconds, rejected, failed }]: readonly [string, CommandTally]): Fields[number] {
  const perCall = calls === 0 ? 0 : microseconds / calls;
  const counts = `calls=${calls},usec=${Math.floor(microseconds)},usec_per_call=${perCall.toFixed(2)}`;
  return [`cmdstat_${name}`, `${counts},rejected_calls=${rejected},failed_calls=${failed}`];
}

function keyspace({ databases }: Broker): Fields {
  return databases.flatMap(({ size, expiring }, index) =>
    size === 0 ? [] : [[`db${index}`, `keys=${size},expires=${expiring},avg_ttl=0`] as const],
  );
}
