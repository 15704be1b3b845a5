/** What the server says of this browser's learner, for everything on a page that tells or changes it. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { signal } from '@preact/signals'
import { api } from '../client/api.ts'
import type { Problem } from '../client/http.ts'

export const aboutMe = signal<LearnerSummary | null>(null)
export const problem = signal<Problem | null>(null)

let asked: Promise<void> | undefined

export async function loadAboutMe(): Promise<void> {
  const answer = await api.learner()
  problem.value = answer.ok ? null : answer.problem
  if (answer.ok) aboutMe.value = answer.value
}

/** Several parts of a page ask once. */
export const askAboutMe = () => void (asked ??= loadAboutMe())
