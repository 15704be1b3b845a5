/** One step of bringing the platform up: what it is called, whether its result is there, how to make it. */
import type { Instance } from '../instance.ts'

export interface StepContext {
  instance: Instance
  /** Ends the step early, for example on Ctrl-C. Whoever starts a child process passes it on. */
  signal: AbortSignal
  /** Says how far it is, in a few words (`4 of 7 images`); shown on the step's own line. */
  report(progress: string): void
  /** Appends to the log file of this run; the place for the output of tools. */
  log(text: string): void
}

export interface Step {
  /** For people, for example `Lab engine`. */
  title: string
  /** Nobody has to wait for it: it runs while the server already serves, for example images of labs that are not the first. */
  later?: boolean
  /** What is already there, in a few words, when nothing has to be done; otherwise null. */
  done(ctx: StepContext): Promise<string | null>
  /** Makes it, and cleans up what is half done when it fails. Throws `StepError` for what a person can mend. */
  run(ctx: StepContext): Promise<void>
}

/** A failure with one paragraph that says what happened and what to do. */
export class StepError extends Error {
  override name = 'StepError'
}
