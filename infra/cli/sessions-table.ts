/** What `npm run sessions` prints: one line a session, and a line that sums up. */

/** As the server's contract/operator.ts says it. */
export interface OperatorView {
  maintenance: boolean
  free: number
  queue: number
  warm: number
  sessions: {
    id: string
    lab: string
    learner: string
    state: string
    nodes: number
    queue_place: number | null
    created_at: number
    deadline: number | null
    memory: number | null
    disk: number | null
  }[]
  workshops: {
    id: string
    title: string
    state: string
    starts_at: number
    began_at: number | null
    paused_at: number | null
    places: number
    of: number
    learners: number
  }[]
}

const titles = ['session', 'lab', 'learner', 'state', 'machines', 'since', 'ends', 'memory', 'disk']
const workshopTitles = ['workshop', 'title', 'state', 'places kept', 'learners']

/** `now`: epoch ms. */
export function formatSessions(view: OperatorView, now: number): string {
  const rows = view.sessions.map((each) => [
    each.id,
    each.lab,
    each.learner,
    each.queue_place === null ? each.state : `waits, place ${each.queue_place}`,
    String(each.nodes),
    `${minutes(now - each.created_at)} ago`,
    each.deadline === null ? '' : `in ${minutes(each.deadline - now)}`,
    megabytes(each.memory),
    megabytes(each.disk),
  ])
  const workshops = view.workshops.map((each) => [
    each.id,
    each.title,
    howItStands(each, now),
    `${each.places} of ${each.of}`,
    String(each.learners),
  ])
  const end = '`npm run sessions -- end <workshop>` ends one that was forgotten, for good: its places are free then.'
  return [
    ...table(titles, rows),
    ...table(workshopTitles, workshops),
    sumUp(view),
    ...(workshops.length > 0 ? [end] : []),
  ].join('\n')
}

/** Lines, and an empty one after them; none where there is nothing to show. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return []
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), ...rows.map(line), '']
}

function howItStands({ state, starts_at, began_at, paused_at }: OperatorView['workshops'][number], now: number) {
  if (paused_at !== null) return `paused for ${minutes(now - paused_at)}`
  if (began_at !== null) return `${state} for ${minutes(now - began_at)}`
  return starts_at > now ? `begins in ${minutes(starts_at - now)}` : `should have begun ${minutes(now - starts_at)} ago`
}

function sumUp({ sessions, free, queue, warm, maintenance }: OperatorView): string {
  const total = (what: 'memory' | 'disk') => megabytes(sessions.reduce((sum, each) => sum + (each[what] ?? 0), 0))
  const all = `${sessions.length === 0 ? 'No sessions' : `${sessions.length} sessions, ${total('memory')} of memory, ${total('disk')} of disk`}; ${free} more can start at once, ${queue} wait, ${warm} booted ahead.`
  return maintenance ? `${all}\nDrained: no new labs begin. \`npm run sessions -- undrain\` lets people in again.` : all
}

const minutes = (ms: number) => `${Math.max(0, Math.round(ms / 60_000))} min`
const megabytes = (bytes: number | null) => (bytes === null ? '' : `${Math.round(bytes / 2 ** 20)} MB`)
