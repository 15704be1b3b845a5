/** The node's own Engine API, reached through an exec's standard input and output: never through a socket that a learner could replace by a link to another. */
import http from 'node:http'
import { Duplex } from 'node:stream'
import type Docker from 'dockerode'
import { EngineDown, NotFound } from '@drydock/kit'
import { patient } from '../../../../infra/patience.ts'
import type { RuntimeNode } from '../port.ts'
import { dial } from './dial.ts'

/** What a node may make the server read. */
export interface EngineBounds {
  /** Bytes of an answer. */
  answer: number
  /** Bytes of an event. */
  line: number
  /** Bytes of events in a tenth of a second: 640 KiB a second. */
  events: number
}

export const engineBounds: EngineBounds = { answer: 8 * 1024 * 1024, line: 64 * 1024, events: 64 * 1024 }

export interface InnerEngine extends Pick<RuntimeNode, 'request' | 'events'> {
  close(): void
}

class ExecAgent extends http.Agent {
  readonly #container: Docker.Container
  constructor(container: Docker.Container) {
    // One for the events and two for questions, kept for the next: each begins with a program in the node, which takes a busy one a tenth of a second.
    super({ keepAlive: true, maxSockets: 3, maxFreeSockets: 2, timeout: patient(60_000) })
    this.#container = container
  }
  override createConnection(_options: object, done?: (error: Error | null, stream: Duplex) => void): undefined {
    // -N: when our end is closed, also by a server that was killed, it closes the engine's end and is gone.
    dial(this.#container, ['/usr/bin/nc', '-N', '-U', '/run/docker.sock']).then(
      (stream) => done?.(null, stream),
      (error: unknown) => done?.(new EngineDown(String(error)), new Duplex()),
    )
  }
}

export function createInnerEngine(container: Docker.Container, bounds = engineBounds): InnerEngine {
  const agent = new ExecAgent(container)
  const open = (method: string, path: string, json: string | undefined) =>
    http.request({
      agent,
      method,
      path: path.startsWith('/') ? path : `/${path}`,
      host: 'engine',
      headers:
        json === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) },
    })

  return {
    request(method, path, body, options = {}) {
      return new Promise((resolve, reject) => {
        const json = body === undefined ? undefined : JSON.stringify(body)
        const request = open(method, path, json)
        const most = Math.min(bounds.answer, options.max_bytes ?? Infinity)
        const timer = setTimeout(
          () => {
            // Rejected here as well: a node may answer so that the request ends without an event.
            request.destroy()
            reject(new EngineDown('no answer in time'))
          },
          patient(options.timeout_ms ?? 10_000),
        )
        const settle = (how: () => void) => {
          clearTimeout(timer)
          how()
        }
        request.on('error', (error) =>
          settle(() => reject(error instanceof EngineDown ? error : new EngineDown(error.message))),
        )
        request.on('response', (answer) => {
          const chunks: Buffer[] = []
          let size = 0
          answer.on('data', (chunk: Buffer) => {
            // Each chunk costs memory beyond its bytes, and a node decides how small they are.
            size += Math.max(chunk.length, 256)
            if (size > most) request.destroy(new Error('the answer of the node is too large'))
            else chunks.push(chunk)
          })
          answer.on('error', (error) => settle(() => reject(error)))
          answer.on('end', () =>
            settle(() => {
              const text = Buffer.concat(chunks).toString('utf8')
              const status = answer.statusCode ?? 0
              if (status === 404) reject(new NotFound(text.slice(0, 300)))
              else if (status >= 400) reject(new Error(`the node's engine answered ${status}: ${text.slice(0, 300)}`))
              else resolve(parse(text))
            }),
          )
        })
        request.end(json)
      })
    },

    events(onEvent, onEnd) {
      let stopped = false
      const request = open('GET', '/events', undefined)
      const finish = () => {
        if (!stopped) {
          stopped = true
          onEnd()
        }
      }
      request.on('error', finish)
      request.on('response', (answer) => {
        let line = ''
        let read = 0
        answer.setEncoding('utf8')
        answer.on('data', (text: string) => {
          // A node may say as much as it likes; it is heard at this pace, and waits otherwise.
          read += text.length
          if (read > bounds.events) {
            read = 0
            answer.pause()
            setTimeout(() => answer.resume(), 100)
          }
          for (const [i, part] of text.split('\n').entries()) {
            if (i > 0) {
              if (line) onEvent(parse(line))
              line = ''
            }
            // A line that long is no event of a Docker Engine.
            line = line.length + part.length > bounds.line ? '' : line + part
          }
        })
        answer.on('end', finish)
        answer.on('error', finish)
        answer.on('close', finish)
      })
      request.end()
      return () => {
        stopped = true
        request.destroy()
      }
    },

    close: () => agent.destroy(),
  }
}

/** JSON, a list of JSON lines as its last line, or the text itself. */
function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}
