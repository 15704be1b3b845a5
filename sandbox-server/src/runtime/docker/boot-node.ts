/** Starts the container of a node, and sets what the engine does not: control groups that are the node's own, and limits of disk and kernel. */
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { patient } from '../../../../infra/patience.ts'
import { delegateCgroups, limitDiskSpeed } from './cgroups.ts'
import { splitOutput } from './exec-stream.ts'
import { limitKernelCounts } from './kernel-counts.ts'
import { diskMounts, diskSpeed } from './node-container.ts'

const readyTimeout_ms = 60_000

/** Starts a container whose disk is mounted, hands it its control groups, and waits until its engine answers. */
export async function bootNode(container: Docker.Container, uid: number, signal?: AbortSignal): Promise<void> {
  const options = { stream: true, hijack: true, stdout: true, stderr: true }
  const socket = (await container.attach(options)) as Duplex
  const said = splitOutput(socket, () => undefined)
  try {
    const ready = new Promise<void>((resolve, reject) => {
      let text = ''
      said.on('data', (chunk: Buffer) => {
        text = (text + chunk.toString('utf8')).slice(-2000)
        if (text.includes('drydock: ready')) resolve()
        const failed = /drydock: failed: (.*)/.exec(text)
        if (failed) reject(new Error(`the node did not start: ${failed[1] ?? ''}`))
      })
      said.once('close', () => reject(new Error(`the node ended while it started: ${text.slice(-300)}`)))
      signal?.addEventListener('abort', () => reject(new Error('cancelled')), { once: true })
      delay(patient(readyTimeout_ms), undefined, { ref: false }).then(
        () => reject(new Error('the node was not ready in time')),
        reject,
      )
    })
    ready.catch(() => undefined)
    await container.start()
    await limitNode(await container.inspect(), uid)
    await ready
  } finally {
    said.destroy()
  }
}

/** What the engine does not set, and must be set after every start. */
export async function limitNode({ State, Id, Mounts }: Docker.ContainerInspectInfo, uid: number): Promise<void> {
  if (!State.Running) return
  delegateCgroups(State.Pid, Id, uid)
  const disk = Mounts.find((mount) => diskMounts.includes(mount.Destination))?.Source.replace(/\.over$/, '')
  if (disk !== undefined) limitDiskSpeed(State.Pid, Id, disk, diskSpeed)
  await limitKernelCounts(State.Pid)
}
