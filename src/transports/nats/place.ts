/** Where a NATS of this machine is: `nats://127.0.0.1:4222/?monitoring=8222&pid=123`. */
export interface NatsPlace {
  readonly port: number;
  /** Port of its HTTP interface. */
  readonly monitoring: number;
  readonly pid: number;
}

export function natsUrl({ port, monitoring, pid }: NatsPlace): string {
  return `nats://127.0.0.1:${port}/?monitoring=${monitoring}&pid=${pid}`;
}

export function parseNatsUrl(url: string): NatsPlace {
  const { port, searchParams } = new URL(url);
  return { port: Number(port), monitoring: Number(searchParams.get('monitoring')), pid: Number(searchParams.get('pid')) };
}
