/** What the instructor's pages of one workshop know: kept in step with the server by one socket. */
import type { LogEntry, QuizState, WallEvent, WallLearner, WorkshopView } from '@drydock/sandbox-server/contract'
import { batch, computed, signal } from '@preact/signals'
import { socketUrl } from '../client/api.ts'
import type { Answer } from '../client/http.ts'
import { newer } from '../workshop/newer.ts'
import { browserWorld, ReconnectingSocket, type SocketEvents, type SocketState } from '../client/reconnecting-socket.ts'

type Columns = Extract<WallEvent, { type: 'wall' }>['columns']

export const workshop = signal<WorkshopView | null>(null)
const byId = signal<Record<string, WallLearner>>({})
export const learners = computed(() => Object.values(byId.value).filter(({ state }) => state !== 'removed'))
/** How long each task takes in this class. */
export const columns = signal<Columns>([])
export const quiz = signal<QuizState | null>(null)
/** The latest last. */
export const log = signal<LogEntry[]>([])
export const live = signal<{ state: SocketState; closeCode: number | null }>({ state: 'connecting', closeCode: null })
/** Server's clock minus ours, in ms. */
export const skew = signal(0)
/** What became of the last thing one did; read out. */
export const said = signal<{ text: string; bad: boolean }>({ text: '', bad: false })

export const idOfPage = (): string => new URLSearchParams(location.search).get('id') ?? ''

/** Follows a workshop; returns how to stop. */
export function watchWorkshop(id: string, world = browserWorld): () => void {
  const events: SocketEvents = {
    url: () => socketUrl(`/workshops/${encodeURIComponent(id)}/wall/live`),
    onMessage: (data) => {
      socket.settle()
      if (typeof data === 'string') take(JSON.parse(data) as WallEvent)
    },
    onState: (state, { closeCode }) => (live.value = { state, closeCode }),
  }
  const socket = new ReconnectingSocket(events, world)
  return () => socket.close()
}

function take(event: WallEvent): void {
  switch (event.type) {
    case 'wall':
      return batch(() => {
        // A line begins: whatever was told before may be of another server, which counted otherwise.
        workshop.value = null
        takeWorkshop(event.workshop)
        byId.value = Object.fromEntries(event.learners.map((each) => [each.id, each]))
        columns.value = event.columns
        quiz.value = event.quiz
        log.value = event.log
      })
    case 'workshop':
      return takeWorkshop(event.workshop)
    case 'learners':
      byId.value = { ...byId.value, ...Object.fromEntries(event.learners.map((each) => [each.id, each])) }
      return
    case 'left':
      byId.value = Object.fromEntries(Object.entries(byId.value).filter(([id]) => !event.ids.includes(id)))
      return
    case 'columns':
      columns.value = event.columns
      return
    case 'quiz':
      if (event.quiz) takeQuiz(event.quiz)
      else quiz.value = null
      return
    case 'log': {
      const { entry } = event
      if ((log.value.at(-1)?.n ?? 0) >= entry.n) return
      log.value = [...log.value.slice(-499), entry]
      // Whoever was promised a moment ago that it is done reads that it was not.
      if (entry.what.kind === 'catch-up' && entry.what.is === 'failed')
        tell(`${entry.member?.name ?? 'A learner'} could not be brought there: look at their lab, or try again.`)
    }
  }
}

export const takeQuiz = (next: QuizState): void => {
  quiz.value = newer(quiz.value, next)
}

function takeWorkshop(next: WorkshopView): void {
  workshop.value = newer(workshop.value, next)
  if (workshop.value === next) skew.value = next.now - Date.now()
}

/** Milliseconds. */
const readFor = 8000

/** Does something and says what became of it: `done` in words, or the server's refusal. */
export async function act<T>(asked: Promise<Answer<T>>, done: string | ((value: T) => string)): Promise<T | null> {
  const before = said.value
  const answer = await asked
  if (!answer.ok) {
    tell(answer.problem.message)
    return null
  }
  // The wall may have heard sooner that it went wrong.
  const wrong = said.value !== before && said.value.bad
  if (!wrong) show({ text: typeof done === 'string' ? done : done(answer.value), bad: false })
  return answer.value
}

/** Does something to the workshop, and shows what it is then before the wall hears of it. */
export async function actOnWorkshop(asked: Promise<Answer<WorkshopView>>, done: string): Promise<void> {
  const next = await act(asked, done)
  if (next) takeWorkshop(next)
}

/** Says what is wrong before anybody was asked. */
export const tell = (text: string): void => show({ text, bad: true })

function show(word: typeof said.value): void {
  said.value = word
  setTimeout(() => said.value === word && (said.value = { text: '', bad: false }), readFor)
}
