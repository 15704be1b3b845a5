/** One request to the server's API: an answer or a problem in words, never an exception. */
import type { ErrorBody, ErrorCode } from '@drydock/sandbox-server/contract'

/** The table's codes, and two that only a browser can see: nobody answers; what answers is not our server. */
export type ProblemCode = ErrorCode | 'UNREACHABLE' | 'NOT_OUR_SERVER'

export interface Problem {
  code: ProblemCode
  message: string
  retry: boolean
  details: Record<string, unknown>
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `T` is what the contract says about this route; both sides come from one build, so the shape is not checked again here. */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  let response: Response
  try {
    response = await fetch(`/api${path}`, {
      method,
      ...encode(body),
      credentials: 'same-origin',
      cache: 'no-store',
    })
  } catch {
    return refuse(
      'UNREACHABLE',
      'The server does not answer. Your connection may be down, or the server is restarting.',
      true,
    )
  }
  if (response.status === 204) return { ok: true, value: undefined as T }
  const json = await readJson(response)
  if (response.ok && json !== undefined) return { ok: true, value: json as T }
  if (isErrorBody(json)) return { ok: false, problem: { details: {}, ...json.error } }
  if (response.status >= 502 && response.status <= 504)
    return refuse(
      'UNREACHABLE',
      'Something between you and the server answers in its place. The server may be restarting.',
      true,
    )
  return refuse('NOT_OUR_SERVER', 'These pages are served without the Drydock server behind them.', false)
}

/** A file goes as it is, everything else as JSON. */
function encode(body: unknown): RequestInit {
  if (body === undefined) return {}
  if (body instanceof Blob) return { body, headers: { 'content-type': 'application/octet-stream' } }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

async function readJson(response: Response): Promise<unknown> {
  if (!response.headers.get('content-type')?.includes('json')) return undefined
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

function isErrorBody(json: unknown): json is { error: Omit<ErrorBody['error'], 'details'> } {
  return typeof json === 'object' && json !== null && 'error' in json && typeof json.error === 'object'
}

const refuse = (code: ProblemCode, message: string, retry: boolean): Answer<never> => ({
  ok: false,
  problem: { code, message, retry, details: {} },
})
