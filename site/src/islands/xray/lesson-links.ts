/** What each kind of thing is, in a sentence, and the lesson that explains it. */
import type { Kind } from './xray-state.ts'

interface Explained {
  /** One, as a word. */
  word: string
  is: string
  lesson: { href: string; title: string }
}

export const explained: Record<Kind, Explained> = {
  container: {
    word: 'container',
    is: 'An ordinary process of the node, with a view and limits of its own.',
    lesson: { href: '/isolation/not-a-vm/', title: 'what a container is' },
  },
  image: {
    word: 'image',
    is: 'Read-only layers, one on the other, and the settings a container starts with. Images share layers that are the same.',
    lesson: { href: '/layers/first-dockerfile/', title: 'how images are made' },
  },
  network: {
    word: 'network',
    is: 'Containers in the same network reach each other, in all but the default one by name.',
    lesson: { href: '/compose/networks/', title: 'networks and names' },
  },
  volume: {
    word: 'volume',
    is: 'A folder that the engine keeps when the containers that mount it are gone.',
    lesson: { href: '/volumes/lifetimes/', title: 'what outlives a container' },
  },
  service: {
    word: 'service',
    is: 'What shall run in the swarm and how often. The managers start tasks until it is so.',
    lesson: { href: '/swarm/first-swarm/', title: 'from one host to three' },
  },
  task: {
    word: 'task',
    is: 'One container that a service wants on one machine. It is never restarted, only replaced by another.',
    lesson: { href: '/swarm/first-swarm/', title: 'from one host to three' },
  },
  member: {
    word: 'machine of the swarm',
    is: 'Managers decide where tasks run; every machine that is active runs them.',
    lesson: { href: '/swarm/first-swarm/', title: 'from one host to three' },
  },
}

export const engineLesson = { href: '/architecture/client-and-daemon/', title: 'client and engine' }
