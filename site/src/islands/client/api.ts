/** The routes of the API as functions, typed by the contract. */
import type {
  DebriefView,
  HintsView,
  InterviewAnswer,
  InterviewList,
  InterviewReport,
  InterviewView,
  JoinView,
  LabView,
  LearnerRecord,
  LearnerSummary,
  NewCode,
  NextItemView,
  PracticeOverview,
  PracticeVerdict,
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
const interview = (id: string) => `/interviews/${encodeURIComponent(id)}`
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
  practice: () => request<PracticeOverview>('GET', `/practice?offset=${-new Date().getTimezoneOffset()}`),
  nextItem: (query: string) => request<NextItemView>('GET', `/practice/next?${query}`),
  answerItem: (body: { id: string; item: string; turn: number; answer: QuizAnswer | null; ms: number }) =>
    request<PracticeVerdict>('POST', '/practice/answers', body),
  rateItem: (body: { id: string; points: string[] }) => request<PracticeVerdict>('PUT', '/practice/points', body),
  collectCards: (collect: boolean) => request<undefined>('PUT', '/practice/collect', { collect }),
  interviews: () => request<InterviewList>('GET', '/interviews'),
  interview: (id: string) => request<InterviewView>('GET', interview(id)),
  report: (id: string) => request<InterviewReport>('GET', `${interview(id)}/report`),
  beginInterview: (wish: { topics: string[]; level: string; minutes: number; live: boolean; replace: boolean }) =>
    request<InterviewView>('POST', '/interviews', wish),
  answerInterview: (id: string, body: { id: string; turn: number; answer: InterviewAnswer }) =>
    request<InterviewView>('POST', `${interview(id)}/answers`, body),
  rateInterview: (id: string, body: { turn: number; points: string[] }) =>
    request<InterviewView>('PUT', `${interview(id)}/points`, body),
  beginLive: (id: string, body: { turn: number; replace: boolean }) =>
    request<InterviewView>('POST', `${interview(id)}/live`, body),
  endInterview: (id: string) => request<InterviewView>('POST', `${interview(id)}/end`),
  giveCode: (code: string) => request<undefined>('POST', '/access', { code }),
  learner: () => request<LearnerSummary>('GET', '/learner'),
  importLearner: (file: unknown) => request<LearnerSummary>('POST', '/learner/import', file),
  newCode: () => request<NewCode>('POST', '/learner/code'),
  withdrawCode: () => request<undefined>('DELETE', '/learner/code'),
  lookAtJoin: (code: string) => request<JoinView>('POST', '/learner/join/look', { code }),
  join: (code: string) => request<LearnerSummary>('POST', '/learner/join', { code }),
  leaveElsewhere: () => request<LearnerSummary>('POST', '/learner/leave-elsewhere'),
  leave: () => request<{ elsewhere: string | null }>('POST', '/learner/leave'),
  signIn: (to: string) => request<{ url: string }>('POST', '/sign-in', { to }),
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
