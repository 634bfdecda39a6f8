import type { Client } from './client.js';

/** What the watcher is answered now; it has been told of all changes before. */
export async function watched(client: Client, ...users: string[]): Promise<readonly string[]> {
  const reply = await client.ask('watch', { users });
  if (!reply.ok) throw new Error(reply.reason);
  return reply.statuses.map(({ user, status }) => `${user} ${status}`);
}

/** The latest change of a user that the watcher was told of. */
export function lastOf({ changes }: Client, user: string): string | undefined {
  return changes.filter((change) => change.startsWith(`${user} `)).at(-1);
}
