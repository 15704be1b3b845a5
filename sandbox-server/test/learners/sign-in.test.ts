/** Signing in with OpenID Connect at a real provider: what a browser had is joined with the account, and nobody else gets in. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import type { LearnerSummary } from '../../src/contract/identity.ts'
import type { TestApp } from '../open-test-app.ts'
import { openProvider, type TestProvider } from './provider.ts'
import { answer, createSomeone, exportOf, openBeside, openServer, work } from './someone.ts'

interface Place extends AsyncDisposable {
  server: TestApp
  provider: TestProvider
}

/** The server is up before its provider is. */
async function open(): Promise<Place> {
  const provider = await openProvider()
  const server = await openServer(provider.env)
  await provider.start(server.url)
  return {
    server,
    provider,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await provider[Symbol.asyncDispose]()
    },
  }
}

const begin = async (learner: Learner, to = '/layers/cache/'): Promise<string> => {
  const answered = await learner.request<{ url: string }>('POST', '/api/sign-in', { to })
  expect(answered.status).toBe(200)
  return answered.body.url
}
/** As the browser that was sent back: answers where it goes on. */
const back = async (learner: Learner, url: string): Promise<string> => {
  const answered = await learner.request('GET', url.slice(learner.url.length))
  expect(answered.status).toBe(302)
  return answered.headers.get('location') ?? ''
}
const signIn = async ({ provider }: Place, learner: Learner, who: string, to?: string) =>
  await back(learner, await provider.signIn(await begin(learner, to), who))
const summaryOf = async (learner: Learner) => (await learner.request<LearnerSummary>('GET', '/api/learner')).body
const refused = (url: string) => `${url}/progress/?sign-in=refused#devices`

test('the first sign-in takes along what this browser has, the next one elsewhere finds it and adds what is there', async () => {
  await using place = await open()
  const { server } = place
  const first = await createSomeone(server)
  const had = await exportOf(first)
  expect((await summaryOf(first)).account).toEqual({ name: 'the harbour office', signed_in: false })
  expect(await signIn(place, first, 'alice')).toBe(`${server.url}/layers/cache/`)
  expect((await summaryOf(first)).account).toEqual({ name: 'the harbour office', signed_in: true })
  expect(await exportOf(first)).toEqual(had)

  const second = await createSomeone(server)
  const there = await exportOf(second)
  await work(server, second)
  await signIn(place, second, 'alice')
  const all = await exportOf(second)
  expect(await exportOf(first)).toEqual(all)
  expect(all.answers).toHaveLength(had.answers.length + there.answers.length)
  expect(all.progress.map((row) => row.origin).toSorted()).toEqual(
    [...had.progress, ...there.progress].map((row) => row.origin).toSorted(),
  )
  // The lab that ran goes on, for both.
  expect((await summaryOf(first)).running).toEqual(['layers/sample'])
  // Again it changes nothing, and somebody else has nothing of it.
  await signIn(place, second, 'alice')
  expect(await exportOf(second)).toEqual(all)
  const bob = createLearner(server.url)
  await signIn(place, bob, 'bob')
  expect(await summaryOf(bob)).toMatchObject({ answers: 0, account: { signed_in: true } })
  await using beside = await openBeside(server)
  expect((await beside.rows('accounts')).map((row) => row.subject).toSorted()).toEqual(['alice', 'bob'])
})

test('on a computer where somebody forgot to sign out, their progress stays theirs', async () => {
  await using place = await open()
  const computer = await createSomeone(place.server)
  await signIn(place, computer, 'alice')
  const alice = await exportOf(computer)
  await signIn(place, computer, 'bob')
  expect(await summaryOf(computer)).toMatchObject({ answers: 0 })
  const elsewhere = createLearner(place.server.url)
  await signIn(place, elsewhere, 'alice')
  expect(await exportOf(elsewhere)).toEqual(alice)
})

