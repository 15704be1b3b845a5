/** Signing in with OpenID Connect: authorization code with PKCE, state and nonce. Of an account, who it is, and nothing else, is asked and kept. */
import * as oidc from 'openid-client'
import type { Logger } from 'pino'
import type { IdentityStore } from '../database/identity-store.ts'
import type { LearnerStore } from '../database/learner-store.ts'
import { Refusal } from '../refusal.ts'
import type { Identity } from './identity.ts'
import { createLearnerId } from './learner-cookie.ts'
import { ownAddress, readTicket, signTicket, type SignInTicket } from './sign-in-ticket.ts'

/** Seconds that the provider may take for an answer. */
const patience = 10

export interface SignInOptions {
  issuer: string
  clientId: string
  /** Undefined for a client without one: PKCE alone then says that it is us. */
  clientSecret: string | undefined
  publicUrl: string
  /** Signs tickets. */
  secret: Buffer
  store: IdentityStore
  learners: LearnerStore
  identity: Pick<Identity, 'join'>
  logger: Logger
  now: () => number
}

export type SignIn = ReturnType<typeof createSignIn>

export function createSignIn(options: SignInOptions) {
  const { issuer, clientId, clientSecret, publicUrl, secret, store, learners, identity, logger, now } = options
  const callback = `${publicUrl}/api/sign-in/done`
  let found: Promise<oidc.Configuration> | undefined

  /** Asked for when somebody signs in first, so that this server starts without its provider; what fails is tried again. */
  function discover(): Promise<oidc.Configuration> {
    found ??= oidc
      .discovery(
        new URL(issuer),
        clientId,
        clientSecret,
        clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
        {
          // The settings allow http on this machine alone.
          execute: [
            oidc.enableNonRepudiationChecks,
            ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
          ],
          timeout: patience,
        },
      )
      .catch((error: unknown) => {
        found = undefined
        logger.error({ err: error }, 'the provider of accounts could not be asked')
        throw new Refusal('ACCOUNTS_UNAVAILABLE')
      })
    return found
  }

  /** Who is signed in by what the provider answered. Throws `SIGN_IN`. */
  async function claim(ticket: SignInTicket, address: URL): Promise<{ issuer: string; subject: string }> {
    const { state: expectedState, nonce: expectedNonce, verifier: pkceCodeVerifier } = ticket
    try {
      const tokens = await oidc.authorizationCodeGrant(await discover(), address, {
        ...{ expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true },
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('no ID token')
      return { issuer: claims.iss, subject: claims.sub }
    } catch (error) {
      if (error instanceof Refusal) throw error
      logger.warn({ err: error }, 'sign-in refused')
      throw new Refusal('SIGN_IN')
    }
  }

  return {
    /** Where to send the browser, and what it keeps meanwhile. */
    async begin(to: string): Promise<{ url: string; ticket: string }> {
      const config = await discover()
      const state = oidc.randomState()
      const nonce = oidc.randomNonce()
      const verifier = oidc.randomPKCECodeVerifier()
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...{ state, nonce },
      })
      const content = { state, nonce, verifier, to: ownAddress(to, publicUrl), at: now() }
      return { url: url.href, ticket: signTicket(content, secret) }
    },

    /**
     * `query`: as the provider sent the browser back. `here`: this browser's learner, if any. Answers whose browser it is now: always
     * another number than one that somebody could have planted before the sign-in.
     */
    async finish(
      given: string | undefined,
      query: string,
      here: string | null,
    ): Promise<{ learner: string; to: string }> {
      const ticket = readTicket(given, secret, now())
      if (!ticket) throw new Refusal('SIGN_IN')
      const account = await claim(ticket, new URL(`${callback}${query}`))
      let learner = await store.findByAccount(account.issuer, account.subject)
      if (learner === undefined) {
        const fresh = createLearnerId()
        await learners.see(fresh, now())
        learner = await store.addAccount({ ...account, learner: fresh, at: now() })
      }
      // One that belongs to another account is somebody else's: they forgot to sign out.
      if (here !== null && !(await store.hasAccount(here))) await identity.join(here, learner)
      return { learner, to: ticket.to }
    },

    /** Where the provider's own session is ended; null when it has no such page, or does not answer. */
    async endAddress(): Promise<string | null> {
      const config = await discover().catch(() => null)
      if (!config?.serverMetadata().end_session_endpoint) return null
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: `${publicUrl}/progress/` }).href
    },
  }
}
