import { describe, expect, it } from 'vitest';
import { renderTerminal } from './terminal.js';
import { failingResult, modelledResult, sampleResult } from './testing/sample.js';

const plain = { colour: false, width: 100 };
const steering = '\u001b';

describe('the summary on the terminal', () => {
  it.each(Object.entries({ passing: sampleResult(), failing: failingResult(), modelled: modelledResult() }))(
    'of a %s run is the text in testing/golden (update with -u)',
    async (name, result) => {
      await expect(renderTerminal(result, plain)).toMatchFileSnapshot(`testing/golden/terminal-${name}.txt`);
    },
  );

  it('has colour only if told so', () => {
    expect(renderTerminal(sampleResult(), plain)).not.toContain(steering);
    expect(renderTerminal(sampleResult(), { colour: true, width: 100 })).toContain(`${steering}[32m`);
  });

  it('keeps its lines inside the terminal, but for the command', () => {
    for (const width of [72, 100, 120]) {
      const lines = renderTerminal(failingResult(), { colour: false, width }).split('\n');
      const long = lines.filter((line) => line.length > width && !line.includes('bench run'));
      expect(long).toEqual([]);
    }
  });

  it('says more about waste the more there is', () => {
    const result = sampleResult();
    const nodes = result.nodes.map((node) => ({
      ...node,
      kinds: { ...node.kinds, chat: { ...node.kinds.chat, received: 10_000, wasted: 7_500 } },
    }));
    expect(renderTerminal({ ...result, nodes }, plain)).toMatch(/n0\s+█+░+\s+10,000\s+75%/);
  });

  it('says how long after a join messages may be lost, only where a join is not waited for', () => {
    const result = sampleResult();
    const windows = [12.4, 73.746, null];
    const nodes = result.nodes.map((node, index) => ({ ...node, joinWindowMsMax: windows[index] ?? null }));
    expect(renderTerminal({ ...result, nodes }, { colour: false, width: 120 })).toContain(
      'What was sent to a room within 73.7 ms of a join may be lost',
    );
    expect(renderTerminal(result, plain)).not.toContain('of a join');
  });

  it('says one of a thing as one', () => {
    const result = sampleResult();
    const text = (counts: Partial<typeof result.counts>) =>
      renderTerminal({ ...result, counts: { ...result.counts, ...counts } }, plain).replaceAll(/\s+/g, ' ');
    expect(text({ expected: 1, delivered: 1 })).toContain('The one expected delivery arrived, once');
    const one = text({ expected: 1, delivered: 0, lost: 1, rejected: 1, uncertain: 1 });
    expect(one).toContain('Of 1 expected delivery 0 arrived and 1 was lost;');
    expect(one).toContain('1 message was rejected, 0 never answered for; of 1 delivery nobody can say.');
    expect(text({ rejected: 2, uncertain: 2 })).toContain(
      '2 messages were rejected, 0 never answered for; of 2 deliveries nobody can say.',
    );
  });

  it('lets no text of a result steer the terminal', () => {
    const result = failingResult();
    const hostile = `${steering}[2J${steering}]0;owned\u0007 line\r\nbreak`;
    const text = renderTerminal({ ...result, verdict: { ...result.verdict, reasons: [hostile] }, died: [hostile] }, plain);
    expect([...text].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
    expect(text).toContain('line break');
  });

  it('of a run without brokers says so, and of a hundred nodes shows a dozen', () => {
    const result = sampleResult();
    const [node] = result.nodes;
    const nodes = Array.from({ length: 100 }, (_, index) => ({ ...node, id: `n${index}` }) as (typeof result.nodes)[number]);
    const text = renderTerminal({ ...result, nodes, brokers: [] }, plain);
    expect(text).toContain('No broker was used.');
    expect(text).toContain('and 88 more: see report.html');
  });
});
