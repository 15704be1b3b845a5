/** How learners come into a workshop and leave it: by its code, with a name, once for each browser. */
import type { z } from 'zod'
import { personName, type workshopDoor } from '../contract/workshops.ts'
import type { ClassStore } from '../database/class-store.ts'
import { createTries } from '../learners/tries.ts'
import { Refusal } from '../refusal.ts'
import { present } from './describe-workshop.ts'
import { parseJoinCode } from './join-code.ts'
import { createMemberId, type Member, type Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/**
 * Codes that nobody has, in ten minutes: of one browser; of one network, in which sixty people may mistype at once; and of all, so that many
 * networks together do not find one either. Right ones are not counted.
 */
export const wrongJoinCodes = {
  learner: { most: 10, within: 600_000 },
  network: { most: 200, within: 600_000 },
  all: { most: 2000, within: 600_000 },
} as const

export interface Visitor {
  learner: string
  network: string
}

export interface JoiningOptions {
  rooms: Rooms
  classes: ClassStore
  now: () => number
}

export type Joining = ReturnType<typeof createJoining>

export function createJoining({ rooms, classes, now }: JoiningOptions) {
  const { learner, network, all } = wrongJoinCodes
  const tries = { learner: createTries(learner, now), network: createTries(network, now), all: createTries(all, now) }

  /** A slip that no code has costs nothing; a code that nobody has is counted. */
  function resolve(given: string, visitor: Visitor): Room {
    const code = parseJoinCode(given)
    if (!tries.learner.left(visitor.learner) || !tries.network.left(visitor.network) || !tries.all.left('all'))
      throw new Refusal(
        'TOO_MANY',
        'Too many codes that no workshop has were tried here. Wait ten minutes and try again.',
      )
    const room = rooms.byCode(code, now())
    if (room) return room
    tries.learner.count(visitor.learner)
    tries.network.count(visitor.network)
    tries.all.count('all')
    throw new Refusal('JOIN_CODE')
  }

  function refuseRemoved(member: Member | undefined): void {
    if (member?.state === 'removed')
      throw new Refusal(
        'FORBIDDEN',
        'Your instructor did not let you into this workshop, or took you out of it. They can let you in again: ask them.',
      )
  }

  /** As it was given, or with a number: two Annas can be told apart. */
  function nameIn(room: Room, given: string, except?: Member): string {
    const name = personName.parse(given.normalize('NFC').replaceAll(/\s+/g, ' '))
    const taken = new Set(present(room).flatMap((each) => (each === except ? [] : each.name.toLowerCase())))
    const numbered = (i: number) => (i === 1 ? name : `${[...name].slice(0, 34).join('')} (${i})`)
    let i = 1
    while (taken.has(numbered(i).toLowerCase())) i++
    return numbered(i)
  }

  return {
    nameIn,

    /** What the code opens; changes nothing. */
    look(code: string, visitor: Visitor): z.infer<typeof workshopDoor> {
      const room = resolve(code, visitor)
      const { title, state, starts_at, zone, minutes } = room.record
      const member = room.memberOf(visitor.learner)
      refuseRemoved(member)
      return { title, state, starts_at, zone, minutes, joined_as: member?.name ?? null }
    },

    /** Who is in it already keeps their place and their name. */
    async join(code: string, name: string, visitor: Visitor): Promise<{ room: Room; member: Member }> {
      const room = resolve(code, visitor)
      return await room.inTurn(async () => {
        const known = room.memberOf(visitor.learner)
        refuseRemoved(known)
        if (known) return { room, member: known }
        const { size, state, door } = room.record
        if (state === 'ended') throw new Refusal('WORKSHOP_OVER')
        const here = present(room)
        // More than could ever sit there is no class any more, but a program.
        if (here.length >= 2 * size + 20)
          throw new Refusal('TOO_MANY', 'This workshop and its waiting room are full. Ask its instructor.')
        const free = here.filter((each) => each.state === 'admitted').length < size
        const record = {
          ...{ id: createMemberId(), workshop: room.id, learner: visitor.learner, name: nameIn(room, name) },
          ...{ joined_at: now(), hand_at: null, hand_note: null },
          state: room.runs && door === 'open' && free ? ('admitted' as const) : ('waiting' as const),
        }
        await classes.addMember(record)
        const member: Member = { ...record, pages: 0, seen_at: null }
        room.members.set(member.id, member)
        room.events.publish({ type: 'changed', member: member.id })
        await room.note(member.name, member, { kind: 'member', is: 'joined', name: member.name })
        return { room, member }
      })
    },

    async leave(room: Room, member: Member): Promise<void> {
      await room.inTurn(async () => {
        await classes.removeMember(member.id)
        room.members.delete(member.id)
        for (const look of room.looks) if (look.member === member.id) look.end()
        room.events.publish({ type: 'changed', member: member.id })
      })
    },
  }
}
