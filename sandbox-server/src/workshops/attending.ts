/** What learners do in a workshop besides their labs: be there, raise a hand, and say who may type. */
import { Refusal } from '../refusal.ts'
import type { Member, Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/** Milliseconds in which a hand that goes up and down is in the log once. */
const wave = 10_000

export function createAttending(rooms: Rooms, now: () => number) {
  const waved = new WeakMap<Member, number>()
  let numbers = 0

  return {
    /** A page of theirs is open; answers how to close it. */
    arrive(room: Room, member: Member): () => void {
      const tell = () => room.events.publish({ type: 'changed', member: member.id })
      member.pages++
      tell()
      return () => {
        // Names and places are read again now and then: this is whoever has that place now.
        const here = room.members.get(member.id) ?? member
        here.pages = Math.max(0, here.pages - 1)
        here.seen_at = now()
        tell()
      }
    },

    /** In turn: a hand that goes up and down at once is down. */
    raise: (room: Room, member: Member, up: boolean, note: string | null): Promise<void> =>
      room.inTurn(async () => {
        if (room.record.state === 'ended' || (member.hand_at !== null) === up) return
        const plain = note?.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim() || null
        const hand_note = up ? plain : null
        await room.changeMember(member, { hand_at: up ? now() : null, hand_note })
        if (now() - (waved.get(member) ?? 0) < wave) return
        waved.set(member, now())
        await room.note(member.name, member, { kind: 'hand', up, note: hand_note })
      }),

    /** An instructor wishes to type. */
    async ask(room: Room, teacher: string, member: Member): Promise<void> {
      if (!room.runs) throw new Refusal('FORBIDDEN', 'Nobody types for others unless the workshop runs.')
      const asked = room.consents.get(member.id) ?? new Map<string, { number: number; is: 'asked' | 'given' }>()
      if (asked.has(teacher)) return
      room.consents.set(member.id, asked.set(teacher, { number: ++numbers, is: 'asked' }))
      await room.note(rooms.nameAs(teacher), member, { kind: 'typing', is: 'asked' })
    },

    /** The learner agrees, refuses, or takes it back: from this moment on, whatever is under way. */
    async answer(room: Room, member: Member, number: number, given: boolean): Promise<void> {
      const asked = room.consents.get(member.id)
      const [teacher, consent] = [...(asked ?? [])].find(([, each]) => each.number === number) ?? []
      if (!asked || !consent || teacher === undefined || (given && consent.is === 'given')) return
      const was = consent.is
      if (given) consent.is = 'given'
      else end(room, member.id, teacher)
      const is = given ? 'given' : was === 'given' ? 'withdrawn' : 'refused'
      await room.note(member.name, member, { kind: 'typing', is })
    },

    /** The instructor gives it back, or does not look any more. */
    async giveBack(room: Room, teacher: string, member: Member): Promise<void> {
      if (!room.consents.get(member.id)?.has(teacher)) return
      end(room, member.id, teacher)
      await room.note(rooms.nameAs(teacher), member, { kind: 'typing', is: 'ended' })
    },

    mayType: (room: Room, teacher: string, member: string): boolean =>
      room.runs && room.consents.get(member)?.get(teacher)?.is === 'given',
  }

  function end(room: Room, member: string, teacher: string): void {
    const asked = room.consents.get(member)
    asked?.delete(teacher)
    if (asked?.size === 0) room.consents.delete(member)
    for (const look of room.looks) if (look.member === member && look.teacher === teacher) look.drop()
  }
}
