/** Reads the comment lines on top of a lab's scripts: `# key: value`, continued by `#   more`. */

export interface Script {
  header: Map<string, string>
  /** The rest, without the header. */
  body: string
}

export function parseScript(text: string): Script {
  const header = new Map<string, string>()
  const lines = text.split('\n')
  if (lines[0]?.startsWith('#!')) lines.shift()
  let key: string | undefined
  while (lines[0]?.startsWith('#')) {
    const line = lines[0]
    const found = line.match(/^# ?([a-z]+): (.*)$/)
    const more = line.match(/^#\s+(\S.*)$/)
    if (found) header.set((key = found[1]!), found[2]!.trim())
    else if (more && key !== undefined) header.set(key, `${header.get(key)} ${more[1]!.trim()}`)
    else break
    lines.shift()
  }
  return { header, body: lines.join('\n').trim() }
}

/** Keys outside of what this kind of script knows. */
export function unknownKeys(script: Script, known: readonly string[]): string[] {
  return [...script.header.keys()].filter((key) => !known.includes(key))
}
