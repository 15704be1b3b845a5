/** What an entry of the catalogue is: one attempt that is carried out twice, first where one guard is missing and must succeed, then where it must not. */

/** What came of one attempt. */
export interface Attempt {
  succeeded: boolean
  /** What was seen, for the report: the end of what the attack printed. */
  said: string
}

export interface Attack {
  name: string
  /** What the attacker does, in one sentence. */
  tries: string
  /** What stands in its way, in one sentence. */
  why: string
  /** What is taken away so that the attack works. */
  without: string
  /** Carries it out where the guard is missing; must succeed, and not harm this machine. */
  control(): Promise<Attempt>
  /** Carries it out against the real thing; must not succeed. */
  attempt(): Promise<Attempt>
  /** Milliseconds for each of the two; default 30 000. */
  limit_ms?: number
}

/** An attack that this kernel or machine cannot carry out whatever is taken away: listed, never counted as held. */
export interface Unproven {
  name: string
  /** Why not. */
  reason: string
}

export interface Theme {
  title: string
  attacks: Attack[]
  unproven?: Unproven[]
}
