/** How the scripts that run inside the machine end: one line of JSON for `cases.ts`, and a status. */

/** Resolves with what was seen, in a few words; an error becomes the report of a failure. */
export async function report(work: () => Promise<string>): Promise<void> {
  let ok = true
  let said: string
  try {
    said = await work()
  } catch (error) {
    ok = false
    said = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  process.stdout.write(`${JSON.stringify({ ok, said })}\n`, () => process.exit(ok ? 0 : 1))
}

export const note = (text: string): void => void process.stderr.write(`${text}\n`)
