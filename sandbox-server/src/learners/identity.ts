/** One person in several browsers: what is known of them, the code that leads back to it, and joining what two browsers have. */
import type { JoinView, LearnerSummary, NewCode } from '../contract/identity.ts'
import { learnerExport, type LearnerExport } from '../contract/learner-export.ts'
import type { IdentityStore } from '../database/identity-store.ts'
import type { KeptWorkStore } from '../database/kept-work-store.ts'
import type { LearnerStore } from '../database/learner-store.ts'
import type { ItemSources } from '../practice/items.ts'
import { Refusal } from '../refusal.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { isActive } from '../sessions/states.ts'
import { gradeAnew } from './grade-anew.ts'
import { createLearnerId } from './learner-cookie.ts'
import { createRecoveryCode, hashRecoveryCode, parseRecoveryCode } from './recovery-code.ts'
import { createTries } from './tries.ts'

/** Codes that nobody has, and in how many milliseconds: of one learner, and of one network, which a whole class may share. */
export const wrongCodes = {
  learner: { most: 5, within: 600_000 },
  network: { most: 20, within: 600_000 },
} as const

/** Files of learners that are read from one network, and in how many milliseconds. */
export const filesTaken = { most: 60, within: 3_600_000 } as const

export interface IdentityOptions {
  store: IdentityStore
  learners: LearnerStore
  keptWork: KeptWorkStore
  sessions: Sessions
  sources: ItemSources
  /** What accounts are called here; null where there are none. */
  accountName: string | null
  /** Two learners have become one. */
  onJoined: () => Promise<void>
  now: () => number
}

export type Identity = ReturnType<typeof createIdentity>

export function createIdentity(options: IdentityOptions) {
  const { store, learners, keptWork, sessions, sources, accountName, onJoined, now } = options
  // Two at once, on one learner's rows, would each see the half of the other.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
  const tries = { learner: createTries(wrongCodes.learner, now), network: createTries(wrongCodes.network, now) }
  const files = createTries(filesTaken, now)

  const summary = async (learner: string): Promise<LearnerSummary> => ({
    ...(await store.figures(learner)),
    running: runningOf(learner),
    kept_work: (await keptWork.ofLearner(learner)).map(({ session, lab, at, bytes }) => ({ session, lab, at, bytes })),
    account: accountName === null ? null : { name: accountName, signed_in: await store.hasAccount(learner) },
  })
  const runningOf = (learner: string) =>
    sessions.ofLearner(learner).flatMap(({ lab, state }) => (isActive(state) ? [lab] : []))

  /** Whose code it is. A slip costs nothing, a code that nobody has is counted. */
  async function resolve(given: string, { learner, network }: { learner: string; network: string }): Promise<string> {
    const plain = parseRecoveryCode(given)
    if (!tries.network.left(network) || !tries.learner.left(learner))
      throw new Refusal('TOO_MANY', 'Too many codes that nobody has were tried here. Wait ten minutes and try again.')
    // Counted before the answer is known: many at once must not all find room.
    const takeBack = [tries.network.count(network), tries.learner.count(learner)]
    const found = await store.findByCode(await hashRecoveryCode(plain))
    if (found === undefined) throw new Refusal('CODE_UNKNOWN')
    for (const each of takeBack) each()
    return found
  }

  return {
    summary,
    export: (learner: string): Promise<LearnerExport> => store.read(learner, now()),

    /** `learner` is known already. Throws `BAD_REQUEST` with the field that is wrong, `TOO_MANY` for too many files. */
    async import(learner: string, network: string, file: unknown): Promise<void> {
      if (!files.left(network))
        throw new Refusal('TOO_MANY', 'Nothing was imported: too many files came from your network. Wait an hour.')
      files.count(network)
      const read = learnerExport.safeParse(file)
      if (!read.success) {
        const [issue] = read.error.issues
        const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
        const field = [...(issue?.path ?? []), ...extra].join('.').slice(0, 100) || 'the whole file'
        const message = extra.length > 0 ? 'is not known here' : (issue?.message ?? '')
        throw new Refusal('BAD_REQUEST', `Nothing was imported. ${field}: ${message}.`, { in: 'body', field })
      }
      await inTurn(() => store.take(learner, gradeAnew(read.data, sources)))
    },

    /** Makes one, or another in its place. */
    async newCode(learner: string): Promise<NewCode> {
      const code = createRecoveryCode()
      const made_at = now()
      await store.setCode(learner, await hashRecoveryCode(parseRecoveryCode(code)), made_at)
      return { code, made_at }
    },
    withdrawCode: (learner: string) => store.withdrawCode(learner),

    /** What giving this code would join; changes nothing. */
    async look(code: string, who: { learner: string; network: string }): Promise<JoinView> {
      const there = await resolve(code, who)
      const ends = there === who.learner ? [] : runningOf(who.learner).filter((lab) => runningOf(there).includes(lab))
      return { here: await summary(who.learner), there: await summary(there), ends }
    },

    /** Joins this browser's learner with whose code it is; answers who that is. */
    async giveCode(code: string, who: { learner: string; network: string }): Promise<string> {
      const there = await resolve(code, who)
      if (there === who.learner) return there
      if (await store.hasAccount(who.learner))
        throw new Refusal(
          'FORBIDDEN',
          'This browser is signed in with an account, and its progress belongs there. Sign out here first, or sign in on the other device: it is joined then.',
        )
      await this.join(who.learner, there)
      await store.noteCodeUsed(there, now())
      return there
    },

    /**
     * Answers under which id this learner goes on. Every other cookie and the recovery code are worth nothing from then on, accounts lead
     * here; all that is theirs goes along, and so do labs that run.
     */
    async leaveElsewhere(learner: string): Promise<string> {
      const fresh = createLearnerId()
      await inTurn(async () => {
        await learners.see(fresh, now())
        await sessions.handOver(learner, fresh, () => store.join(learner, fresh, now(), 'with accounts'))
      })
      return fresh
    },

    /** All that `from` has goes to `to`, whose labs and cookies go on. */
    async join(from: string, to: string): Promise<void> {
      if (from === to) return
      await inTurn(async () => {
        await learners.see(to, now())
        await sessions.handOver(from, to, () => store.join(from, to, now()))
        await onJoined()
      })
    },
  }
}
