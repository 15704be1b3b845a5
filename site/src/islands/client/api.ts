/** The routes of the API as functions, typed by the contract. */
import type {
  DebriefView,
  HintsView,
  JoinView,
  LabView,
  LearnerRecord,
  LearnerSummary,
  NewCode,
  PreviewView,
  ProgressView,
  QuizAnswer,
  QuizView,
  SessionView,
  SolutionView,
  TaskState,
  TerminalView,
  Verdict,
  XrayInside,
} from '@drydock/sandbox-server/contract'
import { request } from './http.ts'

const session = (id: string) => `/sessions/${encodeURIComponent(id)}`
const question = (lesson: string, id: string) => `/quizzes/${lesson}/${encodeURIComponent(id)}`
const task = (id: string, name: string) => `${session(id)}/tasks/${encodeURIComponent(name)}`

export const api = {
  lab: (id: string) => request<LabView>('GET', `/labs/${id}`),
  progress: () => request<ProgressView>('GET', '/progress'),
  record: () => request<LearnerRecord>('GET', '/progress/record'),
  sessions: () => request<SessionView[]>('GET', '/sessions'),
  session: (id: string) => request<SessionView>('GET', session(id)),
  quiz: (lesson: string, seed: number) => request<QuizView>('GET', `/quizzes/${lesson}?seed=${seed}`),
  answer: (lesson: string, id: string, body: { id: string; answer: QuizAnswer }) =>
    request<Verdict>('POST', `${question(lesson, id)}/answers`, body),
  ratePoints: (lesson: string, id: string, body: { id: string; points: string[] }) =>
    request<Verdict>('PUT', `${question(lesson, id)}/points`, body),
  giveCode: (code: string) => request<undefined>('POST', '/access', { code }),
  learner: () => request<LearnerSummary>('GET', '/learner'),
  importLearner: (file: unknown) => request<LearnerSummary>('POST', '/learner/import', file),
  newCode: () => request<NewCode>('POST', '/learner/code'),
  withdrawCode: () => request<undefined>('DELETE', '/learner/code'),
  lookAtJoin: (code: string) => request<JoinView>('POST', '/learner/join/look', { code }),
  join: (code: string) => request<LearnerSummary>('POST', '/learner/join', { code }),
  leave: () => request<undefined>('POST', '/learner/leave'),
  forgetMe: () => request<undefined>('DELETE', '/learner'),
  create: (lab: string, options: { replace: boolean; resume: boolean }) =>
    request<SessionView>('POST', '/sessions', { lab, ...options }),
  end: (id: string) => request<unknown>('DELETE', session(id)),
  extend: (id: string) => request<SessionView>('POST', `${session(id)}/extend`),
  reset: (id: string) => request<SessionView>('POST', `${session(id)}/reset`),
  continueFrom: (id: string, task: string) => request<SessionView>('POST', `${session(id)}/continue`, { task }),
  debrief: (id: string) => request<DebriefView>('GET', `${session(id)}/debrief`),
  check: (id: string, name: string) => request<TaskState>('POST', `${task(id, name)}/check`),
  hints: (id: string, name: string) => request<HintsView>('GET', `${task(id, name)}/hints`),
  nextHint: (id: string, name: string) => request<HintsView>('POST', `${task(id, name)}/hints`),
  solution: (id: string, name: string) => request<SolutionView>('GET', `${task(id, name)}/solution`),
  openTerminal: (id: string, node: string) => request<TerminalView>('POST', `${session(id)}/terminals`, { node }),
  renameTerminal: (id: string, terminal: string, title: string) =>
    request<TerminalView>('PATCH', `${session(id)}/terminals/${encodeURIComponent(terminal)}`, { title }),
  restartTerminal: (id: string, terminal: string) =>
    request<unknown>('POST', `${session(id)}/terminals/${encodeURIComponent(terminal)}/restart`),
  preview: (id: string, wish: { node: string; port: number; share: boolean }) =>
    request<PreviewView>('POST', `${session(id)}/previews`, wish),
  inside: (id: string, node: string, container: string) =>
    request<XrayInside>('GET', `${session(id)}/nodes/${node}/containers/${container}/inside`),
  closeTerminal: (id: string, terminal: string) =>
    request<unknown>('DELETE', `${session(id)}/terminals/${encodeURIComponent(terminal)}`),
}

/** Address of a WebSocket of this server, from an address below `/api`. */
export function socketUrl(path: string): string {
  const url = new URL(`/api${path}`, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}
