import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, type Outcome, socketName } from '../measure/ledger.js';
import { userId } from '../plan/placement.js';
import { Receipts } from './receipts.js';
import { SentLog } from './sentLog.js';
import { type Said, streamSaid } from './text.js';

const form = fc.constantFrom<Said['form']>('u', 'r');
const said = fc.record({ from: fc.nat(2), form, to: fc.nat(2), sequence: fc.integer({ min: 1, max: 6 }) });
const times = { intendedMs: 0, sentMs: 5.25 };

describe('what is written into a ledger later', () => {
  it('is what would have been written at once, of any receipts in any order, booked at any time', () => {
    const receipt = fc.tuple(fc.nat(2), fc.nat(1), said, fc.boolean());
    fc.assert(
      fc.property(fc.array(receipt, { maxLength: 60 }), (all) => {
        const [ledger, atOnce] = [new Ledger(), new Ledger()];
        const receipts = new Receipts(ledger);
        for (const [user, device, one, bookNow] of all) {
          const [socket, stream] = [socketName(userId(user), String(device)), streamSaid(one)];
          expect(receipts.add(user, device, { ...one, ...times })).toBe(!atOnce.has(socket, stream, one.sequence));
          atOnce.add({ fact: 'received', socket, stream, sequence: one.sequence });
          if (bookNow) receipts.book();
        }
        receipts.book();
        expect(ledger.sockets).toEqual(atOnce.sockets);
      }),
    );
  });

  it('is what would have been written at once, of any outcomes, also of very many', () => {
    const [ledger, atOnce] = [new Ledger(), new Ledger()];
    const log = new SentLog(ledger);
    const outcomes: readonly Outcome[] = ['taken', 'rejected', 'unknown'];
    for (let number = 0; number < 10_000; number++) {
      const one = { from: number % 7, form: number % 2 === 0 ? 'u' : 'r', to: number % 5, sequence: Math.floor(number / 70) + 1 } as const;
      const outcome = outcomes[number % 3] ?? 'taken';
      log.add({ ...one, ...times }, outcome);
      atOnce.add({ fact: 'sent', stream: streamSaid(one), sequence: one.sequence, atMs: times.sentMs, outcome });
    }
    expect(ledger.sent.size).toBe(0);
    log.book();
    log.book();
    expect(ledger.sent).toEqual(atOnce.sent);
    expect(ledger.sent.size).toBe(70);
  });
});
