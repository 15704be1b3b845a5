/**
 * The terminal socket, `/api/sessions/:id/terminals/:terminal?since=<offset>&cols=<n>&rows=<n>`, all three optional.
 * Binary frames carry bytes: output to the browser, input to the shell. Text frames carry the JSON below.
 * Output has an absolute offset (bytes since the shell began), so that a client which says what it has seen is sent just the rest.
 * The socket may be opened while the session starts. After a reset, or when the node was reached anew, another `start` comes on the same socket.
 */
import { z } from 'zod'

/** Largest frame that a browser may send, in bytes; longer pastes are cut into several. */
export const maxInputFrame = 65_536
/** Output that may be under way without having been acknowledged, in bytes; beyond it the server stops reading from the shell. */
export const outputWindow = 1_048_576

/** Query of the address. A client that does not know its size yet sends `resize` as its first frame; else the shell has 80 columns and 24 rows. */
export const terminalQuery = z.object({
  since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  cols: z.coerce.number().int().min(2).max(500).optional(),
  rows: z.coerce.number().int().min(1).max(300).optional(),
})

export const terminalCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('resize'), cols: z.int().min(2).max(500), rows: z.int().min(1).max(300) }),
  /** All output before `offset` was taken in. Send at least each 128 KiB. */
  z.strictObject({ type: z.literal('ack'), offset: z.int().min(0) }),
  z.strictObject({ type: z.literal('ping') }),
])
export type TerminalCommand = z.infer<typeof terminalCommand>

export const terminalEvent = z.discriminatedUnion('type', [
  /**
   * What follows begins at `offset`. `reset`: clear the screen first, because `since` is not in the scrollback any more, is of another shell, or was not given.
   * `until`: where the output ends at this moment. Up to there it is a replay: a browser must not answer the terminal queries in it
   * (cursor position, device attributes), or the answers would be typed into the shell a second time.
   */
  z.object({ type: z.literal('start'), offset: z.int(), until: z.int().optional(), reset: z.boolean() }),
  z.object({ type: z.literal('exit'), code: z.int().nullable() }),
  z.object({ type: z.literal('pong') }),
])
export type TerminalEvent = z.infer<typeof terminalEvent>
