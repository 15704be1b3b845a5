/** All of it as a file, and such a file taken in: what it says is added to what is there, and counts once. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { aboutMe } from '../identity/about-me.ts'
import { countOf, formatBytes } from '../lab/clock.ts'

type Said = { ok: boolean; text: string } | null

/** `most`: bytes of the largest file that the server reads. */
export function TakeAlong({ most }: { most: number }) {
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState<Said>(null)
  const [busy, setBusy] = useState(false)
  const take = async (file: File) => {
    setBusy(true)
    setSaid(await importFile(file, most))
    setBusy(false)
    if (field.current) field.current.value = ''
  }
  const takeChosen = () => {
    const [file] = field.current?.files ?? []
    if (file) void take(file)
  }
  // Whoever was quicker than this code has chosen already.
  useEffect(takeChosen, [])
  return (
    <div class="not-content take-along">
      <p class="row">
        <a class="button quiet" href="/api/learner/export" download>
          Export as JSON
        </a>
        <label class="button quiet file-button">
          {busy ? 'Reading …' : 'Import a file'}
          <input ref={field} type="file" accept="application/json,.json" disabled={busy} onChange={takeChosen} />
        </label>
      </p>
      <p role="status" class={said ? `said ${said.ok ? 'is-good' : 'is-bad'}` : ''}>
        {said?.text}
      </p>
    </div>
  )
}

async function importFile(file: File, most: number): Promise<Said> {
  if (file.size > most)
    return {
      ok: false,
      text: `Nothing was imported. ${file.name} has ${formatBytes(file.size)}, and no file of Drydock has more than ${formatBytes(most)}.`,
    }
  let content: unknown
  try {
    content = JSON.parse(await file.text())
  } catch {
    return { ok: false, text: `Nothing was imported. ${file.name} is no JSON; choose a file that was exported here.` }
  }
  const before = aboutMe.value
  const answer = await api.importLearner(content)
  if (!answer.ok) return { ok: false, text: answer.problem.message }
  aboutMe.value = answer.value
  return { ok: true, text: describe(before, answer.value) }
}

/** What is there now that was not there before. */
function describe(before: LearnerSummary | null, after: LearnerSummary): string {
  const more = (of: (summary: LearnerSummary) => number) => of(after) - (before ? of(before) : 0)
  const parts = [
    [more((s) => s.progress.tasks_passed), 'task'],
    [more((s) => s.sessions.count), 'lab run'],
    [more((s) => s.answers + s.practice.answers), 'answer'],
    [more((s) => s.practice.cards), 'card'],
    [more((s) => s.practice.interviews), 'interview'],
  ] as const
  const fresh = parts.flatMap(([n, word]) => (n > 0 ? [countOf(n, word)] : []))
  return fresh.length > 0
    ? `Imported: ${fresh.join(', ')} that this browser did not have.`
    : 'Imported. All of it was here already, and nothing counts twice.'
}
