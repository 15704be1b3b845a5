/** A place in the node where an acting check may build and break things, and which leaves no trace: no file, container, image or cache record. */
import { z } from 'zod'
import type { CheckContext, ExecResult, Node } from '../check.ts'
import { BadAnswer, many, parseAnswer, word } from './answer.ts'

export interface Scratch {
  readonly node: Node
  /** A copy of the learner's work folder in the node, absolute; change it as you like. */
  readonly folder: string
  /** A name of ours for an image or a container; what carries it is removed afterwards, by the grader too if this check is cut off. */
  name(suffix: string): string
}

/** Largest work folder that a check copies, in MiB. */
const maxCopy = 64

/** Copies the learner's work folder, calls `use`, and removes all that was made, whatever happened. */
export async function withScratch<T>(lab: CheckContext, use: (scratch: Scratch) => Promise<T>): Promise<T> {
  const node = lab.node1
  const folder = `/tmp/${lab.scratch}work`
  const before = new Set(await cacheRecords(node))
  try {
    await must(node, ['mkdir', '-p', folder])
    const size = await must(node, ['du', '-sm', '--', node.folder])
    if (Number.parseInt(size, 10) > maxCopy) throw new BadAnswer(`${node.folder} is larger than ${maxCopy} MiB`)
    await must(node, ['cp', '-a', '--', `${node.folder}/.`, folder])
    return await use({ node, folder, name: (suffix) => `${lab.scratch}${suffix}` })
  } finally {
    await removeMade(node, lab.scratch)
    await node.exec(['rm', '-rf', '--', folder], { cwd: '/' })
    await forgetCacheRecords(node, before)
  }
}

/** Before the cache records, because an image holds on to those that it was made of. */
async function removeMade(node: Node, prefix: string): Promise<void> {
  const ids = await node.exec(['docker', 'ps', '-aq', '--filter', `name=^/${prefix}`])
  await removeAll(node, ['docker', 'rm', '-fv'], ids)
  const tags = await node.exec([
    'docker',
    'images',
    '--format',
    '{{.Repository}}:{{.Tag}}',
    '--filter',
    `reference=${prefix}*`,
  ])
  await removeAll(node, ['docker', 'rmi', '-f'], tags)
}

async function removeAll(node: Node, command: [string, ...string[]], listed: ExecResult): Promise<void> {
  const names = listed.stdout.split(/\s+/).filter(Boolean)
  if (names.length > 0) await node.exec([...command, ...names], { timeout_ms: 30_000 })
}

async function must(node: Node, argv: readonly [string, ...string[]]): Promise<string> {
  const ran = await node.exec(argv, { timeout_ms: 30_000 })
  if (ran.code !== 0) throw new BadAnswer(`${argv[0]}: ${ran.stderr.trim() || `exit code ${ran.code}`}`)
  return ran.stdout
}

const usage = z.object({ BuildCache: many(z.object({ ID: word, CreatedAt: word })).nullish() })

/** Ids of the build cache's records, newest first. */
async function cacheRecords(node: Node): Promise<string[]> {
  const answer = parseAnswer(usage, await node.get('/system/df?type=build-cache'), 'docker system df')
  return (answer.BuildCache ?? []).toSorted((a, b) => (a.CreatedAt < b.CreatedAt ? 1 : -1)).map((r) => r.ID)
}

/** A check's builds must not warm the learner's cache: whatever came into it meanwhile goes again, children before parents. */
async function forgetCacheRecords(node: Node, before: ReadonlySet<string>): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const fresh = (await cacheRecords(node)).filter((id) => !before.has(id))
    if (fresh.length === 0) return
    for (const id of fresh) await node.exec(['docker', 'builder', 'prune', '-af', '--filter', `id=${id}`])
  }
}
