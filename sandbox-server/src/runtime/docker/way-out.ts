/** Keeps the way out open while there is a session that may use it, and its fences true to the addresses that the host has. */
import { spawn, type ChildProcess } from 'node:child_process'
import type Docker from 'dockerode'
import type { Instance } from '../../../../infra/instance.ts'
import {
  closeWayOut,
  openWayOut,
  wayOutPid,
  wayOutResolver,
  type WayOutOptions,
} from '../../../../infra/engine/way-out.ts'
import type { RuntimeNode } from '../port.ts'
import { labels } from './homes.ts'
import type { RuntimeLog } from './pool.ts'

export type WayOut = ReturnType<typeof createWayOut>

export function createWayOut(engine: Docker, instance: Instance, options: WayOutOptions | null, logger: RuntimeLog) {
  let monitor: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  /** One after the other: what opens must not meet what closes. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const warn = (err: unknown) => logger.warn({ err }, 'the fences of the way out could not be set anew')

  /** A new address of the host must not be reached either. */
  function follow(allowed: WayOutOptions): void {
    if (monitor) return
    const child = spawn('ip', ['-4', 'monitor', 'address'], { stdio: ['ignore', 'pipe', 'ignore'] })
    monitor = child
    child.stdout.on('data', () => void inTurn(() => openWayOut(instance, allowed)).catch(warn))
    child.on('error', warn)
    child.on('exit', () => monitor === child && (monitor = undefined))
  }

  return {
    /** To be called when the session's network is there, and after each start of a node. */
    async open(nodes: readonly RuntimeNode[]): Promise<void> {
      if (!options) throw new Error('The operator of this server has not allowed labs to reach the internet.')
      await inTurn(() => openWayOut(instance, options))
      follow(options)
      const script = `printf 'nameserver %s\\n' "$1" > /etc/resolv.conf`
      await Promise.all(nodes.map((node) => node.exec(['sh', '-c', script, 'introduce', wayOutResolver], { cwd: '/' })))
    },

    /** To be called when a session has gone: the last one that might go out takes the way out with it. */
    async closeUnused(): Promise<void> {
      if (!wayOutPid(instance)) return
      await inTurn(async () => {
        const users = await engine.listNetworks({ filters: { label: [labels.open] } })
        if (users.length > 0) return
        monitor?.kill()
        await closeWayOut(instance)
      })
    },

    /** Sessions go on, and their way out with them. */
    close: () => void monitor?.kill(),
  }
}
