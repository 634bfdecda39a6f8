import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy } from '../plan/strategies.js';
import { programOf } from './program.js';

/** Of the program and of each command, and of the commands below that. */
function withAllBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)];
}

/** Reads words as the program does, to the last value and the names of strategies and scenarios, and does nothing then. */
async function readOnly(): Promise<Command> {
  const program = await programOf([], new AbortController().signal, { code: 0 });
  for (const command of withAllBelow(program)) {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
    if (command.commands.length === 0) command.action(() => checkNames(command.opts()));
  }
  return program;
}

interface Named {
  readonly strategy?: string;
  readonly strategies?: string | readonly string[];
  readonly scenario?: string;
}

/** Files of one's own, and what `<name>` stands for, are where the reader has them. */
async function checkNames({ strategy, strategies = [], scenario }: Named): Promise<void> {
  const names = [strategy ?? [], typeof strategies === 'string' ? strategies.split(',') : strategies].flat();
  for (const name of names) if (name !== 'all' && !isReadersOwn(name)) await checkedStrategy(name);
  if (scenario !== undefined && !isReadersOwn(scenario)) await loadScenario(scenario);
}

const isReadersOwn = (name: string) => name.endsWith('.ts') || name.startsWith('<');

/** Up to where the shell would end a command; a line that goes on is one with the next. */
function commandsIn(text: string): readonly string[] {
  const joined = text.replaceAll(/\\\n\s*/g, ' ').replaceAll(/\n\s+--/g, ' --');
  return [...joined.matchAll(/npx bench((?: (?:"[^"\n]*"|'[^'\n]*'|<\w+>|[^\s`"'|><&;#)]+))*)/g)].map(([, words = '']) => words.trim());
}

/** Without `"$@"`, which stands for whatever else somebody asks for. */
function wordsOf(command: string): readonly string[] {
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
  return words.filter((word) => word !== '$@');
}

function helpOf(command: Command): string {
  const texts: string[] = [];
  command.configureOutput({ writeOut: (text) => void texts.push(text) }).outputHelp();
  return texts.join('');
}

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'docker-compose.yml', '.github/workflows/ci.yml'],
  ...(readdirSync('docs', { recursive: true }) as string[]).map((file) => join('docs', file)).filter((file) => /\.(md|yml|sh)$/.test(file)),
];
const documented = documents.flatMap((file) => commandsIn(readFileSync(file, 'utf8')).map((command) => [file, command] as const));

async function refused(commands: readonly (readonly [string, string])[]): Promise<readonly string[]> {
  const why: string[] = [];
  for (const [where, command] of commands) {
    const program = await readOnly();
    await program.parseAsync([...wordsOf(command)], { from: 'user' }).catch((error: unknown) => {
      const asked = error instanceof CommanderError && /^commander\.(help|version)/.test(error.code);
      if (!asked) why.push(`${where}: bench ${command}: ${String(error)}`);
    });
  }
  return why;
}

describe('every command is one that there is, with its flags, values, strategies and scenarios', () => {
  let program: Command;
  beforeAll(async () => {
    program = await readOnly();
  });

  it('in the documents and the workflow for GitHub Actions', async () => {
    expect(documented.length).toBeGreaterThan(80);
    expect(documented.filter(([file]) => file.endsWith('gate.yml')).map(([, command]) => command)).toEqual([
      'check ./mine.ts',
      'gate --strategies ./mine.ts --baseline gate/baseline --against "origin/$GITHUB_BASE_REF" --markdown "$GITHUB_STEP_SUMMARY" --junit gate.xml',
    ]);
    expect(await refused(documented)).toEqual([]);
  });

  it('in the examples of every --help', async () => {
    const leaves = withAllBelow(program).filter(({ commands }) => commands.length === 0);
    const examples = [program, ...leaves].flatMap((command) =>
      [...helpOf(command).matchAll(/^ {2}bench (.*)$/gm)].map(
        ([, words = '']) => [`${command.name()} --help`, commandsIn(`npx bench ${words}`)[0] ?? ''] as const,
      ),
    );
    expect(new Set(examples.map(([where]) => where)).size).toBe(1 + leaves.length);
    expect(await refused(examples)).toEqual([]);
  });

  it('and one that there is not is found', async () => {
    expect(
      await refused([
        ['here', 'run --strateg hashed'],
        ['here', 'runn'],
        ['here', 'run --strategy hashd'],
        ['here', 'compare --strategies hashed,sharded'],
        ['here', 'run --strategy hashed --scenario nosuch'],
        ['here', 'capacity --strategy hashed --slo fast'],
      ]),
    ).toHaveLength(6);
  });
});
