/** Reads `lab.yaml` and says each thing that is wrong with it in one sentence. */
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { manifest, type Manifest } from '../schema.ts'

export function parseManifest(text: string): { manifest: Manifest } | { problems: string[] } {
  const document = parseDocument(text, { prettyErrors: true })
  if (document.errors.length > 0)
    return { problems: document.errors.map((e) => `is not YAML: ${firstLine(e.message)}`) }
  const parsed = manifest.safeParse(document.toJS({ maxAliasCount: 0 }))
  return parsed.success ? { manifest: parsed.data } : { problems: parsed.error.issues.map(sentence) }
}

function sentence(issue: z.core.$ZodIssue): string {
  const where =
    issue.path.length > 0
      ? issue.path
          .map((p) => (typeof p === 'number' ? `[${p}]` : `.${String(p)}`))
          .join('')
          .slice(1)
      : 'the top level'
  if (issue.code === 'unrecognized_keys')
    return `${where} has ${issue.keys.map((k) => `'${k}'`).join(' and ')}, which nothing reads: remove it or correct the spelling`
  if (issue.code === 'invalid_value') return `${where} must be ${issue.values.map(String).join(' or ')}`
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `${where} is missing: add it (${issue.expected})`
  return `${where}: ${issue.message}`
}

const firstLine = (text: string) => text.split('\n')[0]!.replace(/:$/, '')
