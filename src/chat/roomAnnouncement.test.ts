import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Announcement } from './roomAnnouncement.js';

const names = ['n0', 'n1', 'n2', 'n3'];
const nodes = fc.subarray(names);

/** What became of it, after everything that was to follow at once. */
async function outcome(announcement: Announcement): Promise<string> {
  return Promise.race([
    announcement.confirmed.then(() => 'confirmed', String),
    new Promise<string>((resolve) => setImmediate(resolve, 'open')),
  ]);
}

test('is confirmed when it came back and everybody it concerns has confirmed or left, in whatever order', async () => {
  const some = fc.record({ concerned: nodes, early: nodes, late: nodes, stay: nodes });
  await fc.assert(
    fc.asyncProperty(some, async ({ concerned, early, late, stay }) => {
      const announcement = new Announcement('n0');
      for (const node of early) announcement.confirm(node);
      if (early.length > 0) expect(await outcome(announcement)).toBe('open');
      announcement.cameBack(concerned);
      for (const node of late) announcement.confirm(node);
      announcement.keepOnly(new Set(stay));
      const missing = concerned.filter((node) => ![...early, ...late].includes(node) && stay.includes(node));
      expect(await outcome(announcement)).toBe(missing.length === 0 ? 'confirmed' : 'open');
    }),
  );
});

test('a cut refuses what is not back or waits for others, with what was missing, and nothing else', async () => {
  const announcements = { away: new Announcement('n0'), others: new Announcement('n0'), own: new Announcement('n0') };
  announcements.others.cameBack(['n0', 'n1']);
  announcements.others.confirm('n0');
  announcements.own.cameBack(['n0', 'n1']);
  announcements.own.confirm('n1');
  expect(announcements.own.refusal()).toMatchObject({ outcome: 'unknown', reason: 'subscription not confirmed' });
  const outcomes = Object.entries(announcements).map(async ([name, announcement]) => [name, await outcome(announcement)]);
  for (const announcement of Object.values(announcements)) announcement.cut();
  expect(Object.fromEntries(await Promise.all(outcomes))).toEqual({
    away: 'Refused: room change not confirmed',
    others: 'Refused: node did not confirm',
    own: 'open',
  });
});
