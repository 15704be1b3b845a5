/** A class around the learners of a test, for the pictures of the README: real labs, without browsers. */
import { memberView } from '@drydock/sandbox-server/contract'
import type { Learner } from '../harness/learner.ts'
import { openSocket } from '../harness/open-socket.ts'
import type { Platform } from '../harness/platform.ts'

const hello = (says: string) => `docker rm -f hello; docker run --name hello busybox:1.37 echo ${says}`

/** What each of them types into the lab; null: they join and have not begun. */
const typed: Record<string, string[] | null> = {
  'Dmitri Orlov': [hello('ahoy'), 'docker run -d --name web nginx:1.26'],
  'Eun-ji Park': [hello('ahoy')],
  'Farid Haddad': [hello('ahoy'), 'docker run -d --name web -p 8080:80 nginx:1.26'],
  'Grace Mensah': null,
  'Hugo Lindqvist': null,
}
/** Tries one task again and again, each time with another mistake. */
const stuck = {
  name: 'Chiara Bianchi',
  task: 'hello',
  lines: ['docker run --name helo busybox:1.37 echo ahoy', hello('hi'), 'docker rm hello'],
}

export interface Classmates {
  leave(): Promise<void>
}

export async function joinClassmates(platform: Platform, code: string, lab: string): Promise<Classmates> {
  const all = await Promise.all(
    Object.entries({ ...typed, [stuck.name]: stuck.lines }).map(([name, lines]) =>
      join(platform.learner(), name, lines),
    ),
  )
  return {
    async leave() {
      await Promise.all(all.map((each) => each()))
    },
  }

  async function join(learner: Learner, name: string, lines: string[] | null): Promise<() => Promise<void>> {
    const { body } = await learner.request('POST', '/api/join', { code, name })
    const live = await openSocket(learner, `/api/workshops/${memberView.parse(body).id}/live`)
    if (lines === null) return () => Promise.resolve(live.close())
    const session = await learner.start(lab)
    const terminal = await learner.terminal(session.id)
    if (name === stuck.name) await learner.task(session.id, stuck.task, ({ outcome }) => outcome !== null)
    for (const [i, line] of lines.entries()) {
      await terminal.run(line)
      if (name === stuck.name) await learner.task(session.id, stuck.task, ({ tries }) => tries > i)
    }
    return async () => {
      terminal.close()
      live.close()
      await learner.end(session.id)
    }
  }
}
