import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleResult } from '../report/testing/sample.js';
import { xmlElements } from '../report/testing/xml.js';
import { bench, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
const kept = join(folder.path, 'kept');
const result = sampleResult();

beforeAll(() => {
  mkdirSync(kept);
  writeFileSync(join(kept, 'result.json'), JSON.stringify(result));
});
afterAll(() => folder.remove());

describe('bench report', () => {
  it('writes every format that it is asked for, and says where', async () => {
    const out = join(folder.path, 'all');
    const { code, stdout, stderr } = await bench(['report', kept, '--format', 'html,png,markdown,csv,junit,json', '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = readdirSync(out);
    expect(stdout.trim().split('\n').sort()).toEqual(files.map((file) => join(out, file)).sort());
    for (const file of ['report.html', 'report.md', 'figures.csv', 'junit.xml', 'result.json']) expect(files).toContain(file);
    expect(files.filter((file) => file.endsWith('.png')).sort()).toEqual(['brokers.png', 'nodes.png']);
    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it.each([
    ['csv', (text: string) => (parse(text) as string[][]).length],
    ['junit', (text: string) => xmlElements(text).filter(({ name }) => name === 'testcase').length],
    ['markdown', (text: string) => text.split('\n').filter((line) => line.startsWith('|')).length],
    ['json', (text: string) => (JSON.parse(text) as { nodes: unknown[] }).nodes.length],
    ['html', (text: string) => text.match(/<section/g)?.length ?? 0],
  ])('prints %s alone, and nothing else, for a pipe', async (format, partsOf) => {
    const { code, stdout, stderr } = await bench(['report', kept, '--format', format, '--out', '-']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(partsOf(stdout)).toBeGreaterThan(3);
  });

  it('prints the Markdown of several one after the other', async () => {
    const { stdout } = await bench(['report', kept, kept, '--format', 'markdown', '--out', '-']);
    expect(stdout.match(/^#{1,3} .*hashed/gm)?.length).toBe(2);
  });

  it.each([
    [['--format', 'pdf'], 'There is no format "pdf". There are: html, png,'],
    [['--format', 'html,csv', '--out', '-'], '--out - prints one format'],
    [['--format', 'png', '--out', '-'], '--out - prints one file, and png makes'],
    [['--format', 'json'], 'is there already: name another folder with --out'],
    [[kept, '--format', 'csv', '--out', '-'], '--out - prints the csv of one result'],
    [[kept, '--out', 'here'], '--out takes the report of one result'],
    [['--lang', 'de'], 'Allowed choices are en, ru'],
  ])('refuses %j in words', async (flags, words) => {
    const { code, stderr, stdout } = await bench(['report', kept, ...flags]);
    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(readdirSync(kept)).toEqual(['result.json']);
  });
});
