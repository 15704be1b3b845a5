/** The settings of the server, read from the environment here (and, of what all commands share, in infra), with an answer for every wrong value. */
import { isIPv4 } from 'node:net'
import path from 'node:path'
import type { z } from 'zod'
import { openInstance, type Instance } from '../../infra/instance.ts'
import type { DatabasePlace } from './database/open-database.ts'
import { redactDatabaseUrl } from './database/database-url.ts'
import { isLoopback } from './loopback.ts'
import { findBlocked, isWithin, parsePortRange, type PortRange } from './preview/port-range.ts'
import { settings, type Settings } from './settings.ts'

export interface Config extends Settings {
  /** Always set, without a trailing slash, for example `http://localhost:4600`. */
  PUBLIC_URL: string
  instance: Instance
  database: DatabasePlace
  /** Null: there are no previews by name. */
  previewDomain: string | null
  /** Null: there are none on ports. */
  previewPorts: PortRange | null
  /** `--insecure-lan` was given: serve beyond loopback over plain http. */
  insecureLan: boolean
}

/** One paragraph for the person who starts the server: variable, value, what is allowed. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** `root`: top of the clone. Reads the process' own environment and arguments unless others are given. Throws `ConfigError`. */
export function loadConfig(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
  argv: string[] = process.argv.slice(2),
): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  )
  const parsed = settings.safeParse(given)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => explain(issue, given)).join('\n'))
  const insecureLan = argv.includes('--insecure-lan')
  const unknown = argv.find((argument) => argument !== '--insecure-lan')
  if (unknown !== undefined) throw new ConfigError(`Unknown argument '${unknown}'. There is --insecure-lan alone.`)
  const publicUrl = parsePublicUrl(parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`)
  refuseContradictions(parsed.data, given)
  refuseInsecure(parsed.data.HOST, publicUrl, insecureLan)
  const instance = openState(root, parsed.data.DRYDOCK_STATE)
  return {
    ...parsed.data,
    PUBLIC_URL: publicUrl.origin,
    previewDomain: previewDomain(parsed.data.PREVIEW_DOMAIN, publicUrl),
    previewPorts: previewPorts(parsed.data, publicUrl),
    DRYDOCK_LABS: path.resolve(root, parsed.data.DRYDOCK_LABS),
    DRYDOCK_SITE: path.resolve(root, parsed.data.DRYDOCK_SITE),
    instance,
    database: parsed.data.DATABASE_URL ? { url: parsed.data.DATABASE_URL } : { file: instance.database },
    insecureLan,
  }
}

function openState(root: string, state: string): Instance {
  try {
    return openInstance(root, state)
  } catch (error) {
    throw new ConfigError(`DRYDOCK_STATE is '${state}': ${error instanceof Error ? error.message : String(error)}`)
  }
}

function explain(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0])
  return `${name} is '${show(name, given[name] ?? '')}', but must be ${issue.message}.`
}

/** Limits that are right each for itself and cannot both hold. */
function refuseContradictions(all: Settings, given: Record<string, string | undefined>): void {
  if ((all.DRYDOCK_OIDC_ISSUER === undefined) !== (all.DRYDOCK_OIDC_CLIENT_ID === undefined))
    throw new ConfigError(
      'DRYDOCK_OIDC_ISSUER and DRYDOCK_OIDC_CLIENT_ID belong together: set both, or neither when there are no accounts.',
    )
  const { DRYDOCK_POOL_MIN: least, DRYDOCK_POOL_MAX: most } = all
  if (given.DRYDOCK_POOL_MIN !== undefined && least > most)
    throw new ConfigError(
      `DRYDOCK_POOL_MIN is '${least}', which is more than DRYDOCK_POOL_MAX, '${most}'. Lower the one or raise the other.`,
    )
  for (const name of ['DRYDOCK_SESSION_TIME', 'DRYDOCK_IDLE_TIME'] as const)
    if (given.DRYDOCK_WARNING !== undefined && all.DRYDOCK_WARNING >= all[name])
      throw new ConfigError(
        `DRYDOCK_WARNING is '${given.DRYDOCK_WARNING}', but must be shorter than ${name}, or labs would be about to end from their start.`,
      )
}

function parsePublicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
    throw new ConfigError(
      `PUBLIC_URL is '${redact(text)}', but must be http:// or https:// with a host name, without path or user name.`,
    )
  return url
}