test('signing out says where the account itself is signed out, and leaves this browser with nothing', async () => {
  await using place = await open()
  const learner = await createSomeone(place.server)
  await signIn(place, learner, 'alice')
  const { body } = await learner.request<{ elsewhere: string }>('POST', '/api/learner/leave')
  const url = new URL(body.elsewhere)
  expect(url.origin).toBe(place.provider.issuer)
  expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${place.server.url}/progress/`)
  expect((await fetch(url)).status).toBe(200)
  expect(await summaryOf(learner)).toMatchObject({ known_since: null, account: { signed_in: false } })
  const anonymous = createLearner(place.server.url)
  expect((await anonymous.request('POST', '/api/learner/leave')).body).toEqual({ elsewhere: null })
})

test('signed out everywhere else, the account still leads to all of it', async () => {
  await using place = await open()
  const learner = await createSomeone(place.server)
  await signIn(place, learner, 'alice')
  const elsewhere = createLearner(place.server.url)
  await signIn(place, elsewhere, 'alice')
  const had = await exportOf(learner)
  await learner.request('POST', '/api/learner/leave-elsewhere')
  expect(await summaryOf(elsewhere)).toMatchObject({ known_since: null, account: { signed_in: false } })
  expect((await summaryOf(learner)).account).toMatchObject({ signed_in: true })
  expect(await exportOf(learner)).toEqual(had)
  await signIn(place, elsewhere, 'alice')
  expect(await exportOf(elsewhere)).toEqual(had)
})

test('what the browser keeps on the way is out of reach of scripts and other sites', async () => {
  await using place = await open()
  const learner = createLearner(place.server.url)
  const answered = await learner.request<{ url: string }>('POST', '/api/sign-in', { to: '/' })
  const [ticket] = answered.headers.getSetCookie().filter((each) => each.startsWith('drydock_sign_in='))
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=600']) expect(ticket).toContain(part)
  const asked = new URL(answered.body.url).searchParams
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    scope: 'openid',
    code_challenge_method: 'S256',
    redirect_uri: `${place.server.url}/api/sign-in/done`,
  })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/)
  const foreign = await learner.request('POST', '/api/sign-in', { to: '/' }, { origin: 'https://evil.example' })
  expect(foreign).toMatchObject({ status: 403, body: { error: { code: 'WRONG_ORIGIN' } } })
})

test('an answer with a forged state, for another browser, or that was used already is refused', async () => {
  await using place = await open()
  const { server, provider } = place
  const learner = createLearner(server.url)
  const answered = await provider.signIn(await begin(learner), 'alice')
  const { cookie } = learner
  const forged = new URL(answered)
  forged.searchParams.set('state', 'x'.repeat(43))
  expect(await back(learner, forged.href)).toBe(refused(server.url))

  // Somebody is led to an answer that was meant for the attacker's browser.
  const victim = await createSomeone(server)
  const before = victim.cookie
  expect(await back(victim, answered)).toBe(refused(server.url))
  expect(victim.cookie.split('; ')[0]).toBe(before)
  // A ticket that was made up, or changed, is none.
  const ticket = /drydock_sign_in=([^;]+)/.exec(cookie)?.[1] ?? ''
  const [body = ''] = ticket.split('.')
  for (const each of [`${body}.${'A'.repeat(43)}`, `x${ticket}`, body, '..', 'x'.repeat(5000)]) {
    const liar = createLearner(server.url)
    liar.cookie = `drydock_sign_in=${each}`
    expect(await back(liar, answered)).toBe(refused(server.url))
  }

  learner.cookie = cookie
  expect(await back(learner, answered)).toBe(`${server.url}/layers/cache/`)
  const replaying = createLearner(server.url)
  replaying.cookie = cookie
  expect(await back(replaying, answered)).toBe(refused(server.url))
  expect(await summaryOf(replaying)).toMatchObject({ account: { signed_in: false } })
})

test('an answer that took too long, or none, or a refusal, signs nobody in', async () => {
  await using place = await open()
  const { server, provider } = place
  const learner = createLearner(server.url)
  const answered = await provider.signIn(await begin(learner), 'alice')
  server.travel(11 * 60_000)
  expect(await back(learner, answered)).toBe(refused(server.url))
  for (const query of ['', '?', '?code=x', '?state=x&code=y', `?code=${'x'.repeat(3000)}`]) {
    await begin(learner)
    expect(await back(learner, `${server.url}/api/sign-in/done${query}`)).toBe(refused(server.url))
  }
  await begin(learner)
  const cancelled = await back(learner, `${server.url}/api/sign-in/done?error=access_denied`)
  expect(cancelled).toBe(`${server.url}/progress/?sign-in=cancelled#devices`)
  expect(await summaryOf(learner)).toMatchObject({ account: { signed_in: false } })
})

test('an ID token for another site, of another provider, of another sign-in, or changed on the way is refused', async () => {
  await using place = await open()
  const { server, provider } = place
  await using other = await openProvider()
  await other.start(server.url)
  const outcome = async (swap: (idToken: string) => string): Promise<string> => {
    provider.swap = swap
    const learner = createLearner(server.url)
    const where = await signIn(place, learner, 'mallory')
    provider.swap = null
    expect(await summaryOf(learner)).toMatchObject({ account: { signed_in: false } })
    return where
  }
  // Without a swap this way leads in: what follows fails for the token alone.
  expect(await signIn(place, createLearner(server.url), 'alice')).toBe(`${server.url}/layers/cache/`)
  const alices = provider.given.at(-1) ?? ''

  const changed = (token: string, change: object): string => {
    const [head, body = '', signature] = token.split('.')
    const claims = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), ...change }
    return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
  }
  const unsigned = (token: string): string => {
    const head = Buffer.from('{"alg":"none"}').toString('base64url')
    return `${head}.${changed(token, { sub: 'alice' }).split('.')[1]}.`
  }
  expect(await outcome(() => alices)).toBe(refused(server.url))
  expect(await outcome((token) => changed(token, { sub: 'alice' }))).toBe(refused(server.url))
  expect(await outcome((token) => changed(token, { aud: 'another-site' }))).toBe(refused(server.url))
  expect(await outcome((token) => changed(token, { iss: other.issuer }))).toBe(refused(server.url))
  expect(await outcome(unsigned)).toBe(refused(server.url))

  // Whole tokens that are signed by who they say, for another audience and by another issuer, with this sign-in's nonce.
  for (const [at, clientId] of [
    [provider, 'another-site'],
    [other, 'drydock'],
  ] as const) {
    const learner = createLearner(server.url)
    const url = new URL(await begin(learner))
    const nonce = url.searchParams.get('nonce') ?? ''
    const foreign = await idTokenOf(at, clientId, nonce, `${server.url}/api/sign-in/done`)
    provider.swap = () => foreign
    expect(await back(learner, await provider.signIn(url.href, 'mallory'))).toBe(refused(server.url))
    provider.swap = null
    expect(await summaryOf(learner)).toMatchObject({ account: { signed_in: false } })
  }
  // And an answer that says itself that it comes from elsewhere.
  const learner = createLearner(server.url)
  const mixed = new URL(await provider.signIn(await begin(learner), 'alice'))
  expect(mixed.searchParams.get('iss')).toBe(provider.issuer)
  mixed.searchParams.set('iss', other.issuer)
  expect(await back(learner, mixed.href)).toBe(refused(server.url))
})

