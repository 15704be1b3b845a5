/** What Prometheus is told: gauges that are read when it asks, and the process' own figures. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { EngineWatch } from '../sessions/engine-watch.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { sessionState } from '../contract/sessions.ts'

export interface Metrics {
  readonly contentType: string
  /** In Prometheus' text format. */
  read(): Promise<string>
  /** The process' observers end. */
  close(): void
}

/** Seconds. */
const startBuckets = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 60]

export function createMetrics(sessions: Sessions, engine: EngineWatch): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })

  const states = new Gauge({ name: 'drydock_sessions', help: 'Sessions by state.', labelNames: ['state'], registers })
  const gauges: [name: string, help: string, read: () => number][] = [
    ['drydock_nodes', 'Lab machines of sessions that can be used.', () => countNodes(sessions)],
    ['drydock_places_free', 'Sessions that could start at once.', () => sessions.queue.free],
    ['drydock_queue_length', 'Sessions that wait for a place.', () => sessions.queue.waiting],
    ['drydock_pool_ready', 'Labs whose machines are booted ahead.', () => sessions.warm],
    ['drydock_engine_up', '1 while the lab engine answers.', () => Number(engine.up)],
    ['drydock_maintenance', '1 while no new labs begin.', () => Number(sessions.queue.paused)],
  ]
  const read = gauges.map(([name, help, value]) => ({ gauge: new Gauge({ name, help, registers }), value }))

  const seconds = new Histogram({
    name: 'drydock_start_seconds',
    help: 'From the turn of a session until its machines are ready.',
    buckets: startBuckets,
    registers,
  })
  const ended = new Counter({
    name: 'drydock_sessions_ended_total',
    help: 'Sessions that are over, and those that could not be started.',
    labelNames: ['how'],
    registers,
  })
  const stops = [
    sessions.started.subscribe((ms) => seconds.observe(ms / 1000)),
    sessions.ended.subscribe((how) => ended.inc({ how })),
  ]

  return {
    contentType: registry.contentType,
    read() {
      for (const state of sessionState.options)
        states.set({ state }, sessions.all().filter((live) => live.session.state === state).length)
      for (const { gauge, value } of read) gauge.set(value())
      return registry.metrics()
    },
    close: () => stops.forEach((stop) => stop()),
  }
}

const countNodes = (sessions: Sessions) => sessions.all().reduce((sum, { session }) => sum + session.nodes.length, 0)
