import { describe, expect, it } from 'vitest';
import { ProbeWatch, probesOf } from './probes.js';

describe('probes', () => {
  it('go from a user of every node to a user of every node, the same included, and not to oneself', () => {
    expect(probesOf(['n1', 'n2'], 10)).toEqual([
      { from: 0, to: 2, pair: 'n1 -> n1' },
      { from: 0, to: 1, pair: 'n1 -> n2' },
      { from: 1, to: 0, pair: 'n2 -> n1' },
      { from: 1, to: 3, pair: 'n2 -> n2' },
    ]);
  });

  it('go to oneself where a node has one user, and leave out nodes that have none', () => {
    expect(probesOf(['n1', 'n2'], 1)).toEqual([{ from: 0, to: 0, pair: 'n1 -> n1' }]);
  });

  it('are seen once, each by its own recipient from its own sender', () => {
    const watch = new ProbeWatch(probesOf(['n1', 'n2'], 4).filter(({ to }) => to === 1));
    expect(watch.missing).toEqual(['n1 -> n2']);
    expect(watch.saw('u2', 'u1', 'n1 -> n2')).toBe(false);
    expect(watch.saw('u0', 'u1', 'n1 -> n1')).toBe(false);
    expect(watch.saw('u0', 'u1', 'n1 -> n2')).toBe(true);
    expect(watch.saw('u0', 'u1', 'n1 -> n2')).toBe(false);
    expect(watch.missing).toEqual([]);
  });
});
