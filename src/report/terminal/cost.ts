import type { Distribution } from '../../measure/result.js';
import { handledInWords } from '../describe.js';
import { quantile } from '../loads.js';
import { hundredths, threeDigits, whole } from '../numbers.js';
import { columns, wrap } from './layout.js';
import type { Block } from './types.js';

export const costBlock: Block = (result, { colours, width }) => {
  const { amplification, costUsPerDelivered, rate } = result;
  const { node, broker, generator } = costUsPerDelivered;
  const cpu = `node ${threeDigits(node)} · broker ${threeDigits(broker)} · generator ${threeDigits(generator)}`;
  return [
    colours.bold('Cost of one delivered message'),
    ...wrap(
      `amplification ${hundredths(amplification)} = (${handledInWords(result)}) / ${whole(result.counts.delivered)} delivered`,
      width,
      '  ',
    ),
    ...wrap(`CPU, µs: ${cpu} (at ${whole(rate.deliveredPerSecond ?? rate.offeredPerSecond)}/s; it falls as the rate rises)`, width, '  '),
  ];
};

export const latencyBlock: Block = ({ latencyMs: { response, service, generatorLag } }, { colours }) => {
  const row = (name: string, of: Distribution | null) => [
    name,
    threeDigits(quantile(of, 0.5)),
    threeDigits(quantile(of, 0.99)),
    threeDigits(of?.max ?? null),
  ];
  const rows = [
    ['', 'p50', 'p99', 'max'].map((word) => colours.dim(word)),
    row('response, same node', response.sameNode),
    row('response, cross node', response.crossNode),
    row('service, same node', service.sameNode),
    row('service, cross node', service.crossNode),
    row('generator lag', generatorLag),
  ];
  return [colours.bold('Latency, ms'), ...columns(rows, ['left', 'right', 'right', 'right'])];
};
