/** Protects: a learner sees the question that is asked now, also when the server's word on their answer to the last one comes late. */
import type { QuizState } from '@drydock/sandbox-server/contract'
import { expect, test, vi } from 'vitest'
import { fakeWorld } from '../../../test/fakes/fake-sockets.ts'
import { quiz, takeAnswered, watchClass } from './class-store.ts'

vi.stubGlobal('location', new URL('http://lesson.test/'))

const question = (version: number, id: string) => ({ version, id }) as QuizState

test('a late answer does not bring back the last question; a timely one shows at once', () => {
  const fake = fakeWorld()
  const stop = watchClass('w', fake.world)
  fake.last().open()
  fake.last().say({ type: 'quiz', quiz: question(5, 'first'), mine: null })
  fake.last().say({ type: 'quiz', quiz: question(8, 'second'), mine: null })
  takeAnswered(question(7, 'first'))
  expect(quiz.value?.id).toBe('second')
  takeAnswered(question(9, 'second'))
  expect(quiz.value?.version).toBe(9)
  stop()
})
