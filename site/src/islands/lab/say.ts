/** Shows a sentence about what did not work, for a while. */
import type { Problem } from '../client/http.ts'
import { notice } from './store.ts'

let timer: ReturnType<typeof setTimeout> | undefined

export function say({ message }: Pick<Problem, 'message'>): void {
  clearTimeout(timer)
  notice.value = message
  timer = setTimeout(() => (notice.value = null), 8000)
}
