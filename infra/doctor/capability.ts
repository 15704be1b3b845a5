/** What doctor knows about one ability of the host. */
export interface Capability {
  /** As labs say it in `needs`, or a name for what the engine itself takes. */
  name: string
  /** What was found, for people. */
  value: string
  ok: boolean
  /** What does not work without it. */
  without: string
  /** Without it there is no lab engine at all. */
  required: boolean
}

export interface Finding {
  value: string
  ok: boolean
}

export interface Probe {
  name: string
  without: string
  required?: boolean
  find: () => Finding | Promise<Finding>
}

export const yes = (value: string): Finding => ({ value, ok: true })
export const no = (value: string): Finding => ({ value, ok: false })
