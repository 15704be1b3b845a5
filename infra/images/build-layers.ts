/** Builds the layers of all images: several at once, each after those that it is built on and with. */
import { createWriteStream, mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { StepError } from '../cli/step.ts'
import { RunError } from '../process.ts'
import type { ImageDefinition } from './definition.ts'
import { buildLayer, layerFolder, loadLayer, type Layer } from './layers.ts'
import type { PackageStore } from './package-lists.ts'

/** An image with the key of its layer, which changes with whatever the layer is made of. */
export interface PlannedImage {
  definition: ImageDefinition
  key: string
}

/** Lowest layer first. */
export type LayersById = ReadonlyMap<string, readonly Layer[]>

export interface BuildSettings {
  /** Layers are kept below it, one folder each. */
  folder: string
  /** One file an image, with the output of all tools. */
  logs: string
  packages: PackageStore
  /** Apt's preferences for the release of an image. */
  pins(definition: ImageDefinition): string
  signal: AbortSignal
  report(progress: string): void
  log(text: string): void
}

/** Resolves with the layers of every image; on a failure ends what else is being built, and names image, step and log. */
export async function buildLayers(plan: readonly PlannedImage[], settings: BuildSettings): Promise<LayersById> {
  const layers = new Map<string, readonly Layer[]>()
  const running = new Map<string, Promise<void>>()
  const waiting = new Set(plan)
  const cancel = new AbortController()
  const signal = AbortSignal.any([settings.signal, cancel.signal])
  const report = () => {
    const names = [...running.keys()].map((id) => nameOf(plan.find((image) => image.definition.id === id)?.definition))
    settings.report(`${layers.size + 1} of ${plan.length}: ${names.join(', ')}`)
  }
  const ready = (image: PlannedImage) => needs(image.definition).every((id) => layers.has(id))
  const start = (image: PlannedImage) => {
    const { id, from, compiler, scratch } = image.definition
    const below = (from ? layers.get(from) : undefined) ?? []
    const compilerLayers = (compiler ? layers.get(compiler) : undefined) ?? []
    const building = buildOne(image, below, compilerLayers, { ...settings, signal }).then((layer) => {
      layers.set(id, scratch ? [layer] : [...below, layer])
      running.delete(id)
    })
    running.set(id, building)
    waiting.delete(image)
  }
  try {
    while (layers.size < plan.length) {
      const most = Math.min(4, availableParallelism())
      for (const image of inOrder(plan)) if (running.size < most && waiting.has(image) && ready(image)) start(image)
      report()
      await Promise.race(running.values())
    }
  } catch (error) {
    cancel.abort()
    await Promise.allSettled(running.values())
    settings.signal.throwIfAborted()
    throw error
  }
  return layers
}

const needs = (definition: ImageDefinition): string[] =>
  [definition.from, definition.compiler].filter((id) => id !== null)

const nameOf = (definition?: ImageDefinition): string => definition?.tags[0] ?? definition?.id ?? ''

/** First those that most others wait for, then those with the most packages. */
function inOrder(plan: readonly PlannedImage[]): PlannedImage[] {
  const waits = (image: PlannedImage): number =>
    plan
      .filter((other) => needs(other.definition).includes(image.definition.id))
      .reduce((sum, other) => sum + 1 + waits(other), 0)
  const weight = new Map(plan.map((image) => [image, waits(image) * 1000 + image.definition.packages.length]))
  return [...plan].sort((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0))
}

async function buildOne(
  { definition, key }: PlannedImage,
  below: readonly Layer[],
  compiler: readonly Layer[],
  settings: BuildSettings,
): Promise<Layer> {
  const folder = path.join(settings.folder, layerFolder(definition.id, key))
  const there = loadLayer(folder)
  if (there) return there
  mkdirSync(settings.logs, { recursive: true })
  const logFile = path.join(settings.logs, `${definition.id}.log`)
  const log = createWriteStream(logFile)
  const options = { signal: settings.signal, log: (text: string) => void log.write(text) }
  let step = `fetching the package lists of ${definition.release}`
  const started = Date.now()
  try {
    const layer = await buildLayer(folder, {
      definition,
      below: below.map((layer) => layer.tree).reverse(),
      compiler: compiler.map((layer) => layer.tree).reverse(),
      packages: await settings.packages.lists(definition.release, options),
      pins: settings.pins(definition),
      options,
      begin(next) {
        step = next
        log.write(`== ${next}\n`)
      },
    })
    settings.log(`${definition.id}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
    return layer
  } catch (error) {
    settings.signal.throwIfAborted()
    throw explain(error, nameOf(definition), step, logFile)
  } finally {
    // Written out first: the error that names it is read at once.
    await new Promise((resolve) => log.end(resolve))
  }
}

const unreachable =
  /Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Connection timed out|Network is unreachable|ENOTFOUND|ETIMEDOUT/i

function explain(error: unknown, name: string, step: string, logFile: string): Error {
  const text = error instanceof Error ? error.message : String(error)
  // A full disk is explained by whoever runs the steps.
  if (/ENOSPC|No space left on device/i.test(text)) return error instanceof Error ? error : new Error(text)
  const said = error instanceof RunError ? error.output.trim().split('\n').slice(-5).join('\n') : text
  const hint = unreachable.test(text) ? ' The package mirror cannot be reached: check the network or the proxy.' : ''
  return new StepError(
    `The image '${name}' could not be built: ${step} failed.${hint}\n\n${said}\n\nThe whole log: ${logFile}`,
  )
}
