import { totalmem } from 'node:os';
export function memoryLimitMegabytes(): number {
  return Math.floor((totalmem() * 0.75) / 2 ** 20);
}
