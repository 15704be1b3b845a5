/** The few calls to the lab engine's API that preparing it takes (the server has its own client). */
import http from 'node:http'
import { createReadStream } from 'node:fs'
import type { Instance } from '../instance.ts'

export interface Answer {
  status: number
  body: string
}

/** Sends JSON, a file, or nothing; answers the status and the body (at most 4 MiB are kept). */
export function callEngine(
  instance: Instance,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  content: { json?: unknown; file?: string; signal?: AbortSignal } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json = content.json === undefined ? undefined : JSON.stringify(content.json)
    const request = http.request(
      {
        socketPath: instance.socket,
        method,
        path,
        headers: {
          'content-type': content.file ? 'application/x-tar' : 'application/json',
          ...(json ? { 'content-length': Buffer.byteLength(json) } : {}),
        },
        ...(content.signal ? { signal: content.signal } : {}),
      },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          if (body.length < 4 * 1024 * 1024) body += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
        answer.on('error', reject)
      },
    )
    request.on('error', reject)
    if (content.file) createReadStream(content.file).on('error', reject).pipe(request)
    else request.end(json)
  })
}

/** The same, but anything other than success is an error that says what the engine said. */
export async function requireEngine(...call: Parameters<typeof callEngine>): Promise<string> {
  const { status, body } = await callEngine(...call)
  if (status >= 400 || status === 0)
    throw new Error(`The lab engine answered ${status} to ${call[1]} ${call[2]}: ${body.slice(0, 500)}`)
  return body
}
