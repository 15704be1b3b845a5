/** What the X-ray says about one thing, whatever it is. */
export interface Described {
  name: string
  facts: [what: string, value: string][]
  /** To be typed on the node. */
  commands: string[]
  /** Something that one may not expect. */
  note?: string
}
