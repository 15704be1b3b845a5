/** `npm run stop`: the server if it runs, then the lab engine. */
import { engineVersion } from '../engine/lab-engine.ts'
import { stopOwned } from '../engine/owned.ts'
import { requireRoot } from './bring-up.ts'
import type { CommandContext } from './command.ts'
import { stopServer } from './server-process.ts'

export async function stop({ instance, progress }: CommandContext): Promise<number> {
  requireRoot('stop')
  const server = progress.begin('Server')
  const stopped = await stopServer(instance)
  server.end(stopped ? 'done' : 'there', stopped ? 'stopped' : 'was not running')
  const engine = progress.begin('Lab engine')
  const running = (await engineVersion(instance)) !== null
  await stopOwned(instance)
  engine.end(running ? 'done' : 'there', running ? 'stopped, with all labs' : 'was not running')
  return 0
}
