/**
 * The terminal socket, `/api/sessions/:id/terminals/:terminal?since=<offset>&cols=<n>&rows=<n>&client=<id>`, all of them optional.
 * Binary frames carry bytes: output to the browser, input to the shell. Text frames carry the JSON below.
 * Output has an absolute offset (bytes since the shell began), so that a client which says what it has seen is sent just the rest.
 * Input is counted for each `client`, a random id that a browser keeps for one terminal: `start` says how many bytes of it have arrived
 * over all its connections, so that after a lost line just the rest is sent. The latest connection of a client is the one that is heard.
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
  client: z
    .string()
    .regex(/^[0-9a-z]{8,32}$/)
    .optional(),
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
  z.object({
    type: z.literal('start'),
    offset: z.int(),
    until: z.int().optional(),
    reset: z.boolean(),
    /** Private modes of the screen (DECSET) that were set before `offset`; negative: taken away. Only with `reset`. */
    modes: z.array(z.int()).optional(),
    /** How many bytes of this client's input have arrived; not given to those without a `client`. */
    input: z.int().optional(),
  }),
  /** So many bytes of this client's input have arrived. */
  z.object({ type: z.literal('input'), received: z.int() }),
  z.object({ type: z.literal('exit'), code: z.int().nullable() }),
  z.object({ type: z.literal('pong') }),
])
export type TerminalEvent = z.infer<typeof terminalEvent>
