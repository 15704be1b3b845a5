/** What a rehearsal says: whether this machine holds, what is in the way, and what to do; pure, from what was measured. */
import type { Rehearsal } from '../contract/workshop-report.ts'

export interface Measured {
  wanted: number
  started: number
  failed: number
  /** Labs that this server lets run at a time. */
  places: number
  /** Of these, taken by others, or kept for another class, when it was rehearsed. */
  taken: number
  /** What was used up when there were labs still to be started; null: nothing was. */
  short: 'places' | 'host' | null
  /** Nodes of one lab, and for how many more the host had room at the end. */
  nodes: number
  room: number
  all_ms: number | null
  start_p95_ms: number | null
  command_p95_ms: number | null
  /** Starts at a time. */
  starts: number
  /** It was ended before all had been started because its time was over. */
  late: boolean
}

/** Milliseconds: a command that takes longer feels broken, and nobody waits longer for a prompt. */
export const bearable = { command: 5000, start: 120_000 } as const

export type Judgement = Pick<Rehearsal, 'holds' | 'bottleneck'> & { says: string }

/** To a tenth where that tells something, as the table beside the sentence does. */
const seconds = (ms: number) => `${Number(Math.max(0.1, ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`

export function judgeRehearsal(measured: Measured): Judgement {
  const { wanted, started, failed, places, taken, short, nodes, room, all_ms, command_p95_ms, starts, late } = measured
  const left = wanted - started
  const queue = `${started} of ${wanted} labs started; the other ${left} would wait in a queue until a place is free.`
  if (left > 0 && short === 'places')
    return no(
      'places',
      `${queue} This server lets ${places} labs run at a time${taken > 0 ? `, of which ${taken} were others’ at that time` : ''}. Raise DRYDOCK_MAX_SESSIONS if the machine can carry more, or plan a smaller class.`,
    )
  if (left > 0 && short === 'host')
    return no(
      'host',
      `${queue} This machine has no memory, disk or processes for more. Plan a smaller class, or use a larger machine.`,
    )
  if (left > 0 && failed > 0) return no('host', `${queue} ${failed} could not be started; the server's log says why.`)
  if (left > 0 || late || (all_ms ?? 0) > bearable.start)
    return no(
      'starts',
      `${started} of ${wanted} labs started within ${seconds(bearable.start)}. Let people come in over some minutes, raise DRYDOCK_PARALLEL_STARTS (${starts} now) if processors are idle, or use a faster machine.`,
    )
  if ((command_p95_ms ?? 0) > bearable.command)
    return no(
      'processor',
      `All ${wanted} labs started, but a command in all of them at once took ${seconds(command_p95_ms ?? 0)}. The processors are too few when everybody works at the same moment.`,
    )
  const says = `All ${wanted} labs run: the last prompt came after ${seconds(all_ms ?? 0)}, and a command in all of them at once takes ${seconds(command_p95_ms ?? 0)}.`
  return { holds: true, bottleneck: 'none', says: `${says} There is room for ${Math.floor(room / nodes)} more.` }
}

const no = (bottleneck: NonNullable<Rehearsal['bottleneck']>, says: string): Judgement => ({
  holds: false,
  bottleneck,
  says,
})
