/** The real app on a free port and a state folder of its own, over a fake engine. */
import type { Banked } from '@drydock/kit/quiz'
import type { Quiz } from '@drydock/kit/quiz-schema'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino, type Logger } from 'pino'
import { createApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import type { DatabasePlace } from '../src/database/open-database.ts'
import type { Lab } from '../src/grading/lab.ts'
import type { App } from '../src/http/context.ts'
import { freePort } from '../../infra/cli/port.ts'
import { FakeEngine } from './fake-runtime.ts'
import { createTestDatabase } from './test-database.ts'
import { createSampleLab } from './test-labs.ts'

export interface TestAppOptions {
  /** Under which browsers know it, instead of localhost. */
  host?: string
  env?: Record<string, string>
  labs?: Lab[]
  quizzes?: ReadonlyMap<string, Quiz>
  bank?: ReadonlyMap<string, Banked>
  engine?: FakeEngine
  logger?: Logger
  /** Files of the built site. */
  site?: Record<string, string>
}

export interface TestApp {
  app: App
  engine: FakeEngine
  /** Public address and origin. */
  url: string
  /** Where it listens. */
  listening: string
  state: string
  database: DatabasePlace
  /** Time passes: so many ms more of it. */
  travel(ms: number): void
  /** The clock of the host is set, and no time passes. */
  setClock(ms: number): void
  close(): Promise<void>
  /** Closes it as SIGTERM does; `open` begins again with the same state on the same port. */
  reopen(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { env = {}, labs = [createSampleLab()], engine = new FakeEngine() } = options
  const state = await mkdtemp(path.join(tmpdir(), 'drydock-test-'))
  const port = await freePort()
  const site = await mkdtemp(path.join(tmpdir(), 'drydock-site-'))
  for (const [name, content] of Object.entries(options.site ?? {})) {
    await mkdir(path.dirname(path.join(site, name)), { recursive: true })
    await writeFile(path.join(site, name), content)
  }
  const database = await createTestDatabase()
  const address: Record<string, string> = 'url' in database.place ? { DATABASE_URL: database.place.url } : {}
  const known = options.host === undefined ? {} : { PUBLIC_URL: `http://${options.host}:${port}` }
  const settings = { PORT: String(port), ...known, DRYDOCK_STATE: state, DRYDOCK_SITE: site, ...address, ...env }
  const config = loadConfig(path.resolve(import.meta.dirname, '../..'), settings, [])
  const logger = options.logger ?? pino({ level: 'silent' })
  let ahead = 0
  let set = 0
  const open = async () => {
    const byId = new Map(labs.map((lab) => [lab.id, lab]))
    const { app, listen, takeOver } = await createApp({
      config,
      runtime: engine.createRuntime(),
      labs: byId,
      quizzes: options.quizzes ?? new Map(),
      bank: options.bank ?? new Map(),
      logger,
      now: () => Date.now() + ahead + set,
      steady: () => performance.now() + ahead,
      tick_ms: 20,
    })
    await listen({ port, host: '127.0.0.1' })
    await takeOver()
    return app
  }
  const test: TestApp = {
    app: await open(),
    engine,
    url: config.PUBLIC_URL,
    listening: `http://127.0.0.1:${port}`,
    state,
    database: config.database,
    travel: (ms) => void (ahead += ms),
    setClock: (ms) => void (set += ms),
    close: async () => void (await test.app.close()),
    async reopen() {
      await test.app.close()
      test.app = await open()
    },
    async [Symbol.asyncDispose]() {
      await test.app.close()
      await database[Symbol.asyncDispose]()
      await rm(state, { recursive: true, force: true })
      await rm(site, { recursive: true, force: true })
    },
  }
  return test
}
