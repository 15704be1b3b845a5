/** `npm start`: everything up, one address at the end, Ctrl-C stops the server and leaves labs alone. */
import { bringUp, requireRoot } from './bring-up.ts'
import type { CommandContext } from './command.ts'
import { firstInstructor } from './instructor.ts'
import { takeLock } from './lock.ts'
import { readPort, requireFreePort } from './port.ts'
import { runSteps } from './run-steps.ts'
import { findServer, lastWords, serverLog, startServer, waitForHealth, type ServerProcess } from './server-process.ts'
import { siteStep } from './site-step.ts'

/** Meant for the server; checked there. */
const serverFlags = ['--insecure-lan']

export async function start(context: CommandContext): Promise<number> {
  const { instance, progress, signal } = context
  requireRoot('start')
  const running = findServer(instance)
  const shown = (port: number | string) => process.env.PUBLIC_URL || `http://localhost:${port}`
  if (running) {
    progress.say(
      `Drydock is already running at ${shown(new URL(running.url).port)} (process ${running.pid}). \`npm run stop\` stops it.`,
    )
    return 0
  }
  const port = await readPort()
  await requireFreePort(port)
  const release = takeLock(instance, 'start')
  let server: ServerProcess | undefined
  try {
    const later = await bringUp(context)
    await runSteps([siteStep], context)
    server = await serve(context, port)
    release()
    // What cannot be told now, `npm run instructor` tells later.
    const teach = await firstInstructor(context).catch(() => null)
    const hint = teach === null ? '' : `\n  To give a workshop, open this once: ${teach}`
    progress.say(
      `\n  Drydock is at ${shown(port)}${hint}\n  Ctrl-C stops the server and leaves labs running; npm run stop stops them too. Logs: ${instance.logs}\n`,
    )
    await runSteps(later, context)
    return await untilEnded(server, context)
  } catch (error) {
    // A server that was up is stopped below; whatever else stopped us is for main to say.
    if (!server || !signal.aborted) throw error
    return 0
  } finally {
    release()
    if (server) await server.stop()
  }
}

async function serve(context: CommandContext, port: number): Promise<ServerProcess> {
  const { instance, progress, signal } = context
  const task = progress.begin('Server')
  const host =
    process.env.HOST && !['0.0.0.0', '::', 'localhost'].includes(process.env.HOST) ? process.env.HOST : '127.0.0.1'
  const server = startServer(instance, `http://${host.includes(':') ? `[${host}]` : host}:${port}`, {
    args: context.args.filter((arg) => serverFlags.includes(arg)),
    env: { PORT: String(port) },
  })
  try {
    await waitForHealth(server, signal, serverLog(instance), (reason) => task.report(reason))
    task.end('done', `listens on port ${port}`)
    return server
  } catch (error) {
    task.end('failed', signal.aborted ? 'stopped' : 'failed')
    await server.stop()
    throw error
  }
}

/** Ctrl-C is the ordinary way to end; a server that ends by itself is a failure. */
async function untilEnded(server: ServerProcess, { signal, progress, instance }: CommandContext): Promise<number> {
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted')
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  })
  const how = await Promise.race([aborted, server.ended])
  if (how === 'aborted') {
    await server.stop()
    progress.say('The server has stopped. Labs go on; `npm start` finds them again, `npm run stop` ends them.')
    return 0
  }
  // `npm run stop` ends the server from elsewhere with SIGTERM, which it answers with status 0.
  if (how === 0 || how === 'SIGTERM') return 0
  progress.say(
    `The server ended by itself (${how}). Its last words:\n\n${lastWords(serverLog(instance))}\n\nThe full log is ${serverLog(instance)}.`,
  )
  return 1
}
