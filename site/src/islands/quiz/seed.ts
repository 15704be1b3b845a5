/** The seed that shuffles a quiz: kept for this tab, so that a reload shows the same order. */

const key = (lesson: string) => `drydock-quiz-${lesson}`

export function recallSeed(lesson: string): number {
  try {
    const kept = sessionStorage.getItem(key(lesson))
    if (kept !== null && /^\d{1,10}$/.test(kept)) return Number(kept)
  } catch {
    // without storage each load has an order of its own
  }
  return newSeed(lesson)
}

export function newSeed(lesson: string): number {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  try {
    sessionStorage.setItem(key(lesson), String(seed))
  } catch {
    // as above
  }
  return seed
}
