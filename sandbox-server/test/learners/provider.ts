/** A real provider of accounts, from the package oidc-provider, on loopback; and a person who signs in there by its own forms. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer as createHttp } from 'node:http'
import { once } from 'node:events'
import Provider from 'oidc-provider'
import { freePort } from '../../../infra/cli/port.ts'

export interface TestProvider extends AsyncDisposable {
  issuer: string
  /** Settings of a server whose accounts are kept here. */
  env: Record<string, string>
  /** It begins to answer; `app`: public address of the server that may send people here. */
  start(app: string): Promise<void>
  /** What the token endpoint says instead of an ID token, until it is taken away. */
  swap: ((idToken: string) => string) | null
  /** ID tokens that it gave, the last one last. */
  readonly given: string[]
  /** Goes to `url`, signs in as `who`, agrees, and answers where the browser is sent in the end. */
  signIn(url: string, who: string): Promise<string>
}

const clientSecret = 'a-secret-of-the-client'

export async function openProvider(): Promise<TestProvider> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  let listening: ReturnType<typeof createHttp> | undefined
  const given: string[] = []
  const test: TestProvider = {
    issuer,
    env: {
      DRYDOCK_OIDC_ISSUER: issuer,
      DRYDOCK_OIDC_CLIENT_ID: 'drydock',
      DRYDOCK_OIDC_CLIENT_SECRET: clientSecret,
      DRYDOCK_OIDC_NAME: 'the harbour office',
    },
    swap: null,
    given,
    async start(app) {
      const provider = createProvider(issuer, app)
      provider.use(async (ctx, next) => {
        await next()
        const body = ctx.body as { id_token?: string } | undefined
        if (ctx.path !== '/token' || body?.id_token === undefined) return
        given.push(body.id_token)
        if (test.swap) ctx.body = { ...body, id_token: test.swap(body.id_token) }
      })
      listening = createHttp((request, response) => void provider.callback()(request, response))
      listening.listen(port, '127.0.0.1')
      await once(listening, 'listening')
    },
    signIn: (url, who) => signIn(issuer, url, who),
    async [Symbol.asyncDispose]() {
      listening?.closeAllConnections()
      if (listening) await new Promise((resolve) => listening?.close(resolve))
    },
  }
  return test
}

function createProvider(issuer: string, app: string): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = (client_id: string) => ({
    ...{
      client_id,
      client_secret: clientSecret,
      response_types: ['code' as const],
      grant_types: ['authorization_code'],
    },
    ...{ redirect_uris: [`${app}/api/sign-in/done`], post_logout_redirect_uris: [`${app}/progress/`] },
  })
  return new Provider(issuer, {
    clients: [client('drydock'), client('another-site')],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' }] },
    cookies: { keys: ['a-key-for-tests'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  })
}

/** As a browser: cookies, redirects, and the two forms that the provider shows. */
async function signIn(issuer: string, url: string, who: string): Promise<string> {
  const jar = new Map<string, string>()
  let at = url
  let form: string | null = null
  for (let step = 0; step < 15; step++) {
    const answer = await fetch(at, {
      redirect: 'manual',
      method: form === null ? 'GET' : 'POST',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === null ? {} : { body: form }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    form = null
    const location = answer.headers.get('location')
    const page = await answer.text()
    if (location !== null) at = new URL(location, at).href
    else if (page.includes('value="login"')) form = `prompt=login&login=${encodeURIComponent(who)}&password=any`
    else if (page.includes('value="consent"')) form = 'prompt=consent'
    else throw new Error(`the provider says ${answer.status}: ${page.slice(0, 300)}`)
    if (!at.startsWith(issuer)) return at
  }
  throw new Error('the provider sends one in circles')
}
