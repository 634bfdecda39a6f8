import type { ModelRecord } from '../../measure/modelSchema.js';
import { draftOf, type Request } from '../../plan/plan.js';
import type { Size } from '../../routing/types.js';
import { type Effort, modelOf } from './model.js';
import { checkGrowth, type Model, subjectOf } from './subject.js';

type Exponent = ModelRecord['exponents'][number];
type Grown = 'system' | 'users' | 'nodes' | 'brokers';

/** Small sizes tell the power as well as large ones; the brokers are fewer than the nodes, as they are in use. */
const least: Size = { nodes: 16, brokers: 4, users: 4_000, ratePerSecond: 4_000, seconds: 10, bytes: 64 };
const factors = [1, 4, 16];
const effort: Effort = { walkedMost: 0, sampledTopics: 400 };

/** Which members of a size grow with what; the traffic grows with the users. */
const growths: Readonly<Record<Grown, readonly (keyof Size)[]>> = {
  system: ['nodes', 'brokers', 'users', 'ratePerSecond'],
  users: ['users', 'ratePerSecond'],
  nodes: ['nodes'],
  brokers: ['brokers'],
};

/** How the load of one node and of one broker grows, as powers fitted on sizes from small to 16 times that. */
export function exponentsOf(request: Request): readonly Exponent[] {
  const smallest = modelAt(request, least);
  return (Object.keys(growths) as Grown[]).flatMap((against) => {
    const sizes = factors.map((factor) => grown(against, factor));
    const models = [smallest, ...sizes.slice(1).map((size) => modelAt(request, size))];
    const of = sizes.map((size) => size[against === 'system' ? 'nodes' : against]);
    return [fitted('node', against, of, models.map(loadOfNode)), fitted('broker', against, of, models.map(loadOfBroker))];
  });
}

function grown(against: Grown, factor: number): Size {
  const larger = growths[against].map((member) => [member, least[member] * factor]);
  return { ...least, ...Object.fromEntries(larger) };
}

function modelAt(request: Request, size: Size): Model {
  checkGrowth(request.strategy, size, request.options);
  return modelOf(subjectOf(draftOf({ ...request, size }), request.strategy, request.scenario), effort);
}

/** What a node puts to others, gets from them, and asks. */
export function loadOfNode({ plan, estimate: { perNode } }: Model): number {
  return (perNode.published.mean + perNode.received.mean + perNode.asked.mean) / plan.size.seconds;
}

/** What a broker of the busiest kind takes in, hands out and on, and answers. */
export function loadOfBroker({ plan, estimate }: Model): number {
  const loads = [...estimate.perBroker.values()].map((one) => one.in.mean + one.out.mean + one.relayed.mean + one.asked.mean);
  return Math.max(0, ...loads) / plan.size.seconds;
}

function fitted(role: Exponent['role'], against: Grown, sizes: readonly number[], loads: readonly number[]): Exponent {
  const known = loads.every((load) => load > 0);
  return {
    role,
    against,
    ...(known ? slopeOf(sizes.map(Math.log), loads.map(Math.log)) : { slope: null, error: null }),
    sizes: [...sizes],
    loads: [...loads],
  };
}

/** Least squares with the standard error of the slope. */
function slopeOf(x: readonly number[], y: readonly number[]): { slope: number; error: number } {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [centreX, centreY] = [mean(x), mean(y)];
  const squares = x.reduce((sum, value) => sum + (value - centreX) ** 2, 0);
  const slope = x.reduce((sum, value, index) => sum + (value - centreX) * ((y[index] ?? 0) - centreY), 0) / squares;
  const left = x.reduce((sum, value, index) => sum + ((y[index] ?? 0) - centreY - slope * (value - centreX)) ** 2, 0);
  return { slope, error: Math.sqrt(left / Math.max(1, x.length - 2) / squares) };
}
