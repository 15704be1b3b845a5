/** The images of a node and the layers that they are made of. */
import { z } from 'zod'
import { NotFound } from '@drydock/kit'
import { xrayMost, type XrayImage } from '../contract/xray.ts'
import { maybeRows, maybeWords, readable, readRows, shortId, words, type Ask, type Rows } from './node-answers.ts'

/** Bytes. */
const maxList = 1_048_576
const maxAnswer = 131_072

const size = z.number().min(0).catch(0)
const listed = z.object({
  Id: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  RepoTags: maybeRows(words(), 10),
  Created: size,
  Size: size,
})
const inspected = z.object({ RootFS: z.object({ Layers: maybeRows(z.string(), xrayMost.layers) }) })
const step = z.object({ CreatedBy: maybeWords(1000), Size: size })

/** What is known of images by their id, which changes with what is in them. */
export type KnownLayers = Map<string, XrayImage['layers']>

export async function readImages(
  ask: Ask,
  known: KnownLayers,
  ignore: (name: string) => boolean,
): Promise<Rows<XrayImage>> {
  const found = readRows(listed, await ask('/images/json', maxList), xrayMost.images)
  const rows: XrayImage[] = []
  for (const { Id, RepoTags, Created, Size } of found.rows) {
    const names = RepoTags.filter((name) => name !== '<none>:<none>' && !ignore(name))
    if (names.length === 0 && RepoTags.some(ignore)) continue
    const layers = known.get(Id) ?? (await readLayers(ask, Id))
    if (!layers) continue
    known.set(Id, layers)
    rows.push({ id: Id.slice(7, 19), names, size: Size, created_at: Created * 1000, layers })
  }
  for (const id of known.keys()) if (!found.rows.some(({ Id }) => Id === id)) known.delete(id)
  return { rows, more: found.more }
}

async function readLayers(ask: Ask, id: string): Promise<XrayImage['layers'] | null> {
  try {
    const { RootFS } = inspected.parse(await ask(`/images/${id}/json`, maxAnswer))
    const { rows } = readRows(step, await ask(`/images/${id}/history`, maxAnswer), xrayMost.layers * 3)
    const steps = matchSteps(rows.reverse(), RootFS.Layers.length)
    return RootFS.Layers.map((digest, i) => ({
      // Two images share a layer when they share all below it as well; the picture looks at that.
      id: shortId.parse(digest),
      size: steps?.[i]?.Size ?? null,
      made_by: readable(tidy(steps?.[i]?.CreatedBy ?? ''), 160),
    }))
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

type Step = z.infer<typeof step>

/** Which step of the history made which layer: the API does not say it of steps that added nothing. Null where it cannot be told. */
export function matchSteps(steps: readonly Step[], layers: number): Step[] | null {
  const withFiles = steps.filter(({ Size }) => Size > 0)
  if (withFiles.length === layers) return withFiles
  const makers = steps.filter(({ Size, CreatedBy }) => Size > 0 || !settings.test(tidy(CreatedBy)))
  return makers.length === layers ? makers : null
}

/** Instructions that only change the configuration. */
const settings = /^(ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b/

/** As it stands in the Dockerfile, without what builders put around it. */
export const tidy = (made: string) =>
  made
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^RUN \/bin\/sh -c /, 'RUN ')
    .replace(/^\/bin\/sh -c /, 'RUN ')
    .replace(/ # buildkit$/, '')
    .trim()
