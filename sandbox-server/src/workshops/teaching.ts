/** Who may teach: whoever has a link that this server has printed, or a co-instructor's link of one workshop. Each link is good once. */
import type { WorkshopStore } from '../database/workshop-store.ts'
import { createRecoveryCode, hashRecoveryCode, parseRecoveryCode } from '../learners/recovery-code.ts'
import { createTries } from '../learners/tries.ts'
import { Refusal } from '../refusal.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

const day = 86_400_000
/** How long a link is good. */
const lasts_ms = 7 * day
/** Keys that nobody has, from one network. */
export const wrongKeys = { most: 20, within: 600_000 } as const

export interface TeachingOptions {
  rooms: Rooms
  store: WorkshopStore
  publicUrl: string
  now: () => number
}

export function createTeaching({ rooms, store, publicUrl, now }: TeachingOptions) {
  const tries = createTries(wrongKeys, now)

  async function makeKey(workshop: string | null): Promise<{ key: string; expires_at: number }> {
    const key = createRecoveryCode()
    const expires_at = now() + lasts_ms
    await store.addKey(await hashRecoveryCode(parseRecoveryCode(key)), workshop, now(), expires_at)
    return { key, expires_at }
  }

  return {
    /** For the server's operator: a link, in whose place no older one is good any more. */
    async makeLink(): Promise<{ url: string; expires_at: number }> {
      await store.withdrawKeys()
      const { key, expires_at } = await makeKey(null)
      return { url: `${publicUrl}/teach/#key=${key}`, expires_at }
    },

    async invite(room: Room): Promise<{ url: string; expires_at: number }> {
      const { key, expires_at } = await makeKey(room.id)
      return { url: `${publicUrl}/teach/#with=${key}`, expires_at }
    },

    /** Whoever shows a key teaches from now on, under this name. Answers the workshop that the key was for. */
    async prove(learner: string, key: string, name: string, network: string): Promise<Room | null> {
      if (!tries.left(network))
        throw new Refusal(
          'TOO_MANY',
          'Too many links that are not good were tried here. Wait ten minutes and try again.',
        )
      // Counted before the answer is known: many at once must not all find room.
      const takeBack = tries.count(network)
      const opens = await store.useKey(await hashRecoveryCode(parse(key)), now())
      if (!opens) throw new Refusal('NOT_INSTRUCTOR', notGood)
      takeBack()
      await rooms.addInstructor(learner, name)
      const room = opens.workshop === null ? undefined : rooms.all().find(({ id }) => id === opens.workshop)
      if (!room) return null
      await room.inTurn(async () => {
        if (room.teachers.includes(learner)) return
        await store.addTeacher(room.id, learner, now())
        room.teachers.push(learner)
        room.events.publish({ type: 'changed', member: null })
      })
      return room
    },
  }
}

const notGood =
  'This link is not good: it was used before, a newer one was made, or it is older than a week. `npm run instructor` on the server prints another; for a co-instructor whoever teaches makes one.'

function parse(key: string): string {
  try {
    return parseRecoveryCode(key)
  } catch {
    throw new Refusal('NOT_INSTRUCTOR', notGood)
  }
}
