/** The routes for learners of a workshop as functions, typed by the contract. */
import type { MemberView, QuizAnswer, QuizState, WorkshopDoor } from '@drydock/sandbox-server/contract'
import { request } from '../client/http.ts'

const workshop = (id: string) => `/workshops/${encodeURIComponent(id)}`

export const classApi = {
  mine: () => request<MemberView[]>('GET', '/workshops/mine'),
  look: (code: string) => request<WorkshopDoor>('POST', '/join/look', { code }),
  join: (code: string, name: string) => request<MemberView>('POST', '/join', { code, name }),
  leave: (id: string) => request<undefined>('DELETE', `${workshop(id)}/mine`),
  answer: (id: string, quiz: string, answer: QuizAnswer) =>
    request<QuizState>('POST', `${workshop(id)}/quiz/answers`, { quiz, answer }),
}
