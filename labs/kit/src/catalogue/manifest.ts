/** Reads `lab.yaml`. */
import { manifest, type Manifest } from '../schema.ts'
import { parseYaml } from './parse-yaml.ts'

export function parseManifest(text: string): { manifest: Manifest } | { problems: string[] } {
  const read = parseYaml(manifest, text)
  return 'data' in read ? { manifest: read.data } : read
}
