/** Protects: a learner's answers survive a backup and a restore under the server that they use, and move to another server on the other database. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { QuizView } from '@drydock/sandbox-server/contract'
import { startBareServer, type BareServer } from '../../harness/bare-server.ts'
import type { Learner } from '../../harness/learner.ts'
import { repository } from '../../harness/platform.ts'
import { startPostgres } from '../../harness/postgres.ts'

const quiz = '/api/quizzes/layers/cache'

/** `npm run <command>` of the operator of this server; meanwhile this process hears what the server says, as the end of a connection. */
function command(server: BareServer, ...args: string[]): Promise<{ status: unknown; said: string }> {
  const env = { ...process.env, ...server.env }
  const script = path.join(repository, 'infra/drydock.mjs')
  return new Promise((resolve) =>
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, said: stdout + stderr }),
    ),
  )
}

/** Answers the first question that takes a choice; the id of the answer. */
async function answer(learner: Learner): Promise<string> {
  const { body } = await learner.request<QuizView>('GET', quiz)
  const question = body.questions.find((each) => each.form === 'single')
  if (question?.form !== 'single') throw new Error('the quiz has no single choice any more')
  const id = randomUUID()
  const sent = { id, answer: { form: 'single', option: question.options[0]?.id } }
  expect((await learner.request('POST', `${quiz}/${question.id}/answers`, sent)).status).toBe(200)
  return id
}

const lastOf = async (learner: Learner) =>
  (await learner.request<QuizView>('GET', quiz)).body.questions.flatMap((question) => question.last?.id ?? [])

test('backup and restore under a server that runs, undo, and a move to PostgreSQL', { timeout: 120_000 }, async () => {
  await using server = await startBareServer()
  const [early, late] = [server.learner(), server.learner()]
  const file = path.join(server.instance.state, 'one.backup')
  const first = await answer(early)
  expect(await command(server, 'backup', file)).toMatchObject({ status: 0 })
  const second = await answer(late)

  const refused = await command(server, 'restore', file)
  expect(refused).toMatchObject({ status: 1, said: expect.stringContaining('--replace') as string })
  expect(await lastOf(late)).toEqual([second])
  const restored = await command(server, 'restore', file, '--replace')
  expect(restored.status, restored.said).toBe(0)
  expect([await lastOf(early), await lastOf(late)]).toEqual([[first], []])
  // The server goes on: whoever the backup does not know begins anew, with the cookie that they have.
  const third = await answer(late)
  expect(await lastOf(late)).toEqual([third])
  const [, aside = ''] = /What was there is in (\S+\.backup):/.exec(restored.said) ?? []
  expect(await command(server, 'restore', aside, '--replace')).toMatchObject({ status: 0 })
  expect([await lastOf(early), await lastOf(late)]).toEqual([[first], [second]])

  await using postgres = await startPostgres({ durable: false })
  await using other = await startBareServer({ DATABASE_URL: postgres.url() })
  const foreign = await command(other, 'restore', aside)
  expect(foreign).toMatchObject({ status: 1, said: expect.stringContaining('Stop the server first') as string })
  await other.kill9()
  const moved = await command(other, 'restore', aside)
  expect(moved.status, moved.said).toBe(0)
  await other.restart()
  const there = other.learner()
  // Its name has the port in it, which on a host of its own would be the usual one.
  there.cookie = late.cookie.replace(/^drydock_learner_\d+/, `drydock_learner_${new URL(there.url).port}`)
  expect(await lastOf(there)).toEqual([second])
})
