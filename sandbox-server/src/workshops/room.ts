/** One workshop while this server runs: what the database has of it, and what is only now: who is connected, who looks, who may type. */
import { randomBytes } from 'node:crypto'
import type { DeedOfHelp, LogEntry } from '../contract/workshop-log.ts'
import type { ClassStore, LogRecord, MemberRecord } from '../database/class-store.ts'
import type { WorkshopRecord, WorkshopStore } from '../database/workshop-store.ts'
import { Channel } from '../sessions/channel.ts'

export interface Member extends MemberRecord {
  /** Open pages of theirs in this workshop. */
  pages: number
  /** When the last of them was closed; null before the first. */
  seen_at: number | null
}

/** An instructor who looks at a terminal. */
export interface Look {
  teacher: string
  member: string
  terminal: string
  /** When bytes of theirs were last typed; null: never. */
  typed_at: number | null
  /** Closes their socket. */
  end: () => void
  /** What they have typed and no shell has taken yet is forgotten. */
  drop: () => void
}

/** Milliseconds after a key in which somebody counts as typing. */
const typingFor = 2000

export const isTyping = ({ typed_at }: Look, now: number): boolean => typed_at !== null && now - typed_at < typingFor

/** `entry`: something was said or done. `changed`: the workshop, or this member, or both; `quiz`: answers too. `gone`: it was removed. */
export type RoomEvent =
  | { type: 'entry'; entry: LogEntry; member: string | null }
  | { type: 'changed'; member: string | null }
  | { type: 'quiz' }
  | { type: 'gone' }

export interface RoomOptions {
  record: WorkshopRecord
  store: WorkshopStore
  classes: ClassStore
  onError: (error: unknown) => void
  now: () => number
}

export const createMemberId = () => randomBytes(6).toString('hex')

export class Room {
  record: WorkshopRecord
  /** Learners who teach it, whose it is first. */
  teachers: string[] = []
  members = new Map<string, Member>()
  readonly looks = new Set<Look>()
  /** By member, by the learner who teaches. It ends with the server: nobody types on an old yes. */
  readonly consents = new Map<string, Map<string, { number: number; is: 'asked' | 'given' }>>()
  readonly events: Channel<RoomEvent>
  readonly #options: RoomOptions
  #last: Promise<unknown> = Promise.resolve()
  #entries: number | undefined

  constructor(options: RoomOptions) {
    this.record = options.record
    this.#options = options
    this.events = new Channel(options.onError)
  }

  get id(): string {
    return this.record.id
  }
  get runs(): boolean {
    return this.record.state === 'running' || this.record.state === 'paused'
  }

  memberOf(learner: string): Member | undefined {
    return [...this.members.values()].find((member) => member.learner === learner)
  }

  /** One thing after the other: two instructors act at once, a learner joins twice. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work)
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async change(change: Partial<WorkshopRecord>): Promise<void> {
    await this.#options.store.update(this.id, change)
    Object.assign(this.record, change)
    this.events.publish({ type: 'changed', member: null })
  }

  async changeMember(
    member: Member,
    change: Partial<Pick<Member, 'name' | 'state' | 'hand_at' | 'hand_note'>>,
  ): Promise<void> {
    await this.#options.classes.updateMember(member.id, change)
    Object.assign(member, change)
    this.events.publish({ type: 'changed', member: member.id })
  }

  /** What is `by` whom, by name, about whom: for the log, and for all whom it concerns. */
  async note(by: string, member: Member | null, what: DeedOfHelp): Promise<LogEntry> {
    const { classes, now } = this.#options
    return await this.#noteInTurn(async () => {
      this.#entries ??= await classes.lastEntry(this.id)
      const record: LogRecord = { n: this.#entries + 1, at: now(), by, member: member?.id ?? null, what }
      await classes.note(this.id, record)
      this.#entries = record.n
      const entry = this.view(record)
      this.events.publish({ type: 'entry', entry, member: record.member })
      return entry
    })
  }

  /** `for`: a member; else an instructor. */
  async log(wanted: { after?: number; member?: string; most: number }): Promise<LogEntry[]> {
    return (await this.#options.classes.log(this.id, wanted)).map((record) => this.view(record))
  }

  view({ member, ...entry }: LogRecord): LogEntry {
    const about = member === null ? undefined : this.members.get(member)
    return { ...entry, member: about ? { id: about.id, name: about.name } : null }
  }

  #noting: Promise<unknown> = Promise.resolve()
  #noteInTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#noting.then(work, work)
    this.#noting = mine.catch(() => undefined)
    return mine
  }
}
