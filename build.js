/**
 * Compiles into a folder beside dist/ and puts it in place only if a file differs. The first `npx bench` on a machine runs
 * `prepare`, and must not take the files from under a run or a suite that has started already.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');

const files = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

function same(one, other) {
  const names = files(one);
  if (names.join('\n') !== files(other).join('\n')) return false;
  return names.every((name) => readFileSync(join(one, name)).equals(readFileSync(join(other, name))));
}

/** Everything in a folder of plug-ins, for the model in the page: what lies there is the registry here too. `bench:strategies`, `bench:scenarios`. */
const plugIns = {
  name: 'bench:plug-ins',
  resolveId: (id) => (/^bench:(strategies|scenarios)$/.test(id) ? id : null),
  load(id) {
    if (!id.startsWith('bench:')) return null;
    const folder = join(root, id.slice('bench:'.length));
    const names = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') && !file.endsWith('.test.ts') ? [file.slice(0, -3)] : []));
    const imports = names.map((name, index) => `import plugIn${index} from ${JSON.stringify(join(folder, `${name}.ts`))};`);
    return `${imports.join('\n')}\nexport default { ${names.map((name, index) => `${JSON.stringify(name)}: plugIn${index}`).join(', ')} };`;
  },
};

/** The one script of report pages. */
async function bundle(out) {
  await build({
    input: join(root, 'src', 'report', 'browser', 'main.ts'),
    platform: 'browser',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [plugIns],
    output: { file: join(out, 'src', 'report', 'browser', 'page.js'), format: 'iife', minify: true },
    logLevel: 'warn',
  });
}

const built = join(root, `dist-${process.pid}`);
mkdirSync(built);
try {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', built], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
  else {
    await bundle(built);
    chmodSync(join(built, 'src', 'cli.js'), 0o755);
    if (!existsSync(dist) || !same(built, dist)) {
      const old = `${built}.old`;
      if (existsSync(dist)) renameSync(dist, old);
      renameSync(built, dist);
      rmSync(old, { recursive: true, force: true });
    }
  }
} finally {
  rmSync(built, { recursive: true, force: true });
}
