/** Settings: defaults, measures, and a sentence for every wrong value. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, printableConfig } from './config.ts'
import { parseDuration, parseSize } from './measures.ts'

const state = mkdtempSync(path.join(tmpdir(), 'drydock-config-'))
const load = (env: Record<string, string> = {}, argv: string[] = []) =>
  loadConfig(state, { DRYDOCK_STATE: state, ...env }, argv)

test('without any setting it serves this machine alone', () => {
  const config = load()
  expect(config).toMatchObject({
    PORT: 4600,
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://localhost:4600',
    DRYDOCK_SESSION_TIME: 5_400_000,
  })
  expect(config.instance.state).toBe(state)
  expect(load({ PORT: '5000' }).PUBLIC_URL).toBe('http://localhost:5000')
  expect(load({ PUBLIC_URL: 'https://docker.example/' }).PUBLIC_URL).toBe('https://docker.example')
})

test.each([
  ['PORT', 'abc', /^PORT is 'abc', but must be a whole number from 1 to 65535\.$/],
  ['PORT', '70000', /^PORT is '70000', but must be a whole number from 1 to 65535\.$/],
  ['DRYDOCK_SESSION_TIME', '90 minutes', /^DRYDOCK_SESSION_TIME is '90 minutes', but must be a duration from 1s to 7d/],
  ['DRYDOCK_KEEP_WORK_SIZE', '20', /^DRYDOCK_KEEP_WORK_SIZE is '20', but must be a size from 0B to 1GB/],
  ['DRYDOCK_LOG', 'loud', /^DRYDOCK_LOG is 'loud', but must be debug, info, warn, error or silent\.$/],
  ['HOST', 'a b', /^HOST is 'a b', but must be an address/],
  ['TRUST_PROXY', 'maybe', /^TRUST_PROXY is 'maybe'/],
  ['DRYDOCK_OIDC_ISSUER', 'http://login.example.org', /^DRYDOCK_OIDC_ISSUER is 'http:.*, but must be an https/],
  ['DRYDOCK_OIDC_ISSUER', 'login', /^DRYDOCK_OIDC_ISSUER/],
  ['PUBLIC_URL', 'localhost:4600', /^PUBLIC_URL is 'localhost:4600', but must be/],
  ['PUBLIC_URL', 'http://u:pw@x.example/', /^PUBLIC_URL is 'http:\/\/\*\*\*@x\.example\/'/],
  ['PUBLIC_URL', 'http://x.example/path', /^PUBLIC_URL/],
])('%s=%s is refused with the name, the value and what is allowed', (name, value, message) => {
  expect(() => load({ [name]: value })).toThrow(ConfigError)
  expect(() => load({ [name]: value })).toThrow(message)
})

test('beyond loopback over plain http it asks for a flag, and says why', () => {
  expect(() => load({ HOST: '0.0.0.0' })).toThrow(/could read and take over terminals.*--insecure-lan/)
  expect(load({ HOST: '0.0.0.0' }, ['--insecure-lan']).insecureLan).toBe(true)
  expect(load({ HOST: '0.0.0.0', PUBLIC_URL: 'https://docker.example' }).HOST).toBe('0.0.0.0')
  expect(load({ HOST: '127.0.0.53' }).HOST).toBe('127.0.0.53')
  expect(() => load({ HOST: '127.0.0.1.evil.example' })).toThrow(ConfigError)
  expect(() => load({}, ['--insecure'])).toThrow(/Unknown argument '--insecure'/)
})

test.each([
  [
    { DRYDOCK_POOL_MIN: '5', DRYDOCK_POOL_MAX: '2' },
    /DRYDOCK_POOL_MIN is '5', which is more than DRYDOCK_POOL_MAX, '2'/,
  ],
  [{ DRYDOCK_WARNING: '40m' }, /DRYDOCK_WARNING is '40m', but must be shorter than DRYDOCK_IDLE_TIME/],
  [{ DRYDOCK_MAX_SESSIONS: '0' }, /DRYDOCK_MAX_SESSIONS is '0', but must be a whole number from 1/],
  [{ DRYDOCK_OIDC_ISSUER: 'https://login.example.org' }, /DRYDOCK_OIDC_CLIENT_ID belong together/],
  [{ DRYDOCK_OIDC_CLIENT_ID: 'drydock' }, /DRYDOCK_OIDC_ISSUER and .* belong together/],
  [{ DRYDOCK_ACCESS_CODE: 'abc' }, /DRYDOCK_ACCESS_CODE is '\*\*\*', but must be at least 4/],
])('limits that cannot hold: %j', (env, message) => {
  expect(() => load(env)).toThrow(message)
})

const room = { PUBLIC_URL: 'http://192.0.2.7:4600', HOST: '0.0.0.0', PREVIEW_PORTS: '8100-8199' }
const inRoom = (env: Record<string, string> = {}) => load({ ...room, ...env }, ['--insecure-lan'])

test('pages on ports are for a server that is known by an address, and off unless asked for', () => {
  expect(load().previewPorts).toBeNull()
  expect(inRoom()).toMatchObject({ previewDomain: null, previewPorts: { from: 8100, to: 8199 } })
  expect(inRoom({ PREVIEW_PORTS: '8100-8100' }).previewPorts).toEqual({ from: 8100, to: 8100 })
  expect(load({ PUBLIC_URL: 'http://127.0.0.1:4600', PREVIEW_PORTS: '8100-8199' }).previewPorts?.from).toBe(8100)
  expect(printableConfig(inRoom())).toMatchObject({ PREVIEW_PORTS: '8100-8199' })
})

test.each([
  [{ PREVIEW_PORTS: '8100' }, /^PREVIEW_PORTS is '8100', but must be a range of at most 1000 ports from 1024 to 65535/],
  [{ PREVIEW_PORTS: '8199-8100' }, /but must be a range/],
  [{ PREVIEW_PORTS: '8100-9100' }, /but must be a range of at most 1000/],
  [{ PREVIEW_PORTS: '65000-65536' }, /but must be a range/],
  [{ PREVIEW_PORTS: '80-90' }, /but must be a range/],
  [{ PREVIEW_PORTS: '4500-4700' }, /the site itself is on 4600/],
  [{ PREVIEW_PORTS: '4500-4700', PORT: '5000' }, /the site itself is on 4600/],
  [{ PREVIEW_PORTS: '5050-5070' }, /browsers open nothing on port 5060/],
  [{ PREVIEW_DOMAIN: 'preview.lan' }, /PREVIEW_DOMAIN is set too/],
  [{ PUBLIC_URL: 'https://192.0.2.7' }, /PUBLIC_URL is https.*Set PREVIEW_DOMAIN/],
  [{ PUBLIC_URL: 'http://drydock.lan' }, /PUBLIC_URL has no IPv4 address but drydock\.lan.*Set PREVIEW_DOMAIN/],
  [{ PUBLIC_URL: 'http://[2001:db8::7]:4600' }, /PUBLIC_URL has no IPv4 address/],
  [{ TRUST_PROXY: '127.0.0.1' }, /TRUST_PROXY is set.*Set PREVIEW_DOMAIN/],
  [{ HOST: '127.0.0.1' }, /HOST is '127\.0\.0\.1', so nobody else reaches these ports\. Set HOST to 192\.0\.2\.7/],
])('pages on ports are refused where they could not be seen or not be known: %j', (env, message) => {
  expect(() => inRoom(env)).toThrow(ConfigError)
  expect(() => inRoom(env)).toThrow(message)
})

test('secrets are not printed', () => {
  const url = 'postgres://ahab:white%40whale@db.example.org:5433/drydock?sslmode=require&password=whale'
  const printed = printableConfig(
    load({ DRYDOCK_ACCESS_CODE: 'harbour-42', DRYDOCK_OIDC_CLIENT_SECRET: 'a-secret', DATABASE_URL: url }),
  )
  expect(printed).toMatchObject({
    DRYDOCK_ACCESS_CODE: '***',
    DRYDOCK_METRICS_TOKEN: '',
    DRYDOCK_OIDC_CLIENT_SECRET: '***',
    DATABASE_URL: 'postgres://ahab:***@db.example.org:5433/drydock',
  })
})

test('a database is a file of the state folder, or where DATABASE_URL says', () => {
  expect(load().database).toEqual({ file: expect.stringMatching(/\/drydock\.sqlite$/) as string })
  const socket = 'postgresql:///drydock?host=/run/postgresql'
  expect(load({ DATABASE_URL: socket }).database).toEqual({ url: socket })
})

test.each(['mysql://a:whale@b/c', 'postgres://a:whale@b', 'postgres:///c', 'drydock', 'postgres://a:wh@ale@b:port/c'])(
  'a wrong DATABASE_URL is refused without its password: %s',
  (wrong) => {
    const message = "DATABASE_URL is '***', but must be postgres://user:password@host:port/database."
    expect(() => load({ DATABASE_URL: wrong })).toThrow(message)
  },
)

test('what is printed at start is every setting and the instance', () => {
  expect(printableConfig(load())).toMatchObject({
    PORT: 4600,
    instance: expect.stringMatching(/^[0-9a-f]{6}$/) as string,
    insecure_lan: false,
  })
})

describe('measures', () => {
  test.each([
    ['90m', 5_400_000],
    ['1h30m', 5_400_000],
    ['30d', 2_592_000_000],
    ['500ms', 500],
    ['', null],
    ['5', null],
    ['m5', null],
    ['5 m', null],
    ['-5m', null],
    ['1.5h', null],
  ])('duration %s', (text, ms) => expect(parseDuration(text)).toBe(ms))
  test.each([
    ['20MB', 20_000_000],
    ['512KiB', 524_288],
    ['0B', 0],
    ['20', null],
    ['20mb', null],
    ['1e3B', null],
    ['99999999999999GB', null],
  ])('size %s', (text, bytes) => expect(parseSize(text)).toBe(bytes))
})
