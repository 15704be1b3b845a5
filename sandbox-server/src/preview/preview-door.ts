/** Who may come in to which preview, and how it is reached: what doors by name and by port have in common. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { PreviewView } from '../contract/preview.ts'
import type { PreviewOrigins, Shown } from './preview-headers.ts'
import type { PreviewAddress } from './preview-host.ts'
import type { Explanation } from './preview-pages.ts'

export type Decision =
  | { may: true; address: PreviewAddress; origins: PreviewOrigins }
  /** Answered with a page that says why. */
  | { may: false; page: Explanation }
  /** Answered without asking the learner's page. */
  | { may: false; status: number; headers: OutgoingHttpHeaders }

export interface Wish {
  /** For all whom the link is passed on to. */
  share: boolean
  /** Aborted when the lab ends. */
  over: AbortSignal
}

export interface PreviewDoor extends Readonly<Shown> {
  /** Where its pages are, as a content policy names it. */
  readonly frames: string
  /** Null: the request is for no preview. */
  decide(request: IncomingMessage): Decision | null
  /** The address under which a browser gets in, with a key. Throws a Refusal. */
  link(address: PreviewAddress, wish: Wish): PreviewView
}
