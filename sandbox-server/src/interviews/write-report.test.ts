/** Protects: a report names what is strong and weak, and has three things to do, the most urgent first. */
import { expect, it } from 'vitest'
import { writeReport, type Asked } from './write-report.ts'

const asked = (topic: string, lesson: string, score: number | null, more: Partial<Asked> = {}): Asked => ({
  ...{ question: `${lesson}-${score}`, topic, lesson: `${topic}/${lesson}`, lab: `${topic}/${lesson}` },
  ...{ text: `About ${lesson}?`, score, reached: score !== null, ...more },
})
const next = [{ lesson: 'swarm/beyond', lab: null }]

it('orders topics by how they went, and takes the mean of what was judged', () => {
  const said = writeReport(
    [
      asked('a', 'x', 1),
      asked('a', 'y', 1),
      asked('b', 'x', 0),
      asked('b', 'y', 0.5),
      asked('c', 'x', 0.6),
      asked('d', 'x', null),
    ],
    next,
  )
  expect(said).toMatchObject({ strong: ['a'], weak: ['b'], score: 3.1 / 5 })
  expect(said.topics).toContainEqual({ topic: 'd', asked: 1, reached: 0, score: null })
})

it('has to do what was missed most, then what was not reached, then what comes next; each lesson once', () => {
  const said = writeReport(
    [
      asked('a', 'little', 0.5),
      asked('a', 'much', 0),
      asked('a', 'much', 0),
      asked('b', 'late', null),
      asked('b', 'well', 1),
    ],
    next,
  )
  expect(said.todo.map(({ lesson, why, asked: texts }) => [lesson, why, texts.length])).toEqual([
    ['a/much', 'missed', 2],
    ['a/little', 'missed', 1],
    ['b/late', 'not-reached', 1],
  ])
  expect(writeReport([asked('a', 'well', 1)], next).todo).toEqual([
    { lesson: 'swarm/beyond', lab: null, why: 'next', asked: [] },
  ])
  expect(writeReport([], []).todo).toEqual([])
})

it('a free answer that nobody has rated is neither strong nor weak', () => {
  const said = writeReport([asked('a', 'x', null, { reached: true })], [])
  expect(said).toMatchObject({ score: null, strong: [], weak: [], topics: [{ reached: 1, score: null }] })
})
