import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { unavailable } from '../../error.js';
import { Broker } from './broker.js';
import { Client } from './client.js';
import { dispatch } from './dispatch.js';
import { type Limits, redisLimits } from './limits.js';
import { failure } from './reply.js';
import { ProtocolError, RequestParser, RequestTooLarge } from './requestParser.js';

export interface EmbeddedBrokerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly limits?: Limits;
}

export interface EmbeddedBroker {
  readonly port: number;
  /** Cuts every connection and resolves when the port is free again. */
  close(): Promise<void>;
}

/** Answers as Redis 7 does to what a bench run needs of it; no bytes from a client can stop it. */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const broker = new Broker(options.limits ?? redisLimits);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => accept(socket, broker));
  broker.port = await listen(server, options);
  return { port: broker.port, close: () => close(server, broker) };
}

async function listen(server: Server, { host, port }: EmbeddedBrokerOptions): Promise<number> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw unavailable(listenFailure(error, host, port), error);
  }
  // From here on an error is a connection that could not be accepted (no more open files, say).
  server.on('error', (error) =>
    console.error(`[embedded broker] could not accept a connection: ${error.message}; is the limit of open files too low?`),
  );
  return (server.address() as AddressInfo).port;
}

function listenFailure(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : String(error);
  if (code !== 'EADDRINUSE')
    return `[embedded broker] cannot listen on ${host}:${port} (${code}); choose an address of this machine and a port it may use`;
  return `[embedded broker] port ${port} of ${host} is in use; stop what listens there, or give port 0 for any free one`;
}

async function close(server: Server, broker: Broker): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const client of broker.clients.values()) client.output.destroy();
  await closed;
}

function accept(socket: Socket, broker: Broker): void {
  const client = new Client(broker.nextClientId(), socket, broker.statistics, broker.limits);
  const parser = new RequestParser(broker.limits);
  broker.clients.set(client.id, client);
  broker.statistics.connectionsReceived += 1;
  socket.on('data', (chunk) => receive(chunk, parser, client, broker));
  socket.on('end', () => client.output.end());
  // A reset by the peer is always followed by 'close', which is where a connection is taken leave of.
  socket.on('error', () => {});
  socket.on('close', () => broker.forget(client));
}

function receive(chunk: Buffer, parser: RequestParser, client: Client, broker: Broker): void {
  if (client.output.isClosing) return;
  broker.statistics.inputBytes += chunk.length;
  client.lastActive = performance.now();
  try {
    parser.push(chunk.toString('latin1'));
    answerAll(parser, client, broker);
  } catch (error) {
    hangUp(error, client);
  }
}

function answerAll(parser: RequestParser, client: Client, broker: Broker): void {
  while (!client.output.isClosing) {
    const request = parser.next();
    if (request === null) return;
    dispatch(request, client, broker);
    if (client.leaving) client.output.end();
  }
}

function hangUp(error: unknown, client: Client): void {
  if (error instanceof ProtocolError) client.write(failure(`ERR Protocol error: ${error.message}`));
  else if (!(error instanceof RequestTooLarge))
    console.error(`[embedded broker] closed ${client.address} by a bug of ours; please report it:`, error);
  client.output.end();
}
