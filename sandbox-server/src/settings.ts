/** Every setting of the server as one schema: its name in the environment, its meaning, what it may be. */
import { z } from 'zod'
import { parseRange } from '../../infra/engine/forbidden-ranges.ts'
import { isDatabaseUrl } from './database/database-url.ts'
import { isLoopback } from './loopback.ts'
import { duration, size } from './measures.ts'
import { mostPorts, parsePortRange } from './preview/port-range.ts'

const whole = (from: number, to: number) => {
  const error = `a whole number from ${from} to ${to}`
  return z
    .string()
    .regex(/^\d+$/, { error })
    .transform(Number)
    .pipe(z.int({ error }).min(from, { error }).max(to, { error }))
}

/** Words separated by commas. */
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean),
)

/** IPv4 ranges. */
const ranges = list.refine((all) => all.every((each) => parseRange(each) !== null), {
  error: 'IPv4 ranges separated by commas, for example 203.0.113.0/24,198.51.100.7',
})

/** Of sites that browsers trust to be who they say: https, or this machine. Nothing that would mean more within a policy. */
const origins = list.refine((all) => all.every(isEmbedder), {
  error:
    'origins separated by commas, each https:// and a host name without a path, for example https://blog.example.org',
})

function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.search || url.hash || url.username) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

function isEmbedder(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const trusted = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  return trusted && url?.origin === text && /^[a-z0-9:/.-]+$/.test(text)
}

