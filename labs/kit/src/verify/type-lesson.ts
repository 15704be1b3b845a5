/** Types the shell blocks of a lesson into its lab, as a learner who does each task where it stands, and holds what is seen against what the text promises. */
import { compareOutput, type Command, type Lesson } from '../lesson/index.ts'
import type { LabShell } from './bench.ts'

export interface Reader {
  lesson: Lesson
  openShell: (node: string) => Promise<LabShell>
  /** Does the task where it stands, unless what was typed has done it already. False: it could not be done. */
  doTask: (id: string, place: string) => Promise<boolean>
  begin: (place: string) => void
  report: (place: string, expected: string, observed: string) => void
}

/** Ends at the first command after which the shell is not back: what follows would be typed into that command. */
export async function typeLesson({ lesson, openShell, doTask, begin, report }: Reader): Promise<void> {
  const shells = new Map<string, LabShell>()
  const shellOf = async (node: string) => {
    const shell = shells.get(node) ?? (await openShell(node))
    shells.set(node, shell)
    return shell
  }
  try {
    for (const item of lesson.items) {
      const place = `${lesson.file}:${item.kind === 'task' ? item.line : item.block.line}`
      if (item.kind === 'task') {
        if (!(await doTask(item.id, place))) return
      } else if (item.block.noRun === undefined) {
        begin(place)
        const shell = await shellOf(item.block.node)
        for (const command of item.block.commands) if (!(await typeCommand(shell, command, lesson.file, report))) return
      }
    }
  } finally {
    for (const shell of shells.values()) shell.close()
  }
}

async function typeCommand(shell: LabShell, command: Command, file: string, report: Reader['report']) {
  const promises = command.output.length > 0
  const seen: string[] = []
  let begun: number | undefined
  for (const [i, line] of command.lines.entries()) {
    const place = `${file}:${command.line + (begun ?? i)}`
    if (begun === undefined && /^\s*(#|$)/.test(line)) continue
    const said = await shell.type(line)
    if (said.state === 'late') {
      report(place, 'the command ends', `it does not: ${tail(said.output)}`)
      return false
    }
    begun = said.state === 'more' ? (begun ?? i) : undefined
    if (said.state === 'more') continue
    seen.push(...said.output)
    if (!promises && said.code !== 0)
      report(
        place,
        'the command ends with 0, or the text shows its output',
        `exit code ${said.code}: ${tail(said.output)}`,
      )
  }
  const where = `${file}:${command.line}`
  if (begun !== undefined) {
    report(where, 'a whole command', 'the shell waits for more')
    return false
  }
  const difference = promises ? compareOutput(command.output, seen) : undefined
  if (difference !== undefined) report(where, 'what the text shows', `${difference}\n${tail(seen)}`)
  return true
}

const tail = (lines: readonly string[]) => lines.slice(-12).join('\n').slice(-800)
