/** What instructors do for one learner or for all; each of it is in the log that both can read. */
import type { z } from 'zod'
import type { broadcast, giveHint, handFile, highlight, setLocks } from '../contract/workshop-log.ts'
import { writeText } from '../files/node-files.ts'
import { findTask, type Lab } from '../grading/lab.ts'
import { Refusal } from '../refusal.ts'
import { isUsable } from '../sessions/states.ts'
import type { ClassRuns } from './class-runs.ts'
import type { Joining } from './joining.ts'
import { tasksOf } from './measure-tasks.ts'
import type { Member, Room } from './room.ts'

export interface HelpingOptions {
  labs: ReadonlyMap<string, Lab>
  runs: ClassRuns
  joining: Joining
  now: () => number
}

/** Names that a file gets when its own is taken. */
const otherNames = 9

export function createHelping({ labs, runs, joining }: HelpingOptions) {
  const requireRunning = (room: Room) => {
    if (room.record.state === 'ended') throw new Refusal('WORKSHOP_OVER')
  }

  return {
    /** Also whoever was taken out: their name may be somebody else's by now. */
    async admit(room: Room, by: string, member: Member): Promise<void> {
      await room.inTurn(async () => {
        if (member.state === 'admitted') return
        const name = member.state === 'removed' ? joining.nameIn(room, member.name) : member.name
        await room.changeMember(member, { name, state: 'admitted' })
        await room.note(by, member, { kind: 'member', is: 'admitted', name })
      })
    },
    async rename(room: Room, by: string, member: Member, given: string): Promise<void> {
      await room.inTurn(async () => {
        const name = joining.nameIn(room, given, member)
        await room.changeMember(member, { name })
        await room.note(by, member, { kind: 'member', is: 'renamed', name })
      })
    },
    async remove(room: Room, by: string, member: Member): Promise<void> {
      await room.note(by, member, { kind: 'member', is: 'removed', name: member.name })
      await room.changeMember(member, { state: 'removed', hand_at: null, hand_note: null })
      room.consents.delete(member.id)
      for (const look of room.looks) if (look.member === member.id) look.end()
    },

    say: async (room: Room, by: string, { kind, text }: z.infer<typeof broadcast>) => {
      requireRunning(room)
      return await room.note(by, null, { kind, text })
    },
    hint: async (room: Room, by: string, member: Member, given: z.infer<typeof giveHint>) => {
      const entry = await room.note(by, member, { kind: 'hint', ...given })
      // Whoever was helped does not have to wave any more.
      if (member.hand_at !== null) await room.changeMember(member, { hand_at: null, hand_note: null })
      return entry
    },
    highlight: (room: Room, by: string, member: Member, given: z.infer<typeof highlight>) =>
      room.note(by, member, { kind: 'highlight', ...given }),

    async file(room: Room, by: string, member: Member, { name, text }: z.infer<typeof handFile>) {
      const session = runs.live(room).get(member.learner)?.session
      const [node] = session?.nodes ?? []
      if (!session || !node || !isUsable(session.state))
        throw new Refusal(
          'SESSION_NOT_READY',
          `${member.name} has no lab that runs, so there is nowhere to put a file.`,
        )
      const path = await writeBeside(node, name, text)
      session.touched = true
      return await room.note(by, member, { kind: 'file', path, bytes: Buffer.byteLength(text) })
    },

    async lead(room: Room, by: string, place: string | null) {
      requireRunning(room)
      await room.change({ follow: place })
      return await room.note(by, null, { kind: 'follow', place })
    },

    async lock(room: Room, by: string, { lab, tasks, locked }: z.infer<typeof setLocks>) {
      const known = room.record.labs.includes(lab) ? labs.get(lab) : undefined
      if (!known) throw new Refusal('LAB_UNKNOWN', `${lab} is no lab of this workshop.`)
      const own = new Set(tasksOf(known.manifest.tasks).map((task) => task.id))
      const strange = tasks.find((task) => !own.has(task) || !findTask(known, task))
      if (strange !== undefined) throw new Refusal('TASK_UNKNOWN', `${lab} has no task named ${strange}.`)
      return await room.inTurn(async () => {
        const named = tasks.map((task) => `${lab} ${task}`)
        const others = room.record.locks.filter((lock) => !named.includes(lock))
        await room.change({ locks: locked ? [...others, ...named] : others })
        return await room.note(by, null, { kind: 'locks', lab, tasks, locked })
      })
    },
  }
}

/** Never over what is there. */
async function writeBeside(node: Parameters<typeof writeText>[0], name: string, text: string): Promise<string> {
  const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length
  for (let i = 1; i <= otherNames; i++) {
    const path = i === 1 ? name : `${name.slice(0, dot)}-${i}${name.slice(dot)}`
    try {
      await writeText(node, path, text, null)
      return path
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'FILE_EXISTS') throw error
    }
  }
  throw new Refusal('FILE_EXISTS', `There are ${otherNames} files named like ${name} already. Give it another name.`)
}
