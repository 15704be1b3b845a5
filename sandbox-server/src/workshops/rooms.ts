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

  /** At the start of the server: all there are. */
  async open(): Promise<void> {
    for (const record of await this.#options.store.all()) this.#add(record)
    await this.reload()
  }

  /**
   * Learners have become one, or one is gone, in the database alone: who teaches and who is a member is read again, in each room's turn, so
   * that whoever comes in meanwhile is not lost. All else is what memory says.
   */
  async reload(): Promise<void> {
    const { store } = this.#options
    const [rooms, taught] = [this.all(), [...this.#instructors.keys()]]
    const instructors = new Map((await store.instructors()).map(({ learner, name }) => [learner, name]))
    for (const learner of taught) if (!instructors.has(learner)) this.#instructors.delete(learner)
    for (const [learner, name] of instructors) this.#instructors.set(learner, name)
    const owners = new Map((await store.all()).map(({ id, learner }) => [id, learner]))
    for (const room of rooms) {
      const owner = owners.get(room.id)
      if (owner === undefined) this.#drop(room)
      else await room.inTurn(() => this.#refresh(room, owner))
    }
  }

  async #refresh(room: Room, owner: string): Promise<void> {
    const { store, classes, now } = this.#options
    const teachers = await store.teachers(room.id)
    room.record.learner = owner
    room.teachers = [owner, ...teachers.filter((learner) => learner !== owner)]
    const rows = await classes.members(room.id)
    for (const row of rows) {
      const known = room.members.get(row.id)
      if (known) known.learner = row.learner
      // After a start of the server everybody has just been here.
      else room.members.set(row.id, { ...row, pages: 0, seen_at: now() })
    }
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of room.members.keys()) if (!ids.has(id)) room.members.delete(id)
    for (const look of room.looks)
      if (!room.members.has(look.member) || !room.teachers.includes(look.teacher)) look.end()
    room.events.publish({ type: 'changed', member: null })
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
    const member = this.anyMember(room, id)
    if (member.state === 'removed') throw new Refusal('MEMBER_UNKNOWN')
    return member
  }

  /** Also one who was taken out. Throws `MEMBER_UNKNOWN`. */
  anyMember(room: Room, id: string): Member {
    const member = room.members.get(id)
    if (!member) throw new Refusal('MEMBER_UNKNOWN')
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
