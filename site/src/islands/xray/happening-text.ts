/** What happened, as a sentence. Pure. */
import type { XrayHappening } from '@drydock/sandbox-server/contract'

/** What signals and exit codes of a container's end are about. */
const ends: Record<string, string> = {
  '0': ' by itself, with exit code 0',
  '137': ' with exit code 137: it was killed (SIGKILL)',
  '143': ' with exit code 143: it was asked to end (SIGTERM)',
  '139': ' with exit code 139: it crashed (SIGSEGV)',
  '127': ' with exit code 127: its command was not found',
  '126': ' with exit code 126: its command could not be run',
}

export function sentence({ kind, action, name, detail }: XrayHappening): string {
  const of = (text: string) => (detail === '' ? '' : text)
  const known: Record<string, string> = {
    'container create': `Container ${name} was created${of(` from ${detail}`)}.`,
    'container start': `Container ${name} started.`,
    'container restart': `Container ${name} was restarted.`,
    'container kill': `Container ${name} was sent signal ${detail || '?'}.`,
    'container stop': `Container ${name} was stopped.`,
    'container die': `Container ${name} ended${ends[detail] ?? of(` with exit code ${detail}`)}.`,
    'container oom': `Container ${name} wanted more memory than its limit: the kernel ended a process in it.`,
    'container destroy': `Container ${name} was removed.`,
    'container pause': `Container ${name} was paused.`,
    'container unpause': `Container ${name} goes on.`,
    'container rename': `A container is called ${name} now.`,
    'container update': `Limits of container ${name} were changed.`,
    'container commit': `Container ${name} was made into an image.`,
    'container health_status': `Container ${name} is ${detail || 'checked'}.`,
    'image pull': `Image ${name} was pulled.`,
    'image push': `Image ${name} was pushed.`,
    'image load': `Image ${name} was loaded.`,
    'image tag': `An image got the name ${name}.`,
    'image untag': `An image lost a name (${name}).`,
    'image delete': `Image ${name} was removed.`,
    'network create': `Network ${name} was created.`,
    'network connect': `Container ${detail} joined network ${name}.`,
    'network disconnect': `Container ${detail} left network ${name}.`,
    'network update': `The swarm changed network ${name}: a new one gets its range of addresses this way.`,
    'network destroy': `Network ${name} was removed.`,
    'network remove': `Network ${name} was removed.`,
    'volume create': `Volume ${name} was created.`,
    'volume mount': `Volume ${name} was mounted${of(` at ${detail}`)}.`,
    'volume unmount': `Volume ${name} was unmounted.`,
    'volume destroy': `Volume ${name} was removed.`,
    'service create': `Service ${name} was created.`,
    'service update': `Service ${name} changed${of(`: ${detail}`)}.`,
    'service remove': `Service ${name} was removed.`,
    'node create': `Machine ${name} joined the swarm.`,
    'node update': `Machine ${name} changed${of(`: ${detail}`)}.`,
    'node remove': `Machine ${name} left the swarm.`,
  }
  return known[`${kind} ${action}`] ?? `${kind} ${name}: ${action}${of(` (${detail})`)}.`
}
