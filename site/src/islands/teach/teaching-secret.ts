/** What makes an instructor: the secret of a link that the server printed, or that a colleague made for one workshop. */
import type { TeachView } from '@drydock/sandbox-server/contract'
import type { Answer } from '../client/http.ts'
import { teachApi } from './teach-api.ts'

export interface TeachingSecret {
  kind: 'key' | 'with'
  key: string
}

/** The secret in the page's address: taken out of it at once, so that it stands in no history and on no projector. */
export function takeLink(): TeachingSecret | null {
  const secret = location.hash.includes('=') ? readLink(location.hash) : null
  if (secret) history.replaceState(null, '', location.pathname + location.search)
  return secret
}

/** The secret of a link that somebody pasted; without a link around it, it is the server's own. */
export function readLink(pasted: string): TeachingSecret {
  const text = pasted.trim()
  const parts = new URLSearchParams(text.slice(text.indexOf('#') + 1))
  const by = parts.get('with')
  return by === null ? { kind: 'key', key: parts.get('key') ?? text } : { kind: 'with', key: by }
}

/** A colleague's link leads on to its workshop. */
export async function proveWith({ kind, key }: TeachingSecret, name: string): Promise<Answer<TeachView | null>> {
  if (kind === 'key') return teachApi.prove(key, name)
  const answer = await teachApi.teachWith(key, name)
  if (!answer.ok) return answer
  location.assign(`/teach/workshop/?id=${answer.value.id}`)
  return { ok: true, value: null }
}
