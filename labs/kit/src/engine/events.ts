/** What a node's engine has reported about a container lately: for what was and is over. It remembers its last 256 events of any kind. */
import { z } from 'zod'
import type { Node } from '../check.ts'
import { BadAnswer, many, parseAnswer, text, word } from './answer.ts'

export interface ContainerEvent {
  /** As `docker events` names it: `start`, `die`, `oom`, `kill`, `update`, `destroy`, … */
  action: string
  /** The container's id; another container may have had the same name. */
  id: string
  /** Epoch ms. */
  at: number
  /** Of a `die`. */
  exitCode: number | undefined
}

const reported = many(
  z.object({
    Action: word,
    Actor: z.object({ ID: word, Attributes: z.record(word, text).nullish() }),
    timeNano: z.number(),
  }),
)

/** Oldest first. `name`: a name or an id. */
export async function containerEvents(node: Node, name: string): Promise<ContainerEvent[]> {
  const filters = encodeURIComponent(JSON.stringify({ type: ['container'], container: [name] }))
  // An end that has come makes it a list of the past instead of a stream.
  const until = (Date.now() / 1000).toFixed(3)
  const what = `docker events of ${name}`
  const found = parseAnswer(
    reported,
    lines(await node.get(`/events?since=1&until=${until}&filters=${filters}`), what),
    what,
  )
  // Docker's filter takes names that only begin so: `press` is `press-trial-1` as well.
  const own = found.filter(({ Actor }) => (Actor.Attributes?.name ?? name) === name || Actor.ID.startsWith(name))
  return own.map(({ Action, Actor, timeNano }) => ({
    action: Action,
    id: Actor.ID,
    at: timeNano / 1e6,
    exitCode: Actor.Attributes?.exitCode === undefined ? undefined : Number(Actor.Attributes.exitCode),
  }))
}

/** Whether somebody's terminal is tied to a container that runs, as `docker run` without `-d` does. `id`: its id. */
export async function isWatched(node: Node, id: string): Promise<boolean> {
  const events = await containerEvents(node, id)
  const last = (...actions: string[]) => events.findLastIndex((event) => actions.includes(event.action))
  return last('attach') > last('detach', 'die')
}

/** One JSON object a line; a single line is one already. */
function lines(answer: unknown, what: string): unknown[] {
  if (answer === null || answer === undefined) return []
  if (typeof answer !== 'string') return [answer]
  try {
    return answer
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): unknown => JSON.parse(line))
  } catch {
    throw new BadAnswer(`${what}: not a list of JSON objects`)
  }
}
