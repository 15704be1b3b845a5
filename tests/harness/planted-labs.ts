/** A folder of labs for tests: a real one as it is, and the same on three machines. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { repository } from './platform.ts'

export const oneNode = 'architecture/first-commands'
export const threeNodes = 'architecture/three-machines'

export interface PlantedLabs extends Disposable {
  /** For DRYDOCK_LABS. */
  folder: string
}

export function plantLabs(): PlantedLabs {
  const top = mkdtempSync(path.join(tmpdir(), 'drydock-labs-'))
  const folder = path.join(top, 'labs')
  for (const lab of [oneNode, threeNodes])
    cpSync(path.join(repository, 'labs', oneNode), path.join(folder, lab), { recursive: true })
  const manifest = path.join(folder, threeNodes, 'lab.yaml')
  const text = readFileSync(manifest, 'utf8')
  if (/^nodes:/m.test(text)) throw new Error(`${oneNode} is not a lab on one machine any more`)
  writeFileSync(manifest, `nodes: 3\n${text}`)
  // What checks import is found from where they lie.
  symlinkSync(path.join(repository, 'node_modules'), path.join(top, 'node_modules'))
  return { folder, [Symbol.dispose]: () => rmSync(top, { recursive: true }) }
}
