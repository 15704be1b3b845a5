/** What learners read of a start that waits, begins anew or fails. */
import { RuntimeDown } from '../runtime/port.ts'
import { SetUpFailed } from './set-up.ts'

export const halfMessage = 'Your lab machine was restarted before it was ready for you, so it begins anew.'

/** `paused`: nobody is let in, for maintenance. */
export const waitingMessage = (paused: boolean): string =>
  paused
    ? 'This server is about to be maintained. Your lab starts by itself when that is over.'
    : 'All places on this server are taken. Your lab starts as soon as one is free.'

/** Why a start failed. */
export function reasonOf(error: unknown): string {
  if (error instanceof RuntimeDown)
    return 'The lab engine stopped answering while your lab was being started. Start it again in a moment.'
  if (error instanceof SetUpFailed)
    return 'What this lab begins with could not be made. That is our fault, not yours; it was logged. Starting the lab again may help.'
  return 'Your lab could not be started. The reason was logged; starting it again may help.'
}
