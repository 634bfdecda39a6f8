import { Numbers } from '../../load/numbers.js';
import type { Probe } from '../../load/probes.js';
import { roomId, userId } from '../../plan/placement.js';
import type { RoomForm, Saying } from '../../plan/types.js';
import type { Workload } from '../../plan/workload.js';
import type { Topic } from '../../routing/types.js';
import type { SimulatedTown } from './town.js';

/** The users of a workload: what a load worker lets them do, in a town. */
export class Players {
  readonly #town: SimulatedTown;
  readonly #workload: Workload;
  readonly #form: RoomForm;
  readonly #numbers = new Numbers();
  readonly #roomTopics = new Map<number, readonly Topic[]>();

  constructor(town: SimulatedTown, workload: Workload, form: RoomForm) {
    this.#town = town;
    this.#workload = workload;
    this.#form = form;
  }

  /** Who listens to the topics of rooms; nobody where room messages name the members. */
  *roomListeners(): Iterable<readonly [user: number, topic: Topic]> {
    if (this.#form !== 'topic') return;
    for (const [room, members] of this.#workload.rooms.entries()) for (const user of members) yield [user, `r:${roomId(room)}`];
  }

  probe({ from, to, pair }: Probe): void {
    this.#town.probe(from, [`u:${userId(to)}`], { from: userId(from), pair });
  }

  warmUp(action: Saying): void {
    this.#town.probe(action.user, this.topicsOf(action), null);
  }

  perform(action: Saying): void {
    const [form, to] = action.do === 'message' ? (['u', action.to] as const) : (['r', action.room] as const);
    const sequence = this.#numbers.next(action.user, form, to);
    const nowMs = this.#town.timeline.nowMs;
    this.#town.say(action.user, this.topicsOf(action), { from: action.user, form, to, sequence, intendedMs: nowMs, sentMs: nowMs });
  }

  /** Who a message is for. */
  topicsOf(action: Saying): readonly Topic[] {
    return action.do === 'message' ? [`u:${userId(action.to)}`] : this.#topicsOfRoom(action.room);
  }

  /** As chat nodes know a room: by its members in order, or by its own topic. */
  #topicsOfRoom(room: number): readonly Topic[] {
    const known = this.#roomTopics.get(room);
    if (known !== undefined) return known;
    const members = this.#workload.rooms[room] ?? [];
    const topics =
      this.#form === 'topic'
        ? [`r:${roomId(room)}` as const]
        : [...new Set(members)]
            .map(userId)
            .sort()
            .map((user): Topic => `u:${user}`);
    this.#roomTopics.set(room, topics);
    return topics;
  }
}
