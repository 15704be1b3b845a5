/** `npm run instructor`: a link that makes whoever opens it an instructor, once. */
import { connectToServer } from './ask-server.ts'
import { UsageError, type CommandContext } from './command.ts'

interface Link {
  url: string
  expires_at: number
}

export async function instructor({ args, instance }: CommandContext): Promise<number> {
  const json = args.includes('--json')
  if (args.some((arg) => arg !== '--json')) throw new UsageError('`npm run instructor` takes --json alone')
  const ask = connectToServer(instance, 'it can make no link')
  const { link } = (await ask('POST', 'instructor', {})) as { link: Link }
  process.stdout.write(
    json
      ? `${JSON.stringify(link)}\n`
      : `${link.url}\n\nWhoever opens this link first is an instructor from then on. It is good once, until ${new Date(link.expires_at).toLocaleString()};\nlinks that were made before and not used are not good any more.\n`,
  )
  return 0
}

/** For a server on which nobody teaches yet; null for others. */
export async function firstInstructor({ instance }: Pick<CommandContext, 'instance'>): Promise<string | null> {
  const ask = connectToServer(instance, 'it can make no link')
  const { link } = (await ask('POST', 'instructor', { first: true })) as { link: Link | null }
  return link?.url ?? null
}
