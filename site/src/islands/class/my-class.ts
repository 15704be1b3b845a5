/** Which workshop this browser is in: remembered, so that a page of somebody who is in none asks nobody and loads nothing. */
import { recall, remember } from '../client/storage.ts'

const key = 'drydock-class'

export const myClass = (): string | null => recall(key) || null
export const rememberClass = (id: string | null): void => remember(key, id ?? '')
