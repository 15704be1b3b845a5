/** Writes the files of a link that was agreed to, and nothing over what is there; runs nothing. */
import { effect } from '@preact/signals'
import { createFilesClient } from '../files/files-client.ts'
import { isReady, session } from '../lab/store.ts'
import type { LinkFile } from './play-link.ts'
import { arrived, coming } from './play-state.ts'

/** As soon as there is a machine. Returns how to stop. */
export function putWhenReady(): () => void {
  return effect(() => {
    if (!isReady.value || coming.value.length === 0) return
    const files = coming.value
    queueMicrotask(() => {
      coming.value = []
      void putFiles(files, { replace: false })
    })
  })
}

export async function putFiles(files: readonly LinkFile[], { replace }: { replace: boolean }): Promise<void> {
  const running = session.value
  if (!running) return
  const client = createFilesClient(running.id, running.nodes[0] ?? 'node1')
  const told = { there: [] as LinkFile[], inWay: [] as LinkFile[], lost: [] as LinkFile[] }
  let problem: NonNullable<typeof arrived.value>['problem'] = null
  for (const file of files) {
    const answer = await client.write(file.path, file.text, replace ? undefined : null)
    if (answer.ok) told.there.push(file)
    else if (!replace && (answer.problem.code === 'FILE_EXISTS' || answer.problem.code === 'FILE_CHANGED')) {
      const found = await client.read(file.path)
      if (found.ok && found.value.text === file.text) told.there.push(file)
      else told.inWay.push(file)
    } else {
      told.lost.push(file)
      problem = answer.problem
    }
  }
  const before = arrived.value
  // What is there already, from the first attempt.
  const there = [...(before?.there ?? []).filter((file) => !files.includes(file)), ...told.there]
  arrived.value = { ...told, there, problem }
}
