/** Builds an image in the node under a scratch name and tells which steps ran and which came from the cache. */
import { z } from 'zod'
import { text, word } from './answer.ts'
import type { Scratch } from './scratch.ts'

/** `name` is as BuildKit prints it, for example `[4/5] RUN pip install -r requirements.txt`. */
export interface BuildStep {
  name: string
  cached: boolean
  /** Milliseconds that it ran; 0 from the cache. */
  ms: number
}
export interface Build {
  ok: boolean
  /** The steps that Dockerfile instructions made, in the order of the Dockerfile; internal ones are left out. */
  steps: BuildStep[]
  /** Why it failed, in the builder's words; empty when it did not. */
  problem: string
}

/** Builds `folder` (default: the scratch folder) under the scratch name `name` with the engine's own default builder. */
export async function build(
  scratch: Scratch,
  name: string,
  options: { folder?: string; timeout_ms?: number } = {},
): Promise<Build & { tag: string }> {
  const tag = scratch.name(name)
  const ran = await scratch.node.exec(
    ['docker', 'buildx', 'build', '--progress=rawjson', '-t', tag, options.folder ?? scratch.folder],
    { timeout_ms: options.timeout_ms ?? 120_000, cwd: scratch.folder },
  )
  return { tag, ...readProgress(ran.stderr, ran.code) }
}

const vertex = z.object({
  digest: word,
  name: text,
  cached: z.boolean().optional(),
  started: word.optional(),
  completed: word.optional(),
  error: text.optional(),
})
/** `data` is base64. */
const log = z.object({ vertex: word, data: z.string() })
const progress = z.object({ vertexes: z.array(vertex).max(1000).optional(), logs: z.array(log).max(1000).optional() })

/** Folds BuildKit's JSON progress (objects one after the other; a vertex is reported several times) into steps. */
export function readProgress(output: string, code: number): Build {
  const vertexes = new Map<string, z.infer<typeof vertex>>()
  const said = new Map<string, string>()
  const rest: string[] = []
  // Only an object's first line begins with a brace at its very start, however the builder lays them out.
  for (const part of output.split(/\n(?=\{)|(?<=^\}|\n\})\n/)) {
    const status = readStatus(part)
    if (!status) rest.push(part)
    for (const v of status?.vertexes ?? []) vertexes.set(v.digest, { ...vertexes.get(v.digest), ...v })
    for (const l of status?.logs ?? []) said.set(l.vertex, `${said.get(l.vertex) ?? ''}${decode(l.data)}`.slice(-4000))
  }
  const all = [...vertexes.values()]
  const failed = all.find((v) => v.error)
  const steps = all
    .filter((v) => /^\[(?!internal)[^\]]*\d+\/\d+\] /.test(v.name))
    .toSorted((a, b) => place(a.name) - place(b.name))
    .map((v) => ({ name: v.name, cached: v.cached ?? false, ms: v.cached ? 0 : duration(v.started, v.completed) }))
  const problem =
    code === 0
      ? ''
      : failed
        ? reason(failed, said.get(failed.digest))
        : rest.join(' ').trim() || `docker build ended with exit code ${code}`
  return { ok: code === 0, steps, problem }
}

function readStatus(text: string): z.infer<typeof progress> | undefined {
  try {
    return progress.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** A program that failed says more than its exit code: its last line, and above all its last error. */
function reason(failed: z.infer<typeof vertex>, said = ''): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  const last = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1)
  return last === undefined ? (failed.error ?? '') : `${last.trim()} (${failed.name})`
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 to text, byte for character: the kit runs without Node and without the DOM, so there is nothing to borrow. */
function decode(base64: string): string {
  let text = ''
  for (let at = 0; at + 1 < base64.length; at += 4) {
    const [a = 0, b = 0, c = -1, d = -1] = [...base64.slice(at, at + 4)].map((sign) => alphabet.indexOf(sign))
    text += String.fromCharCode((a << 2) | (b >> 4))
    if (c >= 0) text += String.fromCharCode(((b & 15) << 4) | (c >> 2))
    if (d >= 0) text += String.fromCharCode(((c & 3) << 6) | d)
  }
  return text
}

const place = (name: string) => Number(name.match(/(\d+)\/\d+\]/)?.[1] ?? 0)
const duration = (from?: string, to?: string) => (from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : 0)
