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
