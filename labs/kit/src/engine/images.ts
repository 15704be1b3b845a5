/** Images of a node: their configuration, layers and history. */
import { z } from 'zod'
import { NotFound, type Node } from '../check.ts'
import { count, many, parseAnswer, text, time, word } from './answer.ts'

const inspected = z.object({
  Id: word,
  RepoTags: many(word).nullish(),
  Created: time.optional(),
  Size: count,
  RootFS: z.object({ Layers: many(word).nullish() }),
  Config: z.object({
    User: word.nullish(),
    Env: many(text).nullish(),
    Cmd: many(text).nullish(),
    Entrypoint: many(text).nullish(),
    WorkingDir: word.nullish(),
    ExposedPorts: z.record(word, z.unknown()).nullish(),
    Labels: z.record(word, text).nullish(),
  }),
})

export interface Image {
  id: string
  tags: string[]
  created: number | undefined
  /** Bytes, shared layers included. */
  size: number
  /** Digests of the uncompressed layers, lowest first. */
  layers: string[]
  user: string
  env: string[]
  command: string[]
  entrypoint: string[]
  folder: string
  exposed: string[]
  labels: Record<string, string>
}

/** Whether a tag is one of those that each node has from the beginning (`infra/images`). */
export const isPreloaded = (tag: string): boolean => /^(busybox|debian|gcc|nginx|node|postgres|python|redis):/.test(tag)

/** The image with this name or id, undefined when there is none. */
export async function image(node: Node, name: string): Promise<Image | undefined> {
  try {
    // Slashes of a name belong to the path: the engine's router takes everything up to `/json`.
    const path = name.split('/').map(encodeURIComponent).join('/')
    const i = parseAnswer(inspected, await node.get(`/images/${path}/json`), `docker image inspect ${name}`)
    return {
      id: i.Id,
      tags: i.RepoTags ?? [],
      created: i.Created,
      size: i.Size,
      layers: i.RootFS.Layers ?? [],
      user: i.Config.User ?? '',
      env: i.Config.Env ?? [],
      command: i.Config.Cmd ?? [],
      entrypoint: i.Config.Entrypoint ?? [],
      folder: i.Config.WorkingDir ?? '',
      exposed: Object.keys(i.Config.ExposedPorts ?? {}),
      labels: i.Config.Labels ?? {},
    }
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

const listed = many(z.object({ Id: word, RepoTags: many(word).nullish(), Created: count, Size: count }))

/** All tagged and dangling images; what scratch work of ours made is left out. `created` is epoch ms. */
export async function images(node: Node): Promise<{ id: string; tags: string[]; created: number; size: number }[]> {
  return parseAnswer(listed, await node.get('/images/json'), 'docker images')
    .map((i) => ({ id: i.Id, tags: i.RepoTags ?? [], created: i.Created * 1000, size: i.Size }))
    .filter((i) => i.tags.length === 0 || !i.tags.every((t) => t.startsWith('drydock-check-')))
}

const history = many(z.object({ Id: word, Created: count, CreatedBy: text, Size: count }))

/** `size` 0: the instruction changed only the image's configuration. Newest first, as `docker history` prints it. */
export interface HistoryStep {
  command: string
  created: number
  size: number
}

export async function imageHistory(node: Node, name: string): Promise<HistoryStep[]> {
  const path = name.split('/').map(encodeURIComponent).join('/')
  const answer = parseAnswer(history, await node.get(`/images/${path}/history`), `docker history ${name}`)
  return answer.map((s) => ({ command: s.CreatedBy, created: s.Created * 1000, size: s.Size }))
}
