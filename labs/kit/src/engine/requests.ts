/** Asks a web server from the node itself, as a learner's own curl would. */
import type { Node } from '../check.ts'

/** `status` 0: no answer, and `problem` says why in curl's words. The body is cut at 1 MiB. */
export interface Answer {
  status: number
  body: string
  problem: string
}

/** Follows no redirect and knows no proxy. `timeout_ms` covers everything from connecting to the last byte. */
export async function request(node: Node, url: string, options: { timeout_ms?: number } = {}): Promise<Answer> {
  const limit = options.timeout_ms ?? 3000
  const ran = await node.exec(
    [
      'curl',
      '-sS',
      '-q',
      '--noproxy',
      '*',
      '--proto',
      '=http',
      '-m',
      String(limit / 1000),
      '-w',
      '\n%{http_code}',
      '--',
      url,
    ],
    { timeout_ms: limit + 2000 },
  )
  const cut = ran.stdout.lastIndexOf('\n')
  const status = ran.truncated ? Number.NaN : Number(ran.stdout.slice(cut + 1))
  if (ran.code !== 0 || !Number.isInteger(status))
    return {
      status: 0,
      body: '',
      problem: ran.stderr.replace(/^curl: \(\d+\) /, '').trim() || 'the answer never ended',
    }
  return { status, body: ran.stdout.slice(0, Math.max(cut, 0)), problem: '' }
}
