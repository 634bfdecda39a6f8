/** Where a RabbitMQ is: `amqp://user:password@127.0.0.1:5672/?metrics=15692&pid=123`. */
export interface RabbitPlace {
  readonly hostname: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly metrics: number;
  readonly pid: number;
}

export function rabbitUrl({ hostname, port, username, password, metrics, pid }: RabbitPlace): string {
  return `amqp://${username}:${password}@${hostname}:${port}/?metrics=${metrics}&pid=${pid}`;
}

export function parseRabbitUrl(url: string): RabbitPlace {
  const { hostname, port, username, password, searchParams } = new URL(url);
  const numberOf = (name: string) => Number(searchParams.get(name));
  return { hostname, port: Number(port), username, password, metrics: numberOf('metrics'), pid: numberOf('pid') };
}
