/** A place in the node where an acting check may build and break things, and which leaves no trace: no file, container, image or cache record. */
import { z } from 'zod'
import type { CheckContext, Node } from '../check.ts'
import { BadAnswer, many, parseAnswer, word } from './answer.ts'

export interface Scratch {
  readonly node: Node
  /** Prefix for the names of containers and images, for example `drydock-check-3f2a`. */
  readonly prefix: string
  /** An empty folder in the node, absolute. */
  readonly folder: string
}

/** Largest work folder that a check copies, in MiB. */
const maxCopy = 64

/** Copies the learner's work folder, calls `use`, and removes everything that carries the scratch name, whatever happened. */
export async function withScratch<T>(lab: CheckContext, use: (scratch: Scratch) => Promise<T>): Promise<T> {
  const node = lab.node1
  const folder = folderOf(lab.scratch)
  const before = await cacheRecords(node)
  try {
    await must(node, ['mkdir', '-p', folder])
    const size = await must(node, ['du', '-sm', '--', node.folder])
    if (Number.parseInt(size, 10) > maxCopy) throw new BadAnswer(`${node.folder} is larger than ${maxCopy} MiB`)
    await must(node, ['cp', '-a', '--', `${node.folder}/.`, folder])
    return await use({ node, prefix: lab.scratch, folder })
  } finally {
    await removeScratch(node, lab.scratch)
    await forgetCacheRecords(node, before)
  }
}

/** Removes containers, images and the folder of a scratch name. Also what the grader calls after a crash; there may be nothing. */
export async function removeScratch(node: Node, scratch: string): Promise<void> {
  if (!/^drydock-check-[a-z0-9-]*$/.test(scratch)) throw new Error(`'${scratch}' is not a scratch name`)
  const ids = await node.exec(['docker', 'ps', '-aq', '--filter', `name=^/${scratch}`])
  const [first, ...rest] = ids.stdout.split(/\s+/).filter(Boolean)
  if (first !== undefined) await node.exec(['docker', 'rm', '-fv', first, ...rest], { timeout_ms: 30_000 })
  const found = await node.exec(['docker', 'images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${scratch}*`])
  const [image, ...images] = found.stdout.split(/\s+/).filter(Boolean)
  if (image !== undefined) await node.exec(['docker', 'rmi', '-f', image, ...images], { timeout_ms: 30_000 })
  await node.exec(['rm', '-rf', '--', folderOf(scratch)])
}

const folderOf = (scratch: string) => `/var/tmp/${scratch}`

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
async function forgetCacheRecords(node: Node, before: readonly string[]): Promise<void> {
  const known = new Set(before)
  for (let round = 0; round < 3; round++) {
    const fresh = (await cacheRecords(node)).filter((id) => !known.has(id))
    if (fresh.length === 0) return
    for (const id of fresh) await node.exec(['docker', 'builder', 'prune', '-af', '--filter', `id=${id}`])
  }
}
