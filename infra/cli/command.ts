/** What every command is given and what the table of commands says about it. */
import type { Instance } from '../instance.ts'
import type { Progress } from './progress.ts'
import type { Run } from './run-steps.ts'

export interface CommandContext extends Run {
  /** Name under which it was called, for example `start`. */
  command: string
  /** What followed the name. */
  args: string[]
  instance: Instance
  progress: Progress
  /** Asks on the terminal; `otherwise` (and a line that says so) when there is none, or with `--yes`. */
  confirm(question: string, otherwise: boolean): Promise<boolean>
}

/** Resolves with the exit status. */
export type CommandRun = (context: CommandContext) => Promise<number>

export interface Command {
  /** One line for `help`. */
  summary: string
  usage?: string
  /** The state folder it works on, with these arguments, unless DRYDOCK_STATE says otherwise. */
  state?: string | ((args: readonly string[]) => string | undefined)
  load: () => Promise<CommandRun>
}

/** A mistake in how the command was called: ends with status 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}
