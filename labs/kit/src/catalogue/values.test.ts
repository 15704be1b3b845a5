/** What varies by learner: fixed by the seed, spread over the choices, and filled in wherever it may stand. */
import { expect, test } from 'vitest'
import { fillIn, leaveOpen, manifest } from '../schema.ts'
import { scriptCommand } from './lab.ts'
import { chooseValues, environmentOf, showScript, unknownIn } from './values.ts'

const base = {
  ...{ title: 'A lab', summary: 'A lab for this test.', kind: 'challenge', minutes: 5 },
  tasks: [{ id: 'a', goal: 'Do it.' }],
}
const lab = manifest.parse({
  ...base,
  values: { port: { one_of: [8080, 8081, 9090] }, token: { hex: 12 }, 'bad-host': { one_of: ['db', 'cache'] } },
})

test('the same seed chooses the same, and every choice comes up', () => {
  expect(chooseValues(lab, 7)).toEqual(chooseValues(lab, 7))
  const many = Array.from({ length: 200 }, (_, seed) => chooseValues(lab, seed))
  expect(new Set(many.map((each) => each['port']))).toEqual(new Set(['8080', '8081', '9090']))
  expect(new Set(many.map((each) => each['token'])).size).toBe(200)
  expect(many.every((each) => /^[0-9a-f]{12}$/.test(each['token'] ?? ''))).toBe(true)
})

test('a value that is added changes no other', () => {
  const more = { values: { ...lab.values, another: { hex: 4 } } }
  expect(chooseValues(more, 3)).toMatchObject(chooseValues(lab, 3))
})

test('scripts find them in their environment, and may be written with placeholders', () => {
  const values = { port: '8081', 'bad-host': 'db' }
  expect(environmentOf(values, 5)).toEqual({ LAB_PORT: '8081', LAB_BAD_HOST: 'db', LAB_SEED: '5' })
  expect(scriptCommand('curl localhost:{{port}}', values, 5)).toEqual([
    ...['env', 'LAB_PORT=8081', 'LAB_BAD_HOST=db', 'LAB_SEED=5', 'bash', '-ec'],
    'curl localhost:8081',
  ])
})

test('a shown solution has them in their places, and leaves what is Go or the shell’s alone', () => {
  const script = "docker run -p $LAB_PORT:80 web\ncurl ${LAB_PORT}/{{bad-host}} $LAB_PORTS $HOME '{{.State}} {{end}}'"
  expect(showScript(script, { port: '8081', 'bad-host': 'db' })).toBe(
    "docker run -p 8081:80 web\ncurl 8081/db $LAB_PORTS $HOME '{{.State}} {{end}}'",
  )
  expect(unknownIn(script, lab)).toEqual(['LAB_PORTS'])
})

test('a text without a session leaves them open', () => {
  expect(leaveOpen('Answer on `{{port}}`, `{{json .}}`', Object.keys(lab.values))).toBe('Answer on `…`, `{{json .}}`')
  expect(fillIn('{{port}} {{other}}', { port: '1' })).toBe('1 {{other}}')
})

test('a manifest says what is wrong with a value or its use', () => {
  const told = (change: object) =>
    manifest
      .safeParse({
        ...base,
        tasks: [{ id: 'a', goal: 'Use {{port}}.' }],
        values: { port: { one_of: [1, 2] } },
        ...change,
      })
      .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  expect(told({})).toBeUndefined()
  expect(told({ values: {} })).toEqual(["tasks.0.goal: {{port}} stands for no value: declare 'port' below values"])
  expect(told({ values: { port: { one_of: [1] } } })?.[0]).toBe('values.port.one_of: needs two or more choices')
  expect(told({ values: { port: 8080 } })?.[0]).toMatch(/^values.port: must be { one_of/)
  expect(told({ values: { port: { one_of: [1, 'a b'] } } })?.[0]).toMatch(
    /^values.port.one_of.1: must be letters, digits/,
  )
  expect(told({ kind: 'incident' })).toEqual([
    'pager: an incident needs a pager: add it',
    'debrief: an incident needs a debrief: add it',
  ])
  expect(told({ clock_minutes: 10 })).toEqual(['clock_minutes: only an incident has it, and this is a challenge lab'])
})
