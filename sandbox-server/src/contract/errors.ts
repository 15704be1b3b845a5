/** The one table of errors: what went wrong, HTTP status, WebSocket close code, whether to try again, and what the person reads. */
import { z } from 'zod'

interface Row {
  readonly status: number
  /** WebSocket close code: 4000 + the HTTP status, so that a client can tell them apart. */
  readonly close: number
  /** Would the same request work later without a change? */
  readonly retry: boolean
  /** Default sentence; a response may say it more exactly in `message`. */
  readonly message: string
}
const row = (status: number, retry: boolean, message: string): Row => ({ status, close: 4000 + status, retry, message })

export const errors = {
  BAD_REQUEST: row(400, false, 'The request is not in the form that was expected.'),
  BAD_FRAME: row(400, false, 'The connection received something that it does not understand.'),
  UNAUTHENTICATED: row(401, false, 'Your browser has no valid session cookie. Reload the page to get a new one.'),
  WRONG_ORIGIN: row(
    403,
    false,
    'This page was opened from another address than the one this server is configured for.',
  ),
  FORBIDDEN: row(403, false, 'This is not yours to use.'),
  ACCESS_CODE: row(403, false, 'This server asks for its access code before a lab starts.'),
  SIGN_IN: row(
    403,
    false,
    'This sign-in was not begun in this browser, took more than ten minutes, or was not confirmed. Begin again.',
  ),
  NOT_INSTRUCTOR: row(
    403,
    false,
    'Workshops are planned by instructors. Whoever runs this server has a link that makes you one: npm run instructor.',
  ),
  NO_CONSENT: row(403, false, 'The learner has not agreed that you type here, or does not any more.'),
  TASK_LOCKED: row(403, false, 'Your instructor has closed this for now.'),
  CODE_UNKNOWN: row(404, false, 'Nobody has this recovery code. It may have been renewed or withdrawn.'),
  NOT_FOUND: row(404, false, 'There is nothing at this address.'),
  LAB_UNKNOWN: row(404, false, 'There is no lab with this name.'),
  QUIZ_UNKNOWN: row(404, false, 'There are no questions for this lesson.'),
  QUESTION_UNKNOWN: row(404, false, 'This quiz has no such question.'),
  CARD_UNKNOWN: row(404, false, 'There is nothing of this name to practise.'),
  INTERVIEW_UNKNOWN: row(404, false, 'This interview does not exist, or belongs to someone else.'),
  WORKSHOP_UNKNOWN: row(404, false, 'There is no such workshop any more, or you are not in it.'),
  JOIN_CODE: row(404, false, 'No workshop has this code. Ask for it again: it may have been renewed or have expired.'),
  MEMBER_UNKNOWN: row(404, false, 'This learner is not in the workshop any more.'),
  SESSION_UNKNOWN: row(404, false, 'This session does not exist, has ended, or belongs to someone else.'),
  TASK_UNKNOWN: row(404, false, 'This lab has no such task.'),
  TERMINAL_UNKNOWN: row(404, false, 'This terminal does not exist any more.'),
  FILE_UNKNOWN: row(404, false, 'There is no such file any more.'),
  FILE_CHANGED: row(409, false, 'The file was changed meanwhile, by a program or in another window.'),
  FILE_EXISTS: row(409, false, 'There is something with this name already.'),
  FILE_REFUSED: row(422, false, 'This file cannot be used here.'),
  ALREADY_ANSWERED: row(409, false, 'This was answered meanwhile, perhaps in another window. Reload to go on.'),
  INTERVIEW_RUNS: row(409, false, 'You have an interview running already. Go on with it, or end it.'),
  SESSION_LIMIT: row(409, false, 'You already have a lab running. Starting this one would end it.'),
  SESSION_NOT_READY: row(409, true, 'The lab is still starting. Try again in a moment.'),
  SESSION_ENDED: row(410, false, 'This session has ended.'),
  WORKSHOP_OVER: row(410, false, 'This workshop is over. Plan another one for what is left.'),
  INTERVIEW_OVER: row(410, false, 'The time of this interview is over. What was answered until then is in its report.'),
  TOO_LARGE: row(413, false, 'That is larger than what is accepted here.'),
  TOO_MANY: row(429, true, 'Too many requests at once. Wait a moment and try again.'),
  NO_SPACE: row(507, false, 'The disk of your lab machine is full. Remove something and try again.'),
  INTERNAL: row(500, true, 'Something broke on our side. It was logged; trying again may help.'),
  ENGINE_UNAVAILABLE: row(
    503,
    true,
    'The lab engine does not answer. It may be restarting; this page tries again by itself.',
  ),
  DATABASE_UNAVAILABLE: row(
    503,
    true,
    'The database does not answer. It may be restarting; nothing that was saved is lost. Try again in a moment.',
  ),
  ACCOUNTS_UNAVAILABLE: row(503, true, 'The server that keeps the accounts does not answer. Try again in a moment.'),
  LAB_NOT_BUILT: row(
    503,
    true,
    'The images of this lab are still being built. It opens by itself when they are there.',
  ),
  LAB_UNSUPPORTED: row(503, false, 'This host lacks something that the lab needs.'),
  MAINTENANCE: row(
    503,
    true,
    'This server is about to be maintained, so no new labs begin. Labs that run already go on.',
  ),
  NO_PREVIEW: row(
    503,
    false,
    'Previews need host names or ports of their own, and this server has none. Its operator sets PREVIEW_DOMAIN or PREVIEW_PORTS.',
  ),
  PREVIEW_PORTS: row(
    503,
    true,
    'All ports for previews are in use by other labs. One gets free when a lab ends, or nobody has looked at it for ten minutes: try again then. The operator can widen PREVIEW_PORTS.',
  ),
  SHUTTING_DOWN: row(503, true, 'The server is restarting. Your lab goes on; this page reconnects by itself.'),
} as const satisfies Record<string, Row>

export type ErrorCode = keyof typeof errors
export const errorCodes = Object.keys(errors) as [ErrorCode, ...ErrorCode[]]

/** Body of every answer with a status of 400 or more; also the reason of a WebSocket close, as `code`. */
export const errorBody = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    retry: z.boolean(),
    /** Which field was wrong and what was expected, for BAD_REQUEST; for SESSION_LIMIT the session that would end. */
    details: z.record(z.string(), z.unknown()).optional(),
  }),
})
export type ErrorBody = z.infer<typeof errorBody>
