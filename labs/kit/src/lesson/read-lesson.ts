/** Takes from the text of a lesson what a learner types, in its order: the commands of its shell blocks, and its tasks between them. */
import { parseShell, readNode, readNoRun, shellLanguages } from './shell.ts'

export interface Lesson {
  /** From the top of the clone, for example `lessons/layers/cache/lesson.mdx`. */
  file: string
  items: readonly LessonItem[]
}

export type LessonItem = { kind: 'task'; id: string; line: number } | { kind: 'block'; block: Block }

export interface Block {
  /** Of its fence, from 1. */
  line: number
  node: string
  /** Why it cannot be typed here; then it is not. */
  noRun: string | undefined
  commands: readonly Command[]
}

export interface Command {
  line: number
  /** As typed, one after the other; which of them belong together is for the shell to say. */
  lines: readonly string[]
  /** What the lesson promises to be seen; empty when it promises nothing. */
  output: readonly string[]
}

const fence = /^(\s*)(`{3,}|~{3,})(\S*)\s*(.*)$/

export function readLesson(file: string, text: string): Lesson {
  const items: LessonItem[] = []
  const lines = text.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const open = fence.exec(line)
    if (!open) {
      for (const [, id] of line.matchAll(/<Task\s+id="([^"]*)"/g)) items.push({ kind: 'task', id: id!, line: i + 1 })
      continue
    }
    const [, indent = '', marks = '', language = '', meta = ''] = open
    const from = i + 1
    while (++i < lines.length && !isEnd(lines[i]!, marks));
    if (!shellLanguages.includes(language)) continue
    const body = lines.slice(from, i).map((each) => (each.startsWith(indent) ? each.slice(indent.length) : each))
    const block = { line: from, node: readNode(meta) ?? 'node1', noRun: readNoRun(meta) }
    items.push({ kind: 'block', block: { ...block, commands: readCommands(body, from + 1) } })
  }
  return { file, items }
}

const isEnd = (line: string, marks: string) => line.trim().startsWith(marks) && /^([`~])\1*$/.test(line.trim())

/** `from`: the number of the first line. A block without any prompt is one run of lines that promises nothing. */
function readCommands(body: readonly string[], from: number): Command[] {
  const commands: { line: number; lines: string[]; output: string[] }[] = []
  const { lines } = parseShell(body.join('\n'))
  if (lines.every((line) => line.prompt === '')) return [{ line: from, lines: lines.map((l) => l.text), output: [] }]
  for (const [i, { kind, prompt, text }] of lines.entries()) {
    if (kind === 'output') commands.at(-1)?.output.push(text)
    else if (prompt === '' || prompt === '> ') commands.at(-1)?.lines.push(text)
    else commands.push({ line: from + i, lines: [text], output: [] })
  }
  return commands
}
