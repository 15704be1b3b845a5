/** What a terminal shows as plain text, scrollback first; a long line that was wrapped is one line again. */
import type { Terminal } from '@xterm/xterm'

export function readTranscript(term: Terminal): string {
  const lines: string[] = []
  // What lies below a full-screen program is part of the story, too.
  const buffers =
    term.buffer.active.type === 'alternate' ? [term.buffer.normal, term.buffer.active] : [term.buffer.normal]
  for (const buffer of buffers)
    for (let i = 0; i < buffer.length; i++) {
      const line = buffer.getLine(i)
      if (!line) continue
      const next = buffer.getLine(i + 1)
      const text = line.translateToString(!next?.isWrapped)
      if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text
      else lines.push(text)
    }
  return lines.join('\n').trimEnd()
}
