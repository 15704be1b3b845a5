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
}

const titles = ['session', 'lab', 'learner', 'state', 'machines', 'since', 'ends', 'memory', 'disk']

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
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  const table = rows.length > 0 ? [line(titles), ...rows.map(line), ''] : []
  return [...table, sumUp(view)].join('\n')
}

function sumUp({ sessions, free, queue, warm, maintenance }: OperatorView): string {
  const total = (what: 'memory' | 'disk') => megabytes(sessions.reduce((sum, each) => sum + (each[what] ?? 0), 0))
  const all = `${sessions.length === 0 ? 'No sessions' : `${sessions.length} sessions, ${total('memory')} of memory, ${total('disk')} of disk`}; ${free} more can start at once, ${queue} wait, ${warm} booted ahead.`
  return maintenance ? `${all}\nDrained: no new labs begin. \`npm run sessions -- undrain\` lets people in again.` : all
}

const minutes = (ms: number) => `${Math.max(0, Math.round(ms / 60_000))} min`
const megabytes = (bytes: number | null) => (bytes === null ? '' : `${Math.round(bytes / 2 ** 20)} MB`)
