/** Reads a YAML file of the content against its schema and says each thing that is wrong with it in one sentence. */
import { parseDocument, visit, type Node } from 'yaml'
import type { z } from 'zod'

export function parseYaml<T extends z.ZodType>(schema: T, text: string): { data: z.infer<T> } | { problems: string[] } {
  const document = parseDocument(text, { prettyErrors: true })
  if (document.errors.length > 0)
    return { problems: document.errors.map((e) => `is not YAML: ${firstLine(e.message)}`) }
  if (document.contents && hasAlias(document.contents))
    return { problems: ['uses an alias (*name): write out what it stands for'] }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }))
  return parsed.success ? { data: parsed.data } : { problems: parsed.error.issues.map(sentence) }
}

/** Not resolved: a few lines of them can stand for gigabytes. */
function hasAlias(contents: Node): boolean {
  let found = false
  visit(contents, {
    Alias() {
      found = true
      return visit.BREAK
    },
  })
  return found
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
  if (issue.code === 'invalid_key') return `${where} ${issue.issues[0]?.message ?? issue.message}`
  return `${where}: ${issue.message}`
}

const firstLine = (text: string) => text.split('\n')[0]!.replace(/:$/, '')
