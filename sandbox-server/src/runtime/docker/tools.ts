/** Runs the few host programs that have no API: mount, mkfs, cp. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Rejects with what the program said. */
export async function tool(command: string, ...args: string[]): Promise<string> {
  return (await execute(command, args, { maxBuffer: 4 * 1024 * 1024 })).stdout
}
