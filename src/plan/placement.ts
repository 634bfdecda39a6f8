import type { ClientTransport } from './types.js';

/** Names and places of simulated users: the same for every worker, node and runner. */
export function userId(user: number): string {
  return `u${user}`;
}

export function roomId(room: number): string {
  return `r${room}`;
}

/** Index of the node that socket `device` of a user connects to. */
export function nodeIndex(user: number, device: number, nodes: number): number {
  return (user + device) % nodes;
}

/** How a user connects: users are dealt out over the transports a round of nodes at a time, so that every node has all of them. */
export function transportOf(user: number, nodes: number, transports: readonly ClientTransport[] = ['websocket']): ClientTransport {
  return transports[Math.floor(user / nodes) % transports.length] ?? 'websocket';
}
