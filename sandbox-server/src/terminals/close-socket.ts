/** Closes a WebSocket for a reason of the table of errors. */
import type { WebSocket } from 'ws'
import { errors, type ErrorCode } from '../contract/errors.ts'
import { Refusal } from '../refusal.ts'

export function closeSocket(socket: WebSocket, code: ErrorCode): void {
  if (socket.readyState === socket.OPEN) socket.close(errors[code].close, code)
}

/** The code for whatever was thrown; `INTERNAL` for what we did not foresee. */
export const codeOf = (error: unknown): ErrorCode => (error instanceof Refusal ? error.code : 'INTERNAL')
