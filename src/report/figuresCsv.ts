import type { Result } from '../measure/result.js';
import { type Cell, csv } from './csv.js';
import { loadOf, quantile, shownQuantiles } from './loads.js';

/** Every figure of a result that a spreadsheet can use, one a row: where it stands, its name, its value. */
export function resultCsv(result: Result): string {
  return csv(
    ['of', 'id', 'figure', 'value'],
    [...totals(result), ...result.nodes.flatMap(nodeRows), ...result.brokers.flatMap(brokerRows), ...latencyRows(result)],
  );
}

type Row = readonly [of: string, id: string, figure: string, value: Cell];

function totals({ counts, amplification, costUsPerDelivered, rate }: Result): readonly Row[] {
  const figures = (of: string, values: Readonly<Record<string, number | null>>) =>
    Object.entries(values).map(([name, value]): Row => ['all', '', `${of}${name}`, value]);
  return [
    ...figures('', counts),
    ['all', '', 'amplification', amplification],
    ...figures('costUsPerDelivered.', costUsPerDelivered),
    ...figures('rate.', rate),
  ];
}

function nodeRows(node: Result['nodes'][number]): readonly Row[] {
  const { connections, subscribes, unsubscribes, cpuUs, memoryBytes, eventLoopDelayMsP99 } = node;
  const figures = { ...loadOf(node), connections, subscribes, unsubscribes, cpuUs, memoryBytes, eventLoopDelayMsP99 };
  return Object.entries(figures).map(([name, value]) => ['node', node.id, name, value]);
}

function brokerRows({
  id,
  in: taken,
  out,
  relayed,
  hops,
  channels,
  bytesIn,
  bytesOut,
  cpuUs,
  memoryBytes,
}: Result['brokers'][number]): readonly Row[] {
  const figures = { in: taken, out, relayed, hops, channels, bytesIn, bytesOut, cpuUs, memoryBytes };
  return Object.entries(figures).map(([name, value]) => ['broker', id, name, value]);
}

function latencyRows({ latencyMs }: Result): readonly Row[] {
  return (['response', 'service'] as const).flatMap((kind) =>
    (['all', 'sameNode', 'crossNode'] as const).flatMap((path) => {
      const distribution = latencyMs[kind][path];
      const at = shownQuantiles.map((share): Row => ['latencyMs', `${kind}.${path}`, String(share), quantile(distribution, share)]);
      return [
        ...at,
        ['latencyMs', `${kind}.${path}`, 'mean', distribution?.mean ?? null],
        ['latencyMs', `${kind}.${path}`, 'max', distribution?.max ?? null],
      ] satisfies Row[];
    }),
  );
}
