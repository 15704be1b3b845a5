/** Protects: the mistakes that people make in compose files are found, with a reason, and correct files are left alone. */
import { expect, it } from 'vitest'
import { lintYaml } from './lint-compose.ts'

const say = (text: string) =>
  lintYaml(text, true).map(({ from, to, message }) => `${text.slice(from, to)} | ${message}`)

it('leaves a correct file alone', () => {
  const good = `x-base: &base {restart: always}
services:
  web:
    <<: *base
    build: {context: ., target: run}
    ports: ["8080:80", 9090]
    depends_on: {db: {condition: service_healthy}}
    volumes: [./src:/src:ro, data:/data]
    deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 64M}}}
    mem_limit: \${LIMIT}
  db: {image: postgres:17, environment: [A=b], networks: [default], healthcheck: {test: pg_isready}}
volumes: {data: }
`
  expect(say(good)).toEqual([])
})

it('names what is unknown, and what was meant', () => {
  expect(say('services:\n  web:\n    prots: []\n')[0]).toBe(
    'prots | There is no `prots` in `services`. Do you mean `ports`?',
  )
  expect(say('service:\n  web: {}\n')[0]).toContain('Do you mean `services`?')
  expect(say('services:\n  web:\n    frobnicate: 1\n')[0]).toBe('frobnicate | There is no `frobnicate` in `services`.')
})

it('says what a key takes', () => {
  expect(say('services:\n  web:\n    ports: "8080:80"\n')[0]).toContain('`ports` takes a list, and this is a text.')
  expect(say('services:\n  web: nginx\n')[0]).toContain('`web` is a map of settings.')
  expect(say('services:\n  web: {image: x, privileged: maybe}\n')[0]).toContain('`true` or `false`')
  expect(say('- a\n')[0]).toContain('A compose file is a map')
})

it('finds names that nobody defines', () => {
  const found = say('services:\n  web: {image: x, depends_on: [bd], networks: [front], volumes: ["data:/x"]}\n')
  expect(found.join('\n')).toMatch(/uses `bd`.*under services[\s\S]*uses `front`[\s\S]*volume `data` is not defined/)
})

it('passes on what YAML itself says', () => {
  expect(say('services:\n\tweb: {}\n').length).toBeGreaterThan(0)
  expect(lintYaml('a: [1\n', false)[0]?.severity).toBe('error')
})
