/** A request that is refused for a reason in the table of errors: what every layer throws and http/ turns into an answer. */
import { errors, type ErrorBody, type ErrorCode } from './contract/errors.ts'

export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined

  /** `message`: for people; the table's sentence unless something more exact can be said. */
  constructor(code: ErrorCode, message: string = errors[code].message, details?: Record<string, unknown>) {
    super(message)
    this.code = code
    this.details = details
  }

  toBody(): ErrorBody {
    const { code, message, details } = this
    return { error: { code, message, retry: errors[code].retry, ...(details ? { details } : {}) } }
  }
}
