/** Whether a lab can start now: its images must be in the nodes, and the host must be able to do what it needs. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { LabView } from '../contract/labs.ts'
import type { Lab } from '../grading/lab.ts'
import type { Runtime } from '../runtime/port.ts'

/** Written at start by the capability probe. */
const capabilities = z.object({
  capabilities: z.array(z.object({ name: z.string(), value: z.string(), ok: z.boolean(), without: z.string() })),
})

const closed =
  'This lab reaches the internet, which the operator of this server has not allowed. DRYDOCK_OPEN_NETWORK=true allows it.'

export type Availability = (lab: Lab) => Promise<LabView['available']>

/** The list of images is asked for at most so often, in milliseconds. */
const imagesFor = 1000

export interface AvailabilityOptions {
  runtime: Runtime
  /** See `capabilities` above; without the file nothing is known to be missing. */
  capabilityFile: string
  /** The operator has allowed labs to reach the internet. */
  openNetwork: boolean
  now: () => number
}

export function createAvailability({ runtime, capabilityFile, openNetwork, now }: AvailabilityOptions): Availability {
  let known: { at: number; images: Promise<ReadonlySet<string>> } | undefined
  const images = () => {
    if (!known || now() - known.at > imagesFor) known = { at: now(), images: runtime.images() }
    return known.images
  }
  return async (lab) => {
    if (lab.manifest.network === 'open' && !openNetwork) return { state: 'unsupported', reason: closed }
    const { nodes, limits } = lab.manifest
    const missing = (await findMissing(lab, capabilityFile)) ?? runtime.tooLarge({ nodes, limits })
    if (missing) return { state: 'unsupported', reason: missing }
    const there = await images()
    const waiting = lab.manifest.images.filter((image) => !there.has(image))
    if (there.size === 0) return { state: 'building', reason: 'The images of the lab machines are still being built.' }
    if (waiting.length > 0) return { state: 'building', reason: `Still being built: ${waiting.join(', ')}.` }
    return { state: 'ready' }
  }
}

async function findMissing(lab: Lab, file: string): Promise<string | null> {
  if (lab.manifest.needs.length === 0) return null
  const known = await readFile(file, 'utf8').then(parseCapabilities, () => null)
  if (!known) return null
  const needs: readonly string[] = lab.manifest.needs
  const lacking = known.capabilities.find((c) => !c.ok && needs.includes(c.name))
  return lacking ? `This host has no ${lacking.name} (${lacking.value}): ${lacking.without}` : null
}

/** A file that cannot be read says nothing. */
function parseCapabilities(text: string): z.infer<typeof capabilities> | null {
  try {
    return capabilities.parse(JSON.parse(text))
  } catch {
    return null
  }
}
