/** What the interview bank of this repository promises: its size, the questions that every bank has to hold, and live ones that are what they say. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bankFormNames } from '../bank-schema.ts'
import { parseManifest } from '../catalogue/manifest.ts'
import { chooseValues } from '../catalogue/values.ts'
import { quizLevels, seedIds } from '../quiz-schema.ts'
import { loadBank } from './load-bank.ts'

const repository = path.resolve(import.meta.dirname, '../../../..')
const { bank } = await loadBank(repository)
const all = [...bank.values()]
const lives = [...bank].flatMap(([id, each]) => (each.form === 'live' ? [{ id, ...each }] : []))

test.each(seedIds)('%s is asked', (seed) => {
  expect(all.filter((each) => each.seed === seed)).not.toEqual([])
})

test('seven topics, three levels and all forms are in it, and it is large enough', () => {
  expect(all.length).toBeGreaterThanOrEqual(120)
  expect(lives.length).toBeGreaterThanOrEqual(15)
  expect(new Set(all.map(({ topic }) => topic)).size).toBe(7)
  expect(new Set(all.map(({ level }) => level))).toEqual(new Set(quizLevels))
  expect(new Set(all.map(({ form }) => form))).toEqual(new Set(bankFormNames))
  expect(all.filter(({ form }) => form === 'free').length).toBeGreaterThanOrEqual(all.length / 4)
})

/** `cause`: what is broken; where it listens is none. */
async function valuesOf({ lab, variant = 0 }: { lab: string; variant?: number | undefined }) {
  const read = parseManifest(await readFile(path.join(repository, 'labs', lab, 'lab.yaml'), 'utf8'))
  if ('problems' in read) throw new Error(`labs/${lab}: ${read.problems.join(', ')}`)
  const values = chooseValues(read.manifest, variant)
  const cause = Object.entries(values).filter(([name]) => name !== 'port' && name !== 'inner')
  return { port: values['port'], cause }
}

const ports = (text: string) => [...text.matchAll(/\b[3-9]\d{3}\b/g)].map(([port]) => port)

test.each(lives)('$id: the port that it names is that of its variant', async ({ text, lab, variant }) => {
  const { port } = await valuesOf({ lab, variant })
  if (port === undefined || ports(text).length === 0) return
  expect(variant, 'without a variant its port is another each time').toBeTypeOf('number')
  expect(ports(text)).toEqual([port])
})

const siblings = lives.flatMap((one) =>
  lives.filter((other) => other.lab === one.lab && other.id > one.id).map((other) => ({ one, other })),
)
test.each(siblings)('$one.id and $other.id have different causes', async ({ one, other }) => {
  expect((await valuesOf(one)).cause).not.toEqual((await valuesOf(other)).cause)
})
