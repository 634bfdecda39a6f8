import { unavailable } from '../error.js';
import { type SocketName, socketName } from '../measure/ledger.js';
import type { Sightings } from '../measure/sightings.js';
import type { SeenHop } from '../measure/traceSchema.js';
import { isOverHttp } from '../plan/actions.js';
import { roomId, userId } from '../plan/placement.js';
import type { Subject } from '../plan/subjects.js';
import type { Action } from '../plan/types.js';
import type { Workload } from '../plan/workload.js';
import type { WorkerPlan, WorkerProgress, WorkerReport } from '../processes/protocol.js';
import { eachAtMost } from './bounded.js';
import { type Clock, correctedBy } from './clock.js';
import { readPush, readStatus } from './delivery.js';
import type { Driver, Hooks, Push } from './driver.js';
import { Following } from './following.js';
import { Numbers } from './numbers.js';
import { HttpLoad } from './overHttp.js';
import { People } from './people.js';
import { Performer } from './performer.js';
import { play } from './player.js';
import { PresenceLog } from './presenceLog.js';
import { type Probe, ProbeWatch, probesOf } from './probes.js';
import { Recorder } from './recorder.js';
import { Speaker } from './speaker.js';
import { checkBytes } from './text.js';
import { Usage } from './usage.js';
import { WarmUp } from './warmUp.js';

const roomsAtOnce = 20;

/** The socket that got something. */
interface Receiver {
  readonly user: number;
  readonly device: number;
  readonly socket: SocketName;
  /** Index of its node. */
  readonly node: number;
}

/** One worker's part of one run, phase by phase. */
export class Session {
  readonly #plan: WorkerPlan;
  readonly #workload: Workload;
  readonly #people: People;
  readonly #recorder: Recorder;
  readonly #probes: readonly Probe[];
  readonly #probeWatch: ProbeWatch;
  readonly #performer: Performer;
  readonly #http: HttpLoad;
  readonly #presence = new PresenceLog();
  readonly #usage = new Usage();
  readonly #halt = new AbortController();
  readonly #clock: Clock;
  readonly #warmUp: WarmUp;
  readonly #following: Following;
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
      hooks: (user: number, device: number, node: number) => this.#hooks(user, device, node),
    };
    this.#people = new People(plan, driver, witness, this.#clock, workload.devices);
    const numbers = new Numbers();
    const speaker = new Speaker(this.#people, this.#recorder, plan.plan.size.bytes, this.#clock, numbers);
    this.#performer = new Performer(this.#people, speaker, this.#presence, this.#clock);
    this.#http = new HttpLoad(plan, { recorder: this.#recorder, presence: this.#presence, numbers }, this.#clock);
    this.#warmUp = new WarmUp(this.#people, plan.plan.size.bytes);
    this.#following = new Following(this.#people, plan.plan.topology.nodes, plan.plan.size.bytes, this.#clock);
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
    this.#recorder.begin(atUnixMs);
    this.#usage.start();
    const perform = (action: Action, intendedMs: number) => this.#performer.perform(action, intendedMs);
    await Promise.all([play(this.#own(this.#workload.actions()), atUnixMs, perform, this.#playing()), this.#playHttp(atUnixMs)]);
    await this.#performer.idle();
    this.#load = 'over';
  }

  /** Beside the sockets, and from the same moment on. */
  async #playHttp(atUnixMs: number): Promise<void> {
    if (!this.#playsHttp) return;
    const actions = [...this.#own(this.#workload.actions())].filter(isOverHttp);
    await play([{ atMs: 0 }], atUnixMs, () => {}, this.#playing());
    await this.#http.play(actions, this.#halt.signal);
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
    const report = this.#recorder.report(this.#startUnixMs, cutShort);
    return { ...this.#usage.read(), ...report, sightings: { ...report.sightings, ...this.#sightings() } };
  }

  /** After the report, so that nothing of it is in the ledger. */
  follow(subject: Subject): Promise<void> {
    return this.#following.follow(subject);
  }

  followed(): readonly SeenHop[] {
    return this.#following.followed();
  }

  disconnect(): void {
    this.#halt.abort();
    this.#people.disconnect();
  }

  /** Every worker computes all actions and plays those of its users: together they play what one worker would alone. */
  *#own<Step extends Action>(actions: Iterable<Step>): Iterable<Step> {
    for (const action of actions) if (this.#people.plays(action.user)) yield action;
  }

  #sightings(): Partial<Sightings> {
    const { does } = this.#workload;
    return {
      ...this.#performer.sightings(),
      ...(asks(does) && { presence: this.#presence.sightings() }),
      ...(this.#playsHttp && { http: this.#http.sightings() }),
    };
  }

  get #playsHttp(): boolean {
    return this.#workload.does.some((deed) => deed.startsWith('http:'));
  }

  #playing() {
    return { halt: this.#halt.signal, clock: this.#clock };
  }

  async #probe({ from, to, pair }: Probe): Promise<string[]> {
    const reply = await this.#people.request(from, 'probe', { to: userId(to), text: pair });
    return reply.ok ? [] : [`${pair}: ${reply.error}: ${reply.reason}`];
  }

  #hooks(user: number, device: number, node: number): Hooks {
    const socket = socketName(userId(user), String(device));
    return {
      pushed: (event, delivery) => this.#pushed({ user, device, socket, node }, event, delivery),
      cut: (reason) => this.#recorder.cut(socket, reason),
    };
  }

  #pushed(at: Receiver, event: Push, delivery: unknown): void {
    if (event === 'status') {
      this.#told(at, delivery);
      return;
    }
    const pushed = readPush(event, delivery, this.#plan.plan.size.bytes);
    if (pushed?.push === 'said') this.#recorder.received(at.user, at.device, at.node, pushed.said);
    else if (pushed === undefined ? !this.#following.saw(at, delivery) : !this.#awaits(at, pushed.from, pushed.text))
      this.#recorder.stray(at.socket);
  }

  #told({ socket }: Receiver, change: unknown): void {
    const read = readStatus(change);
    if (read === undefined) this.#recorder.stray(socket);
    else this.#presence.changed(read.about, read.status, this.#clock());
  }

  /** A probe that comes again is awaited no more, and one of the warm-up comes before the load or never. The first device of a user is who sees. */
  #awaits({ user, device }: Receiver, from: string, text: string): boolean {
    if (this.#warmUp.isOwn(text) || device > 0) return this.#load === 'ahead';
    return this.#probeWatch.saw(from, userId(user), text);
  }
}

function asks(does: Workload['does']): boolean {
  return does.some((deed) => deed === 'ask' || deed === 'watch' || deed === 'http:ask');
}
