/** The process: settings, log, signals, and the port. */
import { flushCompileCache } from 'node:module'
import path from 'node:path'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { ConfigError, loadConfig, printableConfig, type Config } from './config.ts'
import { DatabaseError } from './database/open-database.ts'
import { addPlaygrounds } from './grading/add-playgrounds.ts'
import { loadLabs } from './grading/load-labs.ts'
import { orderLabs } from './grading/order-labs.ts'
import { reloadLabs } from './grading/reload-labs.ts'
import { createQuizzes } from './quizzes/open-quizzes.ts'
import { createDockerRuntime } from './runtime/docker/docker-runtime.ts'

const root = path.resolve(import.meta.dirname, '../..')
/** Milliseconds that a shutdown may take before the process ends anyway. */
const patience = 8000

try {
  await serve(loadConfig(root))
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function serve(config: Config): Promise<void> {
  const logger = pino({
    level: config.DRYDOCK_LOG,
    redact: ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'],
  })
  logger.info({ config: printableConfig(config) }, 'starting')
  const { labs, problems } = await loadLabs(config.DRYDOCK_LABS)
  for (const problem of problems) logger.error(`lab not loaded: ${problem}`)
  const ordered = addPlaygrounds(await orderLabs(labs, path.join(root, 'lessons/curriculum.yaml')))
  const quizzes = createQuizzes(root)
  for (const problem of await quizzes.read()) logger.error(`quiz not loaded: ${problem}`)
  const runtime = createDockerRuntime({ instance: config.instance, logger, wayOut: wayOutOf(config) })
  const { app, listen, takeOver } = await createApp({
    config,
    runtime,
    labs: ordered,
    quizzes: quizzes.all,
    bank: quizzes.bank,
    logger,
  })

  let closing = false
  const shutDown = (signal: NodeJS.Signals) => {
    if (closing) return
    closing = true
    logger.info({ signal }, 'shutting down; labs go on')
    setTimeout(() => process.exit(1), patience).unref()
    app.close().then(
      () => process.exit(0),
      (err: unknown) => {
        logger.error({ err }, 'shutdown failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', shutDown)
  process.on('SIGINT', shutDown)
  // An author has changed a lab or its questions; nobody else sends this signal.
  process.on('SIGUSR2', () => {
    Promise.all([reloadLabs(ordered, config.DRYDOCK_LABS), quizzes.read()]).then(
      (wrong) => logger.info({ problems: wrong.flat() }, 'labs and questions read again'),
      (err: unknown) => logger.error({ err }, 'labs and questions could not be read again'),
    )
  })
  // One request or one lab gone wrong is no reason to take everyone else's terminal away.
  process.on('unhandledRejection', (err) => logger.error({ err }, 'unhandled rejection'))

  try {
    await listen({ port: config.PORT, host: config.HOST })
    await takeOver()
    logger.info({ url: config.PUBLIC_URL, labs: ordered.size }, 'ready')
    // Now, because a server that is killed does not come to it at its end.
    flushCompileCache()
  } catch (error) {
    await app.close()
    throw explainListen(error, config)
  }
}

/** None unless the operator has allowed labs to reach the internet. */
function wayOutOf(config: Config) {
  return config.DRYDOCK_OPEN_NETWORK === 'true' ? { forbidden: config.DRYDOCK_OPEN_FORBIDDEN } : null
}

function explainListen(error: unknown, { PORT, HOST }: Config): unknown {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE' && port !== undefined && port !== PORT)
    return new ConfigError(
      `Port ${port} of PREVIEW_PORTS is in use by another program. End that, or choose another range.`,
    )
  if (code === 'EADDRINUSE')
    return new ConfigError(`Port ${PORT} is in use by another program. Set PORT to a free one.`)
  if (code === 'EACCES') return new ConfigError(`This user may not listen on port ${PORT}. Set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new ConfigError(`HOST is '${HOST}', which is no address of this machine.`)
  return error
}
