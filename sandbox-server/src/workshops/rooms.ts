/** All workshops of this server, and who may do what in them. Nobody learns of a workshop that is not theirs, not even that there is one. */
import type { Logger } from 'pino'
import type { ClassStore } from '../database/class-store.ts'
import type { WorkshopRecord, WorkshopStore } from '../database/workshop-store.ts'
import { Refusal } from '../refusal.ts'
import { Room, type Member } from './room.ts'

export interface RoomsOptions {
  store: WorkshopStore
  classes: ClassStore
  /** Accounts at the provider whose owners teach. */
  subjects: readonly string[]
  logger: Logger
  now: () => number
}

/** What an instructor is called who has not said. */
const nameless = 'Instructor'

export class Rooms {
  readonly #rooms = new Map<string, Room>()
  #instructors = new Map<string, string>()
  readonly #options: RoomsOptions

  constructor(options: RoomsOptions) {
    this.#options = options
  }

  all(): Room[] {
    return [...this.#rooms.values()]
  }

  /** Brings what is in memory to what the database has; what is only now stays. */
  async load(): Promise<void> {
    const { store, classes, now } = this.#options
    const [records, teachers, members, instructors] = await Promise.all([
      store.all(),
      store.teachers(),
      classes.members(),
      store.instructors(),
    ])
    this.#instructors = new Map(instructors.map(({ learner, name }) => [learner, name]))
    const ids = new Set(records.map(({ id }) => id))
    for (const room of this.all()) if (!ids.has(room.id)) this.#drop(room)
    for (const record of records) {
      const room = this.#rooms.get(record.id) ?? this.#add(record)
      Object.assign(room.record, record)
      const others = teachers.flatMap(({ workshop, learner }) => (workshop === room.id ? learner : []))
      room.teachers = [record.learner, ...others.filter((learner) => learner !== record.learner)]
      const mine = members.filter(({ workshop }) => workshop === room.id)
      room.members = new Map(
        mine.map((member): [string, Member] => {
          const before = room.members.get(member.id)
          // After a start of the server everybody has just been here.
          return [member.id, { pages: 0, seen_at: now(), ...before, ...member }]
        }),
      )
      room.events.publish({ type: 'changed', member: null })
    }
  }

  #add(record: WorkshopRecord): Room {
    const { store, classes, logger, now } = this.#options
    const onError = (err: unknown) => logger.error({ err, workshop: record.id }, 'listener failed')
    const room = new Room({ record, store, classes, onError, now })
    room.teachers = [record.learner]
    this.#rooms.set(record.id, room)
    return room
  }

  async create(record: WorkshopRecord): Promise<Room> {
    await this.#options.store.insert(record)
    return this.#add(record)
  }

  async remove(room: Room): Promise<void> {
    await this.#options.store.remove(room.id)
    this.#drop(room)
  }

  #drop(room: Room): void {
    this.#rooms.delete(room.id)
    for (const look of room.looks) look.end()
    room.events.publish({ type: 'gone' })
  }

  async isInstructor(learner: string): Promise<boolean> {
    const { store, subjects } = this.#options
    return this.#instructors.has(learner) || (await store.accountsOf(subjects)).includes(learner)
  }

  async addInstructor(learner: string, name: string): Promise<void> {
    const { store, now } = this.#options
    await store.addInstructor(learner, name, now())
    this.#instructors.set(learner, name)
  }

  get anyInstructor(): boolean {
    return this.#instructors.size > 0
  }

  /** Null: they have none yet. */
  nameOf(learner: string): string | null {
    return this.#instructors.get(learner) ?? null
  }
  nameAs(learner: string): string {
    return this.nameOf(learner) ?? nameless
  }

  /** Throws `WORKSHOP_UNKNOWN`. */
  taught(learner: string, id: string): Room {
    const room = this.#rooms.get(id)
    if (!room?.teachers.includes(learner)) throw new Refusal('WORKSHOP_UNKNOWN')
    return room
  }

  /** Throws `WORKSHOP_UNKNOWN`, also for who was removed from it. */
  attended(learner: string, id: string): { room: Room; member: Member } {
    const room = this.#rooms.get(id)
    const member = room?.memberOf(learner)
    if (!room || !member || member.state === 'removed') throw new Refusal('WORKSHOP_UNKNOWN')
    return { room, member }
  }

  /** One whom instructors can help. Throws `MEMBER_UNKNOWN`. */
  member(room: Room, id: string): Member {
    const member = room.members.get(id)
    if (!member || member.state === 'removed') throw new Refusal('MEMBER_UNKNOWN')
    return member
  }

  /** Those in which this learner is let in, and which run. */
  running(learner: string): Room[] {
    return this.all().filter((room) => room.runs && room.memberOf(learner)?.state === 'admitted')
  }

  byCode(code: string, now: number): Room | undefined {
    return this.all().find(({ record }) => record.code === code && (record.code_expires_at ?? 0) > now)
  }
}
