/** A control whose value the server keeps: what was chosen shows at once, and what is kept as soon as the server has answered. */
import { useState } from 'preact/hooks'

/**
 * `kept`: as the server said last. `ask` resolves when it has answered and `kept` is what it said: the choice, or what was there before
 * it refused. A control that only followed `kept` would be set back by whatever is drawn until then, and stay wrong after a refusal.
 */
export function useChosen<T>(kept: T, ask: (wanted: T) => Promise<unknown>): [T, (wanted: T) => void] {
  const [chosen, setChosen] = useState<{ value: T } | null>(null)
  const choose = async (value: T) => {
    const mine = { value }
    setChosen(mine)
    await ask(value)
    // Whoever has chosen again meanwhile sees that.
    setChosen((latest) => (latest === mine ? null : latest))
  }
  return [chosen === null ? kept : chosen.value, (wanted) => void choose(wanted)]
}
