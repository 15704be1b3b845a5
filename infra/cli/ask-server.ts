/** Asks the server that runs what its operator alone may ask, with the key that it has left in the state folder. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Instance } from '../instance.ts'
import { findServer } from './server-process.ts'
import { StepError } from './step.ts'

export type AskServer = (method: string, what: string, body?: object) => Promise<unknown>

/** `otherwise`: what to say when no server runs here. */
export function connectToServer(instance: Instance, otherwise: string): AskServer {
  const server = findServer(instance)
  if (!server) throw new StepError(`The server does not run here, so ${otherwise}. \`npm start\` starts it.`)
  const key = readKey(path.join(instance.state, 'operator.key'))
  return async (method, what, body) => {
    const answer = await fetch(new URL(`/api/operator/${what}`, server.url), {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: unknown) => {
      throw new StepError(
        `The server at ${server.url} does not answer (${String(error)}). Its log: ${instance.logs}/server.log`,
      )
    })
    const said = (await answer.json()) as { error?: { message: string } }
    if (!answer.ok) throw new StepError(said.error?.message ?? `The server answered ${answer.status}.`)
    return said
  }
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StepError(
      `${file} cannot be read (${(error as Error).message}). The server writes it at its start; root can read it.`,
    )
  }
}
