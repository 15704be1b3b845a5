/** What one can do with the terminals of a session; the server tells everyone by an event too, this only saves the wait. */
import type { SessionView, TerminalView } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import { say } from '../lab/say.ts'
import * as store from '../lab/store.ts'
import { terminalHandles } from '../terminal/active-terminal.ts'

interface Options {
  onOpened: (id: string) => void
  onClosed: () => void
}

export function useTerminals({ id }: SessionView, { onOpened, onClosed }: Options) {
  const change = (edit: (list: TerminalView[]) => TerminalView[]) => {
    const session = store.session.value
    if (session?.id === id) store.session.value = { ...session, terminals: edit(session.terminals) }
  }
  const add = async (node: string): Promise<string | null> => {
    const answer = await api.openTerminal(id, node)
    if (!answer.ok) {
      say(answer.problem)
      return null
    }
    store.wantsTerminal.value = true
    change((list) => [...list.filter((t) => t.id !== answer.value.id), answer.value])
    return answer.value.id
  }
  return {
    add,
    async open(node: string) {
      const opened = await add(node)
      if (opened !== null) onOpened(opened)
    },
    async close(terminal: string) {
      const answer = await api.closeTerminal(id, terminal)
      if (!answer.ok && answer.problem.code !== 'TERMINAL_UNKNOWN') return say(answer.problem)
      change((list) => list.filter((each) => each.id !== terminal))
      onClosed()
    },
    async rename(terminal: string, title: string) {
      const answer = await api.renameTerminal(id, terminal, title)
      if (!answer.ok) return say(answer.problem)
      change((list) => list.map((each) => (each.id === terminal ? answer.value : each)))
    },
    /** Ends what runs in it; a new shell begins in its place. */
    async restart(terminal: string) {
      const answer = await api.restartTerminal(id, terminal)
      if (!answer.ok) return say(answer.problem)
      terminalHandles.get(terminal)?.begin()
    },
  }
}
