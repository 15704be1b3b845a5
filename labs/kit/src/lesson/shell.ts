/** Tells commands from output in a shell code block, so that copying and running leave out prompts and output. */

export interface ShellLine {
  kind: 'command' | 'output'
  /** The prompt that was cut off (`$ `, `# `, `> `), empty when there was none. */
  prompt: string
  text: string
}

export interface ShellBlock {
  lines: ShellLine[]
  /** What copy and run give: the commands alone, one a line. */
  commands: string
}

const prompt = /^(?:\$ |[\w.-]+@[\w.-]+:[^$#\s]*[$#] )/
const heredoc = /<<-?\s*(['"]?)([A-Za-z_]\w*)\1/

/**
 * A block with at least one prompt (`$ ` or `root@node1:~# `) is a transcript: lines with a prompt are commands, what follows is output.
 * Without any prompt each line is a command. A command goes on after `\`, inside a here-document, and on lines that begin with `> `.
 */
export function parseShell(code: string): ShellBlock {
  const source = code.replace(/\n+$/, '').split('\n')
  const transcript = source.some((line) => prompt.test(line))
  const lines: ShellLine[] = []
  let until: string | undefined
  let open = false
  for (const line of source) {
    if (until !== undefined) {
      lines.push({ kind: 'command', prompt: '', text: line })
      if (line.trim() === until) until = undefined
      continue
    }
    const cut: string = transcript ? (prompt.exec(line)?.[0] ?? (open && line.startsWith('> ') ? '> ' : '')) : ''
    const isCommand: boolean = !transcript || open || cut !== ''
    const text = line.slice(cut.length)
    lines.push({ kind: isCommand ? 'command' : 'output', prompt: cut, text })
    open = isCommand && text.endsWith('\\')
    if (isCommand) until = heredoc.exec(text)?.[2]
  }
  const commands = lines
    .filter((line) => line.kind === 'command')
    .map((line) => line.text)
    .join('\n')
  return { lines, commands }
}

/** `no-run="reason"` or `no-run` in a fence's meta: why this cannot be run here; undefined when it can. */
export function readNoRun(meta: string | undefined): string | undefined {
  const found = /(?:^|\s)no-run(?:=(?:"([^"]*)"|'([^']*)'))?/.exec(meta ?? '')
  return found ? (found[1] ?? found[2] ?? '') : undefined
}

/** `title="compose.yaml"` in a fence's meta. */
export function readTitle(meta: string | undefined): string | undefined {
  return /(?:^|\s)title=(?:"([^"]*)"|'([^']*)')/
    .exec(meta ?? '')
    ?.slice(1)
    .find((part) => part !== undefined)
}

/** `node="node2"` in a fence's meta: the lab's machine that it is typed on. */
export function readNode(meta: string | undefined): string | undefined {
  return /(?:^|\s)node=["']?(node[1-3])\b/.exec(meta ?? '')?.[1]
}

export const shellLanguages: readonly string[] = ['sh', 'bash', 'shell', 'console', 'shellsession']
