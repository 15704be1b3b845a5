/** The peer of our terminals: a shell by `docker exec -it`, spoken with the engine directly, without a holder, server or WebSocket. */
import http from 'node:http'
import type { Socket } from 'node:net'
import { requireEngine } from '../../infra/engine/api.ts'
import type { Instance } from '../../infra/instance.ts'

/** A login shell in a terminal of the container; bytes in and out. Close it with `destroy`. */
export async function openRawExec(instance: Instance, container: string): Promise<Socket> {
  const made = await requireEngine(instance, 'POST', `/containers/${container}/exec`, {
    json: {
      Cmd: ['bash', '-l'],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      Env: ['TERM=xterm-256color', 'HOME=/root'],
    },
  })
  const { Id } = JSON.parse(made) as { Id: string }
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ Detach: false, Tty: true })
    const request = http.request({
      socketPath: instance.socket,
      method: 'POST',
      path: `/exec/${Id}/start`,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        connection: 'Upgrade',
        upgrade: 'tcp',
      },
    })
    request.on('upgrade', (_response, socket: Socket, head) => {
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.on('response', (response) => reject(new Error(`the engine answered ${response.statusCode}`)))
    request.on('error', reject)
    request.end(body)
  })
}
