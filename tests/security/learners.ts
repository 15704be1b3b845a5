/** Attacks on who somebody is: codes that are guessed, sign-ins that are made up, addresses that lead away. What needs a browser's way through the server is attacked in sandbox-server/test/learners. */
import { randomBytes } from 'node:crypto'
import { settings } from '../../sandbox-server/src/settings.ts'
import { wrongCodes } from '../../sandbox-server/src/learners/identity.ts'
import { createNewcomers, type Newcomers } from '../../sandbox-server/src/learners/newcomers.ts'
import { createTries, type Tries } from '../../sandbox-server/src/learners/tries.ts'
import {
  ownAddress,
  readTicket,
  signTicket,
  type SignInTicket,
} from '../../sandbox-server/src/learners/sign-in-ticket.ts'
import type { Attempt, Theme } from './attack.ts'

const site = 'https://docker.example.org'
/** What browsers read as another host, in the spellings that filters miss. */
const leadingAway = [
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/x/..//evil.example',
  'https:evil.example',
]
/** Guesses that nobody who has their code in hand would need. */
const guesses = 1000
/** What DRYDOCK_NEW_LEARNERS_PER_ADDRESS is when nobody sets it. */
const most = settings.shape.DRYDOCK_NEW_LEARNERS_PER_ADDRESS.parse(undefined)

const addresses = (address: (to: string) => string): Attempt => {
  const away = leadingAway.filter((to) => new URL(address(to), site).origin !== site)
  return { succeeded: away.length > 0, said: away.map((to) => JSON.stringify(to)).join(' ') }
}

const guess = (tries: Tries): Attempt => {
  let made = 0
  for (let i = 0; i < guesses; i++) if (tries.left('203.0.113.7')) made = (tries.count('203.0.113.7'), made + 1)
  return { succeeded: made > 100, said: `${made} of ${guesses} guesses in ten minutes` }
}

const flood = (newcomers: Newcomers): Attempt => {
  let made = 0
  for (let i = 0; i < guesses; i++)
    try {
      newcomers.admit('203.0.113.7')
      made++
    } catch {
      continue
    }
  return { succeeded: made > most, said: `${made} of ${guesses} were kept` }
}
const newcomers = (count: number) => createNewcomers(count, { warn: () => undefined }, Date.now)

/** Of a sign-in that the attacker began: whoever's browser is given it ends up in the attacker's account. */
function planted(read: (text: string) => SignInTicket | null): Attempt {
  const content = { state: 'of-the-attacker', nonce: 'n', verifier: 'v', to: '/', at: Date.now() }
  const ticket = read(signTicket(content, randomBytes(32)))
  return { succeeded: ticket?.state === content.state, said: ticket === null ? 'refused' : 'taken' }
}

export const learners = (): Theme => ({
  title: 'Learners',
  attacks: [
    {
      name: 'recovery codes by guessing',
      tries: `Somebody tries ${guesses} codes from one network.`,
      why: 'Twenty that nobody has are enough for ten minutes.',
      without: 'the count of wrong codes',
      control: async () => guess(createTries({ most: Infinity, within: 600_000 }, Date.now)),
      attempt: async () => guess(createTries(wrongCodes.network, Date.now)),
    },
    {
      name: 'identities by the thousand',
      tries: `Somebody throws their cookie away after each request, and has something kept ${guesses} times.`,
      why: `From one network ${most} new learners are kept in an hour.`,
      without: 'the count of new learners',
      control: async () => flood(newcomers(0)),
      attempt: async () => flood(newcomers(most)),
    },
    {
      name: 'a sign-in that was made up',
      tries: 'Somebody plants the cookie of a sign-in that they began themselves.',
      why: 'It is signed with a key of this server.',
      without: 'the signature',
      control: async () =>
        planted((text) => JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString()) as SignInTicket),
      attempt: async () => planted((text) => readTicket(text, randomBytes(32), Date.now())),
    },
    {
      name: 'addresses that lead away after signing in',
      tries: 'A link has one go on, after signing in, at an address that browsers read as another host.',
      why: 'It is read as browsers read it, and answered as a whole address of this site.',
      without: 'reading it as an address',
      control: async () => addresses((to) => to),
      attempt: async () => addresses((to) => ownAddress(to, site)),
    },
  ],
})
