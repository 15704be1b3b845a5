/** `npm run doctor`: the table of what this host can do; the same facts as a file for the server and the tests. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { styleText } from 'node:util'
import type { CommandContext } from '../cli/command.ts'
import type { Instance } from '../instance.ts'
import type { Capability, Probe } from './capability.ts'
import { hostProbes } from './host-probes.ts'
import { labProbes } from './lab-probes.ts'

async function look(probe: Probe): Promise<Capability> {
  const { name, without, required = false } = probe
  try {
    return { name, ...(await probe.find()), without, required }
  } catch (error) {
    return {
      name,
      value: `could not be found out: ${error instanceof Error ? error.message : String(error)}`,
      ok: false,
      without,
      required,
    }
  }
}

export async function findCapabilities(instance: Instance): Promise<Capability[]> {
  const found: Capability[] = []
  for (const probe of [...labProbes, ...hostProbes(instance)]) found.push(await look(probe))
  return found
}

/** Where the server and the tests read what this host can do. */
export const capabilitiesFile = (instance: Instance): string => path.join(instance.state, 'capabilities.json')

/** Looks, writes the file, and answers what was found. */
export async function saveCapabilities(instance: Instance): Promise<Capability[]> {
  const capabilities = await findCapabilities(instance)
  writeFileSync(capabilitiesFile(instance), `${JSON.stringify({ capabilities }, null, 2)}\n`)
  return capabilities
}

export function renderTable(
  capabilities: readonly Capability[],
  paint: (colour: 'green' | 'yellow' | 'red', text: string) => string,
): string {
  const width = Math.max(...capabilities.map((c) => c.name.length))
  return capabilities
    .map((c) => {
      const mark = c.ok ? paint('green', '✓') : c.required ? paint('red', '✗') : paint('yellow', '–')
      return `${mark} ${c.name.padEnd(width)}  ${c.value}${c.ok ? '' : `\n  ${' '.repeat(width)}  without: ${c.without}`}`
    })
    .join('\n')
}

export async function doctor(context: CommandContext): Promise<number> {
  const capabilities = await findCapabilities(context.instance)
  const ok = capabilities.every((c) => c.ok || !c.required)
  if (context.args.includes('--json')) process.stdout.write(`${JSON.stringify({ capabilities, ok })}\n`)
  else {
    const paint = (colour: 'green' | 'yellow' | 'red', text: string) =>
      styleText(colour, text, { stream: process.stdout })
    const verdict = ok ? 'This host can run labs.' : 'This host cannot run labs: see the rows marked ✗.'
    process.stdout.write(`${renderTable(capabilities, paint)}\n\n${verdict}\n`)
  }
  return ok ? 0 : 1
}
