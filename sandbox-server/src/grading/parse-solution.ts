/** Splits a solution step into the reasoning (its leading comment) and the script below it. */

/** `text`: a shell script that begins with comment lines, after a shebang if it has one. */
export function parseSolution(text: string): { why: string; script: string } {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  let at = lines[0]?.startsWith('#!') ? 1 : 0
  const why: string[] = []
  for (; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (!line.startsWith('#')) break
    why.push(line.replace(/^#+ ?/, '').trimEnd())
  }
  return { why: why.join('\n').trim(), script: lines.slice(at).join('\n').trim() + '\n' }
}
