/** Where a NATS of this machine is: `nats://token@127.0.0.1:4222/?monitoring=8222&pid=123`. */
export interface NatsPlace {
  readonly port: number;
  /** Who does not show it is refused. */
  readonly token: string;
  /** Port of its HTTP interface. */
  readonly monitoring: number;
  readonly pid: number;
}

export function natsUrl({ port, token, monitoring, pid }: NatsPlace): string {
  return `nats://${token}@127.0.0.1:${port}/?monitoring=${monitoring}&pid=${pid}`;
}

export function parseNatsUrl(url: string): NatsPlace {
  const { port, username, searchParams } = new URL(url);
  const numberOf = (name: string) => Number(searchParams.get(name));
  return { port: Number(port), token: username, monitoring: numberOf('monitoring'), pid: numberOf('pid') };
}
