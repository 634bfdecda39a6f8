import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../run/watch.js';
import { MachineShare } from './machineShare.js';

function load(elapsedSeconds: number, over = false): { readonly step: string; readonly load: LoadProgress } {
  return { step: 'load', load: { elapsedSeconds, totalSeconds: 3, sent: 0, delivered: 0, responseMsP99: null, workers: 1, over } };
}

/** Two cores; half of the time is busy until the load begins, three quarters of it then, all of it after its end. */
function watched() {
  const times = { busyMs: 0, allMs: 0 };
  const share = new MachineShare(() => ({ ...times }));
  const pass = (ms: number, busy: number) => {
    times.allMs += 2 * ms;
    times.busyMs += 2 * ms * busy;
  };
  return { share, pass };
}

describe('the share of all cores', () => {
  it('is that between the first and the last word on the load', () => {
    const { share, pass } = watched();
    pass(5_000, 0.5);
    share.heed({ step: 'connecting 100 users' });
    for (const elapsed of [0.5, 1, 1.5]) {
      share.heed(load(elapsed));
      pass(500, 0.75);
    }
    share.heed(load(2));
    pass(4_000, 1);
    share.heed(load(3.5));
    share.heed(load(3, true));
    expect(share.share).toBe(0.75);
  });

  it('is not known of a load that nobody saw twice', () => {
    const { share } = watched();
    expect(share.share).toBeNull();
    share.heed(load(1));
    expect(share.share).toBeNull();
  });
});
