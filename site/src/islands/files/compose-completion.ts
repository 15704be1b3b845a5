/** What may be typed at a place of a compose file: the keys of the map that one is in, and the words that a key takes. */
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { composeKeys, type Key, type Keys } from './compose-schema.ts'

export function completeCompose(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const before = line.text.slice(0, context.pos - line.from)
  const value = /^(\s*)([\w-]+):\s+([\w-]*)$/.exec(before)
  const path = parents(context.state.doc.sliceString(0, line.from), value ? (value[1] ?? '').length : indentOf(before))
  const known = keysAt(path)
  if (value) {
    const words = known?.[value[2] ?? '']?.words
    return words
      ? { from: context.pos - (value[3] ?? '').length, options: words.map((label) => ({ label, type: 'enum' })) }
      : null
  }
  const typed = /^\s*([\w-]*)$/.exec(before)
  if (!typed || !known || (typed[1] === '' && !context.explicit)) return null
  return {
    from: context.pos - (typed[1] ?? '').length,
    options: Object.entries(known).map(([label, key]) => ({
      label,
      type: 'property',
      info: key.about,
      apply: `${label}:${after(key)}`,
    })),
    validFor: /^[\w-]*$/,
  }
}

const after = (key: Key) => (key.takes[0] === 'map' || key.takes[0] === 'list' ? '' : ' ')
const indentOf = (line: string) => line.length - line.trimStart().length

/** The keys that lead to a line with this indent, outermost first. */
function parents(text: string, indent: number): string[] {
  const path: string[] = []
  let within = indent
  for (const line of text.split('\n').reverse()) {
    const match = /^(\s*)([\w.-]+):\s*(#.*)?$/.exec(line)
    if (!match || (match[1] ?? '').length >= within) continue
    within = (match[1] ?? '').length
    path.unshift(match[2] ?? '')
    if (within === 0) break
  }
  return within === 0 || indent === 0 ? path : []
}

function keysAt(path: readonly string[]): Keys | undefined {
  let keys: Keys | undefined = composeKeys
  for (let i = 0; i < path.length; i++) {
    const key: Key | undefined = keys?.[path[i] ?? '']
    if (key?.each) {
      if (i + 1 >= path.length) return undefined
      keys = key.each
      i++
    } else keys = key?.keys
  }
  return keys
}
