/** What a learner's pages know of the workshop that they are in: kept in step with the server by one socket. */
import type { LiveCommand, LiveEvent, LogEntry, MemberView, QuizState } from '@drydock/sandbox-server/contract'
import { batch, computed, effect, signal } from '@preact/signals'
import { socketUrl } from '../client/api.ts'
import { browserWorld, ReconnectingSocket, type SocketEvents, type SocketState } from '../client/reconnecting-socket.ts'
import { recall, remember } from '../client/storage.ts'
import { pause, whoPaused } from '../workshop/class-pause.ts'
import { newer } from '../workshop/newer.ts'
import { isWord } from './is-word.ts'
import { rememberClass } from './my-class.ts'

type Help = Omit<Extract<LiveEvent, { type: 'help' }>, 'type'>

export const member = signal<MemberView | null>(null)
export const entries = signal<LogEntry[]>([])
export const help = signal<Help>({ looking: [], typing: [], typist: null })
export const quiz = signal<QuizState | null>(null)
/** One's own answer to it. */
export const mine = signal<{ correct: boolean | null } | null>(null)
export const line = signal<SocketState>('connecting')
/** One was removed, or the workshop is gone. */
export const out = signal(false)
/** How one came to be out, in words. */
export const outWords = computed(() => {
  const last = entries.value.findLast(({ what }) => what.kind === 'member')
  if (last?.what.kind !== 'member' || last.what.is !== 'removed') return 'You are no longer in this workshop.'
  return member.value?.me.state === 'waiting'
    ? `${last.by} did not let you in. If that was a mistake, say so: they can still let you in.`
    : `${last.by} has taken you out of this workshop. They can let you in again.`
})
/** Server's clock minus ours, in ms. */
export const skew = signal(0)

/** The latest entry that was read, by its number, as this browser remembers it. */
const readKey = 'drydock-class-read'
export const readUntil = signal(0)
/** What was said to this learner and not seen yet. */
export const unread = computed(() => entries.value.filter((entry) => entry.n > readUntil.value && isWord(entry)))

effect(() => {
  const paused = member.value?.state === 'paused' && member.value.me.state === 'admitted' && !out.value
  pause.value = paused ? { by: whoPaused(entries.value) } : null
})

let socket: ReconnectingSocket | undefined

/** Follows a workshop; returns how to stop. */
export function watchClass(id: string, world = browserWorld): () => void {
  socket?.close()
  const [of, until] = (recall(readKey) ?? '').split(' ')
  readUntil.value = of === id ? Number(until) : 0
  out.value = false
  const events: SocketEvents = {
    url: () => socketUrl(`/workshops/${encodeURIComponent(id)}/live`),
    onMessage: (data) => {
      opened.settle()
      if (typeof data === 'string') take(JSON.parse(data) as LiveEvent)
    },
    onState: (state) =>
      batch(() => {
        line.value = state
        if (state !== 'closed' || socket !== opened) return
        out.value = true
        // The next page of somebody who is in none asks nobody.
        rememberClass(null)
      }),
  }
  const opened = new ReconnectingSocket(events, world)
  socket = opened
  return () => {
    if (socket === opened) socket = undefined
    opened.close()
  }
}

function take(event: LiveEvent): void {
  switch (event.type) {
    case 'member':
      skew.value = event.member.now - Date.now()
      member.value = event.member
      return
    case 'log': {
      const last = entries.value.at(-1)?.n ?? 0
      const news = event.entries.filter(({ n }) => n > last)
      if (news.length > 0) entries.value = [...entries.value, ...news].slice(-200)
      return
    }
    case 'help':
      help.value = { looking: event.looking, typing: event.typing, typist: event.typist }
      return
    case 'quiz':
      return batch(() => {
        quiz.value = event.quiz
        mine.value = event.mine
      })
  }
}

/** What the server answered to one's own answer: it may have told of more meanwhile, or of another question. */
export const takeAnswered = (next: QuizState): void => {
  quiz.value = newer(quiz.value, next)
}

export function markRead(): void {
  const last = entries.value.at(-1)?.n ?? 0
  const id = member.value?.id
  if (id === undefined || last <= readUntil.value) return
  readUntil.value = last
  remember(readKey, `${id} ${last}`)
}

function send(command: LiveCommand): boolean {
  return socket?.send(JSON.stringify(command)) ?? false
}

export const raiseHand = (up: boolean) => send({ type: 'hand', up, note: null })
export const decideConsent = (instructor: number, given: boolean) => send({ type: 'consent', instructor, given })