/** Every variable with its meaning; defaults are written as in the environment. The documentation is made from this. */
export const settings = z.object({
  PORT: whole(1, 65_535).prefault('4600').describe('TCP port to listen on.'),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, { error: 'an address or host name, for example 127.0.0.1' })
    .prefault('127.0.0.1')
    .describe('Address to listen on. Beyond loopback PUBLIC_URL must be https, or --insecure-lan be given.'),
  PUBLIC_URL: z
    .string()
    .optional()
    .describe(
      'Address under which browsers reach the server; decides origin check, cookies and links. Default http://localhost:PORT.',
    ),
  PREVIEW_DOMAIN: z
    .string()
    .regex(/^(?=.{1,180}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/, {
      error: 'a host name in lower case, for example preview.example.org',
    })
    .optional()
    .describe(
      'Host below which pages of labs are shown, each under a name of its own; all names below it lead to this server. Default preview.localhost when PUBLIC_URL is on localhost, else no previews by name.',
    ),
  PREVIEW_PORTS: z
    .string()
    .refine((text) => parsePortRange(text) !== null, {
      error: `a range of at most ${mostPorts} ports from 1024 to 65535, for example 8100-8199`,
    })
    .optional()
    .describe(
      'Where PUBLIC_URL is http:// and an IPv4 address and no proxy is before this server: ports, for example 8100-8199, on which pages of labs are shown instead, to all who share a network address with their visitor. Off without it; PREVIEW_DOMAIN is the better way.',
    ),
  TRUST_PROXY: z
    .string()
    .regex(/^(true|false|[0-9a-fA-F.:/, ]+)$/, {
      error: 'true, false, or addresses and ranges of proxies, separated by commas',
    })
    .prefault('false')
    .describe('Whose X-Forwarded headers to believe: true (everyone), false, or addresses of proxies.'),
  DRYDOCK_STATE: z
    .string()
    .min(1)
    .prefault('.drydock')
    .describe('Folder for everything that is kept; relative to the clone.'),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, { error: 'postgres://user:password@host:port/database' })
    .optional()
    .describe(
      'A database of PostgreSQL for this server alone, `postgres://user:password@host:port/database`. Without it a file of SQLite in the state folder.',
    ),
  DRYDOCK_LABS: z.string().min(1).prefault('labs').describe('Folder with the labs; relative to the clone.'),
  DRYDOCK_SITE: z.string().min(1).prefault('site/dist').describe('Folder with the built site; relative to the clone.'),
  DRYDOCK_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'debug, info, warn, error or silent' })
    .prefault('info')
    .describe('Least important log lines to write.'),
  DRYDOCK_MAX_SESSIONS: whole(1, 1000)
    .prefault('40')
    .describe('Sessions that run at the same time; more wait in a queue.'),
  DRYDOCK_SESSIONS_PER_ADDRESS: whole(0, 1000)
    .prefault('0')
    .describe('Sessions that may run from one network address; 0 for any number, because a class often shares one.'),
  DRYDOCK_NEW_LEARNERS_PER_ADDRESS: whole(0, 100_000)
    .prefault('300')
    .describe(
      'Learners who may begin from one network address within an hour, so that nobody fills the database with made-up ones; 0 for any number.',
    ),
  DRYDOCK_ACCESS_CODE: z
    .string()
    .min(4, { error: 'at least 4 characters long' })
    .optional()
    .describe(
      'What a learner has to know before a lab starts; lessons can be read without it. Nothing is asked for without one.',
    ),
  DRYDOCK_OIDC_ISSUER: z
    .string()
    .refine(isIssuer, {
      error: 'an https:// address without a query, or http:// on this machine, for example https://login.example.org',
    })
    .optional()
    .describe(
      'OpenID Connect provider whose accounts learners may sign in with, besides being anonymous; redirect address PUBLIC_URL/api/sign-in/done.',
    ),
  DRYDOCK_OIDC_CLIENT_ID: z.string().min(1).optional().describe('What this server is called there.'),
  DRYDOCK_OIDC_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe('Its secret there; without one it is a public client, which PKCE alone protects.'),
  DRYDOCK_OIDC_NAME: z
    .string()
    .min(1)
    .max(60)
    .prefault('your account')
    .describe('What pages call that account: "Sign in with …".'),
  DRYDOCK_INSTRUCTORS: list
    .prefault('')
    .describe(
      'Subjects (`sub`) of accounts at the provider, separated by commas, whose owners are instructors; others need a link.',
    ),
  DRYDOCK_EMBED_ORIGINS: origins
    .prefault('')
    .describe('Origins of sites, separated by commas, that may show the playground in a frame; nobody else may.'),
  DRYDOCK_METRICS_TOKEN: z
    .string()
    .min(16, { error: 'at least 16 characters long' })
    .optional()
    .describe(
      'Lets `/metrics` be read with `Authorization: Bearer …`; without it only on this machine, while it serves no other.',
    ),
  DRYDOCK_MAX_QUEUE: whole(0, 10_000)
    .prefault('500')
    .describe('Sessions that may wait; beyond it requests are refused.'),
  DRYDOCK_PARALLEL_STARTS: whole(1, 32).prefault('3').describe('Sessions that are started at the same time.'),
  DRYDOCK_POOL_MIN: whole(0, 100)
    .prefault('1')
    .describe('Lab machines that are always booted ahead, so that a lab starts at once.'),
  DRYDOCK_POOL_MAX: whole(0, 100)
    .prefault('4')
    .describe(
      'Lab machines that are booted ahead when many labs are started, those with small disks and sets of two and three included; 0 for none at all.',
    ),
  DRYDOCK_SESSIONS_PER_LEARNER: whole(1, 10).prefault('1').describe('Sessions that one learner may have running.'),
  DRYDOCK_OPEN_NETWORK: z
    .enum(['true', 'false'], { error: 'true or false' })
    .prefault('false')
    .describe('Whether labs that ask for it (`network: open`) may reach the internet, in the name of this machine.'),
  DRYDOCK_OPEN_FORBIDDEN: ranges
    .prefault('')
    .describe(
      'IPv4 ranges, separated by commas, that such labs must not reach, besides private and special ones and the networks that this machine is in.',
    ),
  DRYDOCK_SESSION_TIME: duration('1s', '7d').prefault('90m').describe('How long a session lasts.'),
  DRYDOCK_IDLE_TIME: duration('1s', '7d')
    .prefault('30m')
    .describe('A session ends when nothing happened in it for so long.'),
  DRYDOCK_HIDDEN_IDLE_TIME: duration('1s', '7d')
    .prefault('60m')
    .describe('The same while it is open in tabs that nobody looks at: a warning could not be seen there.'),
  DRYDOCK_EXTENSION: duration('1s', '1d').prefault('30m').describe('How far "more time" moves the end.'),
  DRYDOCK_EXTENSIONS: whole(0, 100).prefault('3').describe('How often a learner may ask for more time.'),
  DRYDOCK_WARNING: duration('0s', '1h')
    .prefault('5m')
    .describe('How long before its end a session is called expiring.'),
  DRYDOCK_PATIENCE: whole(1, 100)
    .prefault('1')
    .describe('Factor on deadlines for starts, checks and answers of nodes, for slow machines such as emulated ones.'),
  DRYDOCK_KEEP_WORK: duration('0s', '365d').prefault('30d').describe('How long the work of ended sessions is kept.'),
  DRYDOCK_KEEP_WORK_SIZE: size('0B', '1GB').prefault('20MB').describe('Largest work folder that is kept.'),
})

export type Settings = z.infer<typeof settings>
