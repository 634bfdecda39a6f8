import { unavailable } from '../error.js';
import type { SocketName } from '../measure/ledger.js';
import { roomId, userId } from '../plan/placement.js';
import type { Action } from '../plan/types.js';
import type { Workload } from '../plan/workload.js';
import type { WorkerPlan, WorkerProgress, WorkerReport } from '../processes/protocol.js';
import { eachAtMost } from './bounded.js';
import { type Clock, correctedBy } from './clock.js';
import { readPush } from './delivery.js';
import type { Driver, Hooks, Push } from './driver.js';
import { People } from './people.js';
import { play } from './player.js';
import { type Probe, ProbeWatch, probesOf } from './probes.js';
import { Recorder } from './recorder.js';
import { Speaker } from './speaker.js';
import { checkBytes } from './text.js';
import { Usage } from './usage.js';
import { WarmUp } from './warmUp.js';

const roomsAtOnce = 20;

/** One worker's part of one run, phase by phase. */
export class Session {
  readonly #plan: WorkerPlan;
  readonly #workload: Workload;
  readonly #people: People;
  readonly #recorder: Recorder;
  readonly #probes: readonly Probe[];
  readonly #probeWatch: ProbeWatch;
  readonly #speaker: Speaker;
  readonly #usage = new Usage();
  readonly #halt = new AbortController();
  readonly #clock: Clock;
  readonly #warmUp: WarmUp;
  #startUnixMs = 0;
  /** `over`: everything is answered or given up; `settled`: and everything has arrived. */
  #load: 'ahead' | 'under way' | 'over' | 'settled' = 'ahead';

  constructor(plan: WorkerPlan, workload: Workload, driver: Driver, clock: Clock) {
    checkBytes(plan.plan.size, workload.rooms.length);
    this.#plan = plan;
    this.#workload = workload;
    this.#clock = correctedBy(plan.clockAheadMs, clock);
    this.#recorder = new Recorder(plan.plan, this.#clock);
    const witness = {
      connected: (socket: SocketName, askedAtMs: number) => this.#recorder.connected(socket, askedAtMs),
      disconnectAsked: (socket: SocketName) => this.#recorder.disconnectAsked(socket),
      hooks: (user: number, socket: SocketName, node: number) => this.#hooks(user, socket, node),
    };
    this.#people = new People(plan, driver, witness, this.#clock);
    this.#speaker = new Speaker(this.#people, this.#recorder, plan.plan.size.bytes, this.#clock);
    this.#warmUp = new WarmUp(this.#people, plan.plan.size.bytes);
    this.#probes = probesOf(plan.plan.topology.nodes, plan.plan.size.users);
    this.#probeWatch = new ProbeWatch(this.#probes.filter(({ to }) => this.#people.plays(to)));
  }

  connect(): Promise<void> {
    return this.#people.connect();
  }

  createRooms(): Promise<void> {
    const mine = [...this.#workload.rooms.entries()].filter(([, [creator]]) => this.#people.plays(creator));
    return eachAtMost(roomsAtOnce, mine, async ([room, members]) => {
      const reply = await this.#people.request(members[0], 'room:create', { room: roomId(room), members: members.map(userId) });
      if (!reply.ok)
        throw unavailable(
          `[worker ${this.#plan.shard}] ${userId(members[0])} could not create ${roomId(room)}: ${reply.error}: ${reply.reason}`,
        );
    });
  }

  async probe(): Promise<void> {
    const mine = this.#probes.filter(({ from }) => this.#people.plays(from));
    const failures = await Promise.all(mine.map((probe) => this.#probe(probe)));
    const words = failures.flat();
    if (words.length > 0) throw unavailable(`[worker ${this.#plan.shard}] probes were not taken: ${words.join('; ')}`);
  }

  probed(): readonly string[] {
    return this.#probeWatch.missing;
  }

  async warmUp(atUnixMs: number): Promise<Record<string, number>> {
    await play(this.#own(this.#workload.warmUpActions()), atUnixMs, (action) => this.#warmUp.perform(action), this.#playing());
    return this.#warmUp.refusals();
  }

  async start(atUnixMs: number): Promise<void> {
    this.#startUnixMs = atUnixMs;
    this.#load = 'under way';
    this.#usage.start();
    const say = (action: Action, intendedMs: number) => this.#speaker.say(action, intendedMs);
    await play(this.#own(this.#workload.actions()), atUnixMs, say, this.#playing());
    await this.#speaker.idle();
    this.#load = 'over';
  }

  async settle(): Promise<void> {
    await this.#people.settle();
    this.#usage.settled();
    if (this.#load === 'over') this.#load = 'settled';
  }

  progress(): WorkerProgress {
    return this.#recorder.progress();
  }

  /** Before everything has settled it cuts the run short: nothing is sent after it, since nobody would know of it. */
  report(): WorkerReport {
    const cutShort = this.#load === 'under way' || this.#load === 'over';
    if (cutShort) this.#halt.abort();
    return { ...this.#usage.read(), ...this.#recorder.report(this.#startUnixMs, cutShort) };
  }

  disconnect(): void {
    this.#halt.abort();
    this.#people.disconnect();
  }

  /** Every worker computes all actions and plays those of its users: together they play what one worker would alone. */
  *#own(actions: Iterable<Action>): Iterable<Action> {
    for (const action of actions) if (this.#people.plays(action.user)) yield action;
  }

  #playing() {
    return { halt: this.#halt.signal, clock: this.#clock };
  }

  async #probe({ from, to, pair }: Probe): Promise<string[]> {
    const reply = await this.#people.request(from, 'probe', { to: userId(to), text: pair });
    return reply.ok ? [] : [`${pair}: ${reply.error}: ${reply.reason}`];
  }

  #hooks(user: number, socket: SocketName, node: number): Hooks {
    return {
      pushed: (event, delivery) => this.#pushed(user, socket, node, event, delivery),
      cut: (reason) => this.#recorder.cut(socket, reason),
    };
  }

  #pushed(user: number, socket: SocketName, node: number, event: Push, delivery: unknown): void {
    const pushed = readPush(event, delivery, this.#plan.plan.size.bytes);
    if (pushed?.push === 'said') this.#recorder.received(user, node, pushed.said);
    else if (pushed === undefined || !this.#awaits(userId(user), pushed.from, pushed.text)) this.#recorder.stray(socket);
  }

  /** A probe that comes again is awaited no more, and one of the warm-up comes before the load or never. */
  #awaits(user: string, from: string, text: string): boolean {
    return this.#warmUp.isOwn(text) ? this.#load === 'ahead' : this.#probeWatch.saw(from, user, text);
  }
}
