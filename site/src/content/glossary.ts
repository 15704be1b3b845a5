/** The words of the course, each with what it means and the lesson where one meets it: the schema of `lessons/glossary.yaml`, and the loaded file. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { labId } from '@drydock/kit/schema'
import { parse } from 'yaml'
import { z } from 'zod'
import { lessonsFolder } from './folders.ts'

const entry = z.strictObject({
  /** As the word stands in a list; the id of its place is made from it. */
  term: z.string().min(2).max(40),
  /** One or two sentences that stand alone; `code` in backticks. */
  means: z.string().min(20).max(320),
  /** Where it is taught. */
  lesson: labId.optional(),
})

export const glossary = z.array(entry).superRefine((entries, ctx) => {
  const seen = new Set<string>()
  for (const [i, { term }] of entries.entries()) {
    const id = termId(term)
    if (seen.has(id)) ctx.addIssue({ code: 'custom', path: [i, 'term'], message: `'${term}' is explained twice` })
    seen.add(id)
  }
})
export type GlossaryEntry = z.infer<typeof entry>

/** `copy-on-write` of `Copy on write`: what stands after the # in links. */
export function termId(term: string): string {
  return term
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

const glossaryFile = path.join(lessonsFolder, 'glossary.yaml')

/** In the order of the alphabet. A course without the file has no words of its own. */
export function loadGlossary(): GlossaryEntry[] {
  if (!existsSync(glossaryFile)) return []
  return glossary
    .parse(parse(readFileSync(glossaryFile, 'utf8')))
    .toSorted((a, b) => a.term.localeCompare(b.term, 'en', { sensitivity: 'base' }))
}

let terms: Map<string, GlossaryEntry> | undefined

/** What a link to `/glossary/#id` explains; undefined for every other address. */
export function findTerm(address: string): GlossaryEntry | undefined {
  terms ??= new Map(loadGlossary().map((each) => [termId(each.term), each]))
  return address.startsWith('/glossary/#') ? terms.get(address.slice('/glossary/#'.length)) : undefined
}