function previewDomain(given: string | undefined, publicUrl: URL): string | null {
  if (given === undefined) return publicUrl.hostname === 'localhost' ? 'preview.localhost' : null
  if (publicUrl.hostname === given || publicUrl.hostname.endsWith(`.${given}`))
    throw new ConfigError(
      `PREVIEW_DOMAIN is '${given}', but the site itself is on ${publicUrl.hostname}: pages of labs need names that the site does not have.`,
    )
  return given
}

/** Pages on ports are reached directly, by the address of the site, over http: nothing else fits. */
function previewPorts(all: Settings, publicUrl: URL): PortRange | null {
  const { PREVIEW_PORTS: text = '', HOST, PORT } = all
  const range = parsePortRange(text)
  if (!range) return null
  const refuse = (reason: string) => new ConfigError(`PREVIEW_PORTS is '${text}', but ${reason}`)
  const names = 'Set PREVIEW_DOMAIN to a name instead, all names below which lead here'
  if (all.PREVIEW_DOMAIN !== undefined)
    throw refuse(
      `PREVIEW_DOMAIN is set too: pages of labs are under names or on ports. Names are better; drop the ports.`,
    )
  if (publicUrl.protocol === 'https:')
    throw refuse(`PUBLIC_URL is https: pages on ports are plain http, which browsers do not show there. ${names}.`)
  if (!isIPv4(publicUrl.hostname))
    throw refuse(
      `PUBLIC_URL has no IPv4 address but ${publicUrl.hostname}: ports are for where there is no name. ${names}.`,
    )
  if (all.TRUST_PROXY !== 'false')
    throw refuse(
      `TRUST_PROXY is set: visitors of ports are known by their own address, which no proxy may hide. ${names}.`,
    )
  if (isLoopback(HOST) && !isLoopback(publicUrl.hostname))
    throw refuse(
      `HOST is '${HOST}', so nobody else reaches these ports. Set HOST to ${publicUrl.hostname}, or to 0.0.0.0.`,
    )
  for (const port of [PORT, Number(publicUrl.port || 80)])
    if (isWithin(range, port)) throw refuse(`the site itself is on ${port}. Choose a range without it.`)
  const blocked = findBlocked(range)
  if (blocked !== undefined) throw refuse(`browsers open nothing on port ${blocked}. Choose a range without it.`)
  return range
}

function refuseInsecure(host: string, publicUrl: URL, insecureLan: boolean): void {
  if (isLoopback(host) || publicUrl.protocol === 'https:' || insecureLan) return
  throw new ConfigError(
    `HOST is '${host}', so other machines could reach this server, but PUBLIC_URL is ${publicUrl.origin}: over plain http ` +
      'everyone on the way could read and take over terminals. Put a proxy with TLS before it and set PUBLIC_URL to its ' +
      'https address, or add --insecure-lan when you trust everyone on this network.',
  )
}

const redact = (text: string) => text.replace(/\/\/[^/@]*@/, '//***@')

const secret: ReadonlySet<string> = new Set<keyof Settings>([
  'DRYDOCK_ACCESS_CODE',
  'DRYDOCK_METRICS_TOKEN',
  'DRYDOCK_OIDC_CLIENT_SECRET',
])

/** A setting as it may be printed. */
function show(name: string, text: string): string {
  if (text === '') return ''
  if (name === 'DATABASE_URL') return redactDatabaseUrl(text)
  return secret.has(name) ? '***' : redact(text)
}

/** What may be printed at start: every setting, without what could be a secret. */
export function printableConfig(config: Config): Record<string, string | number | boolean> {
  const values: [string, string | number | boolean][] = [
    ['instance', config.instance.id],
    ['insecure_lan', config.insecureLan],
  ]
  for (const name of Object.keys(settings.shape) as (keyof Settings)[]) {
    const value = config[name] ?? ''
    const text = Array.isArray(value) ? value.join(',') : value
    values.push([name, typeof text === 'string' ? show(name, text) : text])
  }
  return Object.fromEntries(values)
}
