/** Protects: what the desk shows never gets older, in whichever order answers and events come; a new line begins anew. */
import type { QuizState, WallEvent, WorkshopView } from '@drydock/sandbox-server/contract'
import { expect, test, vi } from 'vitest'
import { fakeWorld } from '../../../test/fakes/fake-sockets.ts'
import type { Answer } from '../client/http.ts'
import { actOnWorkshop, quiz, takeQuiz, watchWorkshop, workshop } from './desk-store.ts'

vi.stubGlobal('location', new URL('http://desk.test/teach/workshop/?id=w'))

const shop = (version: number, title: string) => ({ version, title, now: 0 }) as WorkshopView
const question = (version: number, answered: number) => ({ version, answered }) as QuizState
const wall = (view: WorkshopView): WallEvent => ({
  ...{ type: 'wall', workshop: view, learners: [], columns: [], log: [], quiz: question(view.version, 0) },
})
const ok = <T>(value: T): Answer<T> => ({ ok: true, value })

test('an answer that comes after a newer event does not cover it, and neither does an older event a newer answer', async () => {
  const fake = fakeWorld()
  const stop = watchWorkshop('w', fake.world)
  fake.last().open()
  fake.last().say(wall(shop(10, 'first')))
  const late = Promise.withResolvers<Answer<WorkshopView>>()
  const acted = actOnWorkshop(late.promise, 'Done.')
  fake.last().say({ type: 'workshop', workshop: shop(12, 'by a colleague') })
  late.resolve(ok(shop(11, 'by me')))
  await acted
  expect(workshop.value?.title).toBe('by a colleague')
  await actOnWorkshop(Promise.resolve(ok(shop(14, 'by me, later'))), 'Done.')
  fake.last().say({ type: 'workshop', workshop: shop(13, 'on its way meanwhile') })
  expect(workshop.value?.title).toBe('by me, later')

  fake.last().say({ type: 'quiz', quiz: question(16, 2) })
  takeQuiz(question(15, 0))
  expect(quiz.value?.answered).toBe(2)
  takeQuiz(question(17, 3))
  fake.last().say({ type: 'quiz', quiz: question(16, 2) })
  expect(quiz.value?.answered).toBe(3)

  // Another server counts anew.
  fake.last().say(wall(shop(1, 'after a restart')))
  expect([workshop.value?.title, quiz.value?.answered]).toEqual(['after a restart', 0])
  stop()
})
