/** Kinds whose servers start the nodes and hand them their clients (`TransportKind.fork`): known without loading any. */
const placing: ReadonlySet<string> = new Set(['node-cluster']);

/** Whether the transport, not the plan, decides on which node a socket is. */
export function placesSockets(kind: string): boolean {
  return placing.has(kind);
}
