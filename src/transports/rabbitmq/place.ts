/** Where a RabbitMQ of this machine is: `amqp://user:password@127.0.0.1:5672/?metrics=15692&pid=123`. */
export interface RabbitPlace {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Port of its Prometheus interface. */
  readonly metrics: number;
  readonly pid: number;
}

export function rabbitUrl({ port, username, password, metrics, pid }: RabbitPlace): string {
  return `amqp://${username}:${password}@127.0.0.1:${port}/?metrics=${metrics}&pid=${pid}`;
}

export function parseRabbitUrl(url: string): RabbitPlace {
  const { port, username, password, searchParams } = new URL(url);
  const numberOf = (name: string) => Number(searchParams.get(name));
  return { port: Number(port), username, password, metrics: numberOf('metrics'), pid: numberOf('pid') };
}
