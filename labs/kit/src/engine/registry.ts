/** Tags of the session's registry, for labs with `network: mirror`: what one names, and to what it is moved. The node's own engine notices nothing. */
import type { Node } from '../check.ts'

const program = '/usr/lib/drydock/registry-tag'

/** Digest (`sha256:…`) that a name has in the registry, undefined when it has none. Names are those of `docker pull`. */
export async function tagDigest(node: Node, name: string): Promise<string | undefined> {
  return digest(await ask(node, 'digest', name))
}

/**
 * Makes `name` mean `image`, which is another tag or a `name@sha256:…` of the registry, and answers the digest that it had before. For
 * acting checks that put it back: `await moveTag(node1, 'python:3', 'python@' + before)`.
 */
export async function moveTag(node: Node, name: string, image: string): Promise<string | undefined> {
  return digest(await ask(node, 'move', name, image))
}

async function ask(node: Node, ...args: string[]): Promise<string> {
  const ran = await node.exec([program, ...args], { timeout_ms: 30_000 })
  if (ran.code !== 0)
    throw new Error(`${args.join(' ')}: ${ran.stderr.trim().slice(0, 300) || `ended with ${ran.code}`}`)
  return ran.stdout.trim()
}

const digest = (text: string) => (/^sha256:[0-9a-f]{64}$/.test(text) ? text : undefined)
