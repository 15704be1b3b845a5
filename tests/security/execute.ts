/** Carries out the catalogue: each attack first where it must work, then where it must not, each with a time limit. */
import { patient } from '../../infra/patience.ts'
import type { Attack, Attempt, Theme } from './attack.ts'

export interface Result {
  attacks: number
  /** Attacks that failed as they must, after having been shown to work without the guard. */
  held: number
  /** Attacks that were shown to work. */
  controls: number
  unproven: string[]
  escaped: string[]
}

const limit_ms = 30_000

export async function execute(themes: readonly Theme[], say: (text: string) => void): Promise<Result> {
  const result: Result = { attacks: 0, held: 0, controls: 0, unproven: [], escaped: [] }
  for (const { title, attacks, unproven = [] } of themes) {
    say(`\n${title}`)
    for (const attack of attacks) {
      result.attacks++
      const began = performance.now()
      const control = await carryOut(attack.control, attack)
      const attempt = await carryOut(attack.attempt, attack)
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      if (control.succeeded) result.controls++
      if (attempt.succeeded) result.escaped.push(attack.name)
      const held = control.succeeded && !attempt.succeeded && !attempt.failed
      if (held) result.held++
      say(`  ${held ? 'held   ' : attempt.succeeded ? 'ESCAPED' : 'FAILED '} ${attack.name} (${seconds} s)`)
      if (!held) say(explain(attack, control, attempt))
    }
    for (const { name, reason } of unproven) {
      result.unproven.push(name)
      say(`  not proven on this host: ${name} (${reason})`)
    }
  }
  return result
}

type Carried = Attempt & { failed?: boolean }

/** An attack that breaks down has not been carried out, which is neither a success nor a defence. */
async function carryOut(steps: () => Promise<Attempt>, attack: Attack): Promise<Carried> {
  const limit = patient(attack.limit_ms ?? limit_ms)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${limit / 1000} s`)), limit)
  })
  try {
    return await Promise.race([steps(), late])
  } catch (error) {
    return { succeeded: false, failed: true, said: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}

function explain(attack: Attack, control: Carried, attempt: Carried): string {
  const lines = [`tries: ${attack.tries}`, `must fail because: ${attack.why}`]
  if (!control.succeeded) lines.push(`was not shown to work without ${attack.without}: ${control.said}`)
  if (attempt.failed) lines.push(`could not be carried out: ${attempt.said}`)
  if (attempt.succeeded) lines.push(`GOT THROUGH: ${attempt.said}`)
  return lines.join('\n').replace(/^/gm, '      ')
}
