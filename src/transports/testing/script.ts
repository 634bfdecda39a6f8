import { encodeRequest, RawConnection } from './rawConnection.js';

/** One move of a conversation with a server: bytes on a named connection, and whether the server closes it then. */
export interface Step {
  readonly connection: string;
  readonly bytes: string;
  readonly closes?: true;
}

/** Everything that each connection got, to the byte. */
export type Transcript = Record<string, { readonly received: string; readonly open: boolean }>;

export function send(connection: string, ...requests: readonly (readonly string[])[]): Step {
  return { connection, bytes: requests.map(encodeRequest).join('') };
}

/**
 * Plays the steps one after another. The marker sent behind each step comes back when the server has done with it, and one
 * sent at the end on every connection shows that nothing is on its way any more: no waiting by the clock.
 */
export async function play(port: number, protocol: 2 | 3, steps: readonly Step[]): Promise<Transcript> {
  const connections = new Map<string, RawConnection>();
  for (const { connection } of steps) {
    if (!connections.has(connection)) connections.set(connection, await greet(port, protocol));
  }
  for (const [index, step] of steps.entries()) await playStep(step, `step ${index} done`, connections);
  const transcript: Transcript = {};
  for (const [name, connection] of connections) {
    if (connection.isOpen) await settle(connection, '', 'all done');
    transcript[name] = { received: connection.received, open: connection.isOpen };
    connection.close();
  }
  return transcript;
}

async function greet(port: number, protocol: 2 | 3): Promise<RawConnection> {
  const connection = await RawConnection.open(port);
  await settle(connection, encodeRequest(['HELLO', String(protocol)]), 'greeted');
  connection.take();
  return connection;
}

async function playStep(step: Step, marker: string, connections: ReadonlyMap<string, RawConnection>): Promise<void> {
  const connection = connections.get(step.connection);
  if (connection === undefined) throw new Error(`no connection ${step.connection}`);
  if (!step.closes) return settle(connection, step.bytes, marker);
  connection.send(step.bytes);
  await connection.untilClosed();
}

async function settle(connection: RawConnection, bytes: string, marker: string): Promise<void> {
  connection.send(bytes + encodeRequest(['PING', marker]));
  await connection.until(`${marker}\r\n`);
}