/** An ID token that this provider really gives, to a client of its own and with a nonce of the attacker's choice. */
async function idTokenOf(at: TestProvider, clientId: string, nonce: string, redirect: string): Promise<string> {
  const verifier = 'v'.repeat(64)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const url = new URL(`${at.issuer}/auth`)
  const asked = { client_id: clientId, response_type: 'code', scope: 'openid', redirect_uri: redirect, nonce }
  for (const [name, value] of Object.entries({ ...asked, code_challenge: challenge, code_challenge_method: 'S256' }))
    url.searchParams.set(name, value)
  const code = new URL(await at.signIn(url.href, 'alice')).searchParams.get('code') ?? ''
  const answered = await fetch(`${at.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${at.env.DRYDOCK_OIDC_CLIENT_SECRET}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  })
  const { id_token } = (await answered.json()) as { id_token: string }
  expect(id_token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  return id_token
}

test('after signing in one goes on at a page of ours, whatever was asked for', async () => {
  await using place = await open()
  const { server } = place
  const learner = createLearner(server.url)
  const home = `${server.url}/progress/`
  for (const [to, where] of [
    ['/layers/cache/?x=1#start', `${server.url}/layers/cache/?x=1#start`],
    ['https://evil.example/', home],
    ['//evil.example/', home],
    ['/\\evil.example', home],
    ['\\\\evil.example', home],
    ['/\t/evil.example', home],
    ['javascript:alert(1)', home],
    ['/api/learner', home],
    ['/x/..//evil.example', `${server.url}//evil.example`],
    ['/%0d%0aset-cookie:a=b', `${server.url}/%0d%0aset-cookie:a=b`],
    ['', home],
  ] as const)
    expect([to, await signIn(place, learner, 'alice', to)]).toEqual([to, where])
})

test('a cookie, a code or an open lab that somebody planted before the sign-in opens nothing after it', async () => {
  await using place = await open()
  const { server } = place
  const attacker = createLearner(server.url)
  await answer(attacker, 'bait-answer')
  const { body: made } = await attacker.request<{ code: string }>('POST', '/api/learner/code')
  const bait = await work(server, attacker)
  for (const who of ['alice', 'alice']) {
    const browser = createLearner(server.url)
    browser.cookie = attacker.cookie
    await signIn(place, browser, who)
    expect(browser.cookie).not.toContain(attacker.cookie)
    expect(await attacker.request('GET', `/api/sessions/${bait}`)).toMatchObject({ status: 401 })
    const later = createLearner(server.url)
    later.cookie = attacker.cookie
    expect(await summaryOf(later)).toMatchObject({ known_since: null, account: { signed_in: false } })
    expect(await later.request('POST', '/api/learner/join', { code: made.code })).toMatchObject({ status: 404 })
  }
  // Whoever is signed in does not give their data away by entering a code that somebody hands them.
  const victim = await createSomeone(server)
  await signIn(place, victim, 'carol')
  const { body: trap } = await createLearner(server.url).request<{ code: string }>('POST', '/api/learner/code')
  const entered = await victim.request('POST', '/api/learner/join', { code: trap.code })
  expect(entered).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
})

test('a provider that is away is said to be, and a server without one has no accounts', async () => {
  await using provider = await openProvider()
  await using server = await openServer(provider.env)
  const learner = createLearner(server.url)
  expect(await learner.request('POST', '/api/sign-in', { to: '/' })).toMatchObject({
    status: 503,
    body: { error: { code: 'ACCOUNTS_UNAVAILABLE', retry: true } },
  })
  await provider.start(server.url)
  expect(await learner.request('POST', '/api/sign-in', { to: '/' })).toMatchObject({ status: 200 })

  await using plain = await openServer()
  const visitor = createLearner(plain.url)
  expect((await summaryOf(visitor)).account).toBeNull()
  expect(await visitor.request('POST', '/api/sign-in', { to: '/' })).toMatchObject({ status: 404 })
  expect(await visitor.request('GET', '/api/sign-in/done?code=x')).toMatchObject({ status: 404 })
})
