import { startServer } from '../redis/start.js';
import { TestLaunch } from './launch.js';

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A redis-server of the test's own, as a run starts it. Resolves when it answers. */
export async function startRedisServer(program: string): Promise<RunningServer> {
  const launch = await TestLaunch.open();
  try {
    const { url } = await startServer('redis', launch, program);
    return { port: Number(new URL(url).port), stop: () => launch.close() };
  } catch (error) {
    await launch.close();
    throw error;
  }
}
