/** The routes for instructors as functions, typed by the contract. */
import type {
  LogEntry,
  PlanWorkshop,
  QuizState,
  Rehearsal,
  TeachingLink,
  TeachView,
  WorkshopReport,
  WorkshopView,
} from '@drydock/sandbox-server/contract'
import { request } from '../client/http.ts'

const workshop = (id: string) => `/workshops/${encodeURIComponent(id)}`
const member = (id: string, who: string) => `${workshop(id)}/members/${encodeURIComponent(who)}`

/** What every help answers with. */
type Helped = { n: number | null }

export const teachApi = {
  teach: () => request<TeachView>('GET', '/teach'),
  prove: (key: string, name: string) => request<TeachView>('POST', '/teach', { key, name }),
  teachWith: (key: string, name: string) => request<WorkshopView>('POST', '/teach/with', { key, name }),
  workshop: (id: string) => request<WorkshopView>('GET', workshop(id)),
  plan: (plan: PlanWorkshop) => request<WorkshopView>('POST', '/workshops', plan),
  change: (id: string, part: Partial<PlanWorkshop>) => request<WorkshopView>('PATCH', workshop(id), part),
  remove: (id: string) => request<undefined>('DELETE', workshop(id)),
  move: (id: string, to: 'waiting' | 'running' | 'paused' | 'ended') =>
    request<WorkshopView>('POST', `${workshop(id)}/state`, { to }),
  extend: (id: string, minutes: number) => request<WorkshopView>('POST', `${workshop(id)}/extend`, { minutes }),
  newCode: (id: string) => request<WorkshopView>('POST', `${workshop(id)}/code`),
  invite: (id: string) => request<TeachingLink>('POST', `${workshop(id)}/invite`),
  admitAll: (id: string) => request<Helped>('POST', `${workshop(id)}/members/admit`),
  admit: (id: string, who: string) => request<Helped>('POST', `${member(id, who)}/admit`),
  rename: (id: string, who: string, name: string) => request<Helped>('PATCH', member(id, who), { name }),
  removeMember: (id: string, who: string) => request<Helped>('DELETE', member(id, who)),
  hint: (id: string, who: string, hint: { text: string; lab: string | null; task: string | null }) =>
    request<Helped>('POST', `${member(id, who)}/hint`, hint),
  highlight: (id: string, who: string, line: { place: string; block: number; text: string }) =>
    request<Helped>('POST', `${member(id, who)}/highlight`, line),
  handFile: (id: string, who: string, file: { name: string; text: string }) =>
    request<Helped>('POST', `${member(id, who)}/file`, file),
  askToType: (id: string, who: string) => request<Helped>('POST', `${member(id, who)}/typing`),
  giveBack: (id: string, who: string) => request<Helped>('DELETE', `${member(id, who)}/typing`),
  broadcast: (id: string, kind: 'message' | 'command', text: string) =>
    request<Helped>('POST', `${workshop(id)}/broadcast`, { kind, text }),
  lead: (id: string, place: string | null) => request<Helped>('POST', `${workshop(id)}/follow`, { place }),
  lock: (id: string, lab: string, tasks: string[], locked: boolean) =>
    request<WorkshopView>('POST', `${workshop(id)}/locks`, { lab, tasks, locked }),
  catchUp: (id: string, wish: { lab: string; task: string; members: string[] | 'behind' }) =>
    request<{ begun: string[] }>('POST', `${workshop(id)}/catch-up`, wish),
  askAll: (id: string, lesson: string, question: string) =>
    request<QuizState>('POST', `${workshop(id)}/quiz`, { lesson, question }),
  closeQuiz: (id: string) => request<QuizState>('DELETE', `${workshop(id)}/quiz`),
  report: (id: string) => request<WorkshopReport>('GET', `${workshop(id)}/report`),
  log: (id: string, after: number) => request<LogEntry[]>('GET', `${workshop(id)}/log?after=${after}`),
  /** Nothing when there was none yet. */
  rehearsal: (id: string) => request<Rehearsal | undefined>('GET', `${workshop(id)}/rehearsal`),
  rehearse: (id: string) => request<Rehearsal>('POST', `${workshop(id)}/rehearsal`),
  endRehearsal: (id: string) => request<undefined>('DELETE', `${workshop(id)}/rehearsal`),
}
