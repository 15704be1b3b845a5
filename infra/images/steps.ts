/** The steps that make the images: layers from packages, the node image on the lab engine, the golden tree, the file that tells the server. */
import { createHash } from 'node:crypto'
import { existsSync, rmSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { StepError, type Step, type StepContext } from '../cli/step.ts'
import { callEngine, requireEngine } from '../engine/api.ts'
import { buildStore, storeVersion } from '../mirror/store.ts'
import { apparmorProfile } from '../engine/apparmor.ts'
import { subordinateStart } from '../engine/subordinate-ids.ts'
import { buildArchive } from './archive.ts'
import { buildLayers, type PlannedImage } from './build-layers.ts'
import { loadDefinitions } from './definition.ts'
import { buildGolden, goldenVersion } from './golden.ts'
import { layerFolder, layerKey, loadLayer } from './layers.ts'
import { createPackageStore } from './package-lists.ts'
import { findUnused, removeUnused } from './prune.ts'
import { compareVersions, describeDifferences, loadRecorded, loadUsed, pinsFor, saveUsed } from './recorded.ts'
import { loadPrepared, savePrepared, type Prepared } from './prepared.ts'

/** Debian packages that these steps need on the host, by the program that each is needed for. */
export const imagePackages: Record<string, string> = {
  mmdebstrap: 'mmdebstrap',
  'mkfs.ext4': 'e2fsprogs',
  losetup: 'mount',
  tar: 'tar',
}

function planImages(ctx: StepContext): PlannedImage[] {
  const { edition } = loadRecorded(ctx.instance.root)
  const editions = edition === undefined ? [] : [edition]
  const planned = new Map<string, PlannedImage>()
  for (const definition of loadDefinitions(path.join(ctx.instance.root, 'infra/images'))) {
    const keyOf = (id: string | null) => (id ? (planned.get(id)?.key ?? '') : '')
    const key = layerKey(definition, keyOf(definition.from), keyOf(definition.compiler), ...editions)
    planned.set(definition.id, { definition, key })
  }
  return [...planned.values()]
}

function wanted(ctx: StepContext): Prepared & { plan: PlannedImage[] } {
  const all = planImages(ctx)
  const preloaded = all.filter((image) => image.definition.use === 'preloaded')
  const [node, mirror] = (['node', 'mirror'] as const).map((use) => all.find((image) => image.definition.use === use))
  if (!node || !mirror)
    throw new StepError(
      `No image in infra/images says "use": "${node ? 'mirror' : 'node'}": without it there is nothing to run labs on.`,
    )
  const config = JSON.stringify(all.map((image) => [image.definition.tags, image.definition.config]))
  const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
  const uid = subordinateStart(ctx.instance)
  if (uid === null)
    throw new StepError('The lab engine has no subordinate ids yet: start it before the images are made.')
  return {
    plan: all,
    node_image: `drydock/node:${hash(node.key + config)}`,
    mirror_image: `drydock/mirror:${hash(mirror.key + config)}`,
    mirror: `mirror-${hash(preloaded.map((image) => image.key).join() + config + String(uid) + storeVersion())}`,
    golden: hash(preloaded.map((image) => image.key).join() + config + String(uid) + goldenVersion),
    images: preloaded.flatMap((image) => image.definition.tags),
    uid,
    apparmor: apparmorProfile(ctx.instance),
  }
}

/** Layers with their packages take half of it; who has them, from a bundle for example, needs the other half alone. GiB. */
function requireSpace({ instance }: StepContext, plan: readonly PlannedImage[]): void {
  const layers = path.join(instance.build, 'layers')
  const built = plan.every(({ definition, key }) => loadLayer(path.join(layers, layerFolder(definition.id, key))))
  const needed = built ? 3 : 6
  const disk = statfsSync(instance.state)
  const free = (disk.bavail * disk.bsize) / 2 ** 30
  if (free >= needed) return
  throw new StepError(
    `The disk of ${instance.state} has ${free.toFixed(1)} GiB free; ${built ? 'preparing' : 'building'} the images takes ${needed} GiB. Free some space, or set DRYDOCK_STATE to a folder on another disk.`,
  )
}

const prepare: Step = {
  title: 'Lab images',
  async done(ctx) {
    const want = wanted(ctx)
    const have = loadPrepared(ctx.instance)
    const keys = ['node_image', 'mirror_image', 'mirror', 'golden', 'apparmor'] as const
    const same = have && keys.every((key) => have[key] === want[key])
    const made = [want.mirror, path.join(want.golden, 'skeleton.tar')]
    if (!same || !made.every((name) => existsSync(path.join(ctx.instance.golden, name)))) return null
    for (const image of [want.node_image, want.mirror_image])
      if ((await callEngine(ctx.instance, 'GET', `/images/${image}/json`)).status !== 200) return null
    const other = describeDifferences(compareVersions(loadRecorded(ctx.instance.root), loadUsed(ctx.instance)))
    return `${want.images.length} names preloaded${other && `; ${other}`}`
  },
  async run(ctx) {
    const want = wanted(ctx)
    const options = { signal: ctx.signal, log: (text: string) => ctx.log(text) }
    requireSpace(ctx, want.plan)
    const recorded = loadRecorded(ctx.instance.root)
    const layers = await buildLayers(want.plan, {
      folder: path.join(ctx.instance.build, 'layers'),
      logs: path.join(ctx.instance.logs, 'images'),
      packages: createPackageStore(path.join(ctx.instance.build, 'packages'), { fresh: true }),
      pins: (definition) => pinsFor(recorded, definition.release),
      signal: ctx.signal,
      report: (text) => ctx.report(text),
      log: (text) => ctx.log(text),
    })
    saveUsed(
      ctx.instance,
      want.plan.flatMap(({ definition: { id, release } }) =>
        (layers.get(id) ?? []).map(({ tree }) => ({ release, tree })),
      ),
    )
    const images = want.plan.map((image) => ({
      definition: image.definition,
      layers: layers.get(image.definition.id) ?? [],
    }))

    const preloaded = images.filter((image) => image.definition.use === 'preloaded')
    for (const [use, tag] of [
      ['node', want.node_image],
      ['mirror', want.mirror_image],
    ] as const) {
      if ((await callEngine(ctx.instance, 'GET', `/images/${tag}/json`)).status === 200) continue
      ctx.report(`the ${use} image`)
      const file = path.join(ctx.instance.build, `${use}.tar`)
      const mine = images
        .filter((image) => image.definition.use === use)
        .map((image) => ({ ...image, definition: { ...image.definition, tags: [tag] } }))
      await buildArchive(mine, file, options)
      const said = await requireEngine(ctx.instance, 'POST', '/images/load?quiet=1', { file, signal: ctx.signal })
      ctx.log(said)
      rmSync(file)
      await requireEngine(ctx.instance, 'GET', `/images/${tag}/json`)
    }
    // Not by the bound path: a hard link cannot lead from one mount into another.
    await buildStore(preloaded, path.join(ctx.instance.state, 'golden', want.mirror), want.uid)
    if (!existsSync(path.join(ctx.instance.golden, want.golden, 'skeleton.tar'))) {
      ctx.report('the golden tree')
      const file = path.join(ctx.instance.build, 'images.tar')
      await buildArchive(preloaded, file, options)
      // Read by an unprivileged id inside the loader.
      const visible = path.join(ctx.instance.bound, 'build', 'images.tar')
      await buildGolden(ctx.instance, {
        ...options,
        nodeImage: want.node_image,
        archive: visible,
        version: want.golden,
        uid: want.uid,
        apparmor: want.apparmor,
      })
      rmSync(file)
    }
    const { plan: _plan, ...prepared } = want
    savePrepared(ctx.instance, prepared)
  },
}

/** At every start: what is replaced today is still in use by labs that run, and goes when they have ended. */
const tidy: Step = {
  title: 'Old images',
  async done(ctx) {
    const prepared = loadPrepared(ctx.instance)
    const unused = prepared ? await findUnused(ctx.instance, prepared, neededLayers(ctx)) : []
    return unused.length === 0 ? 'none' : null
  },
  async run(ctx) {
    const prepared = loadPrepared(ctx.instance)
    const unused = prepared ? await findUnused(ctx.instance, prepared, neededLayers(ctx)) : []
    ctx.report(`removing ${unused.length}`)
    await removeUnused(ctx.instance, unused)
    ctx.report(`${unused.length} removed`)
  },
}

const neededLayers = (ctx: StepContext) =>
  new Set(planImages(ctx).map((image) => layerFolder(image.definition.id, image.key)))

export const imageSteps: Step[] = [prepare, tidy]
