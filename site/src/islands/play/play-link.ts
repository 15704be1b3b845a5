/**
 * The link that brings files into a playground: `/play/#nodes=2&compose.yaml=…&app.py=…`, names and texts percent-encoded. It stands after
 * the `#`, so that no server hears of it. What is in one is a stranger's: here it is bounded and read, and nothing else. Pure.
 */

export interface LinkFile {
  /** Below the work folder. */
  path: string
  text: string
}
export interface PlayLink {
  nodes: 1 | 2 | 3
  files: readonly LinkFile[]
}
export type ReadLink = { ok: true; link: PlayLink } | { ok: false; why: string }

/** Files of one link, bytes of all their texts, characters of a name, and of the link itself (a byte may take three characters). */
export const most = { files: 8, bytes: 32_768, path: 100, link: 110_000 }

/** Plain names alone: what is shown is what is written, in any font and in any shell. */
const plain = /^(?!\.{1,2}(\/|$))[A-Za-z0-9._][A-Za-z0-9._-]*(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._][A-Za-z0-9._-]*)*$/

/** Control characters but tab and line ends, and those that turn the order of a line around or cannot be seen: a text would not be what it looks like. */
const unseen =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u

/** Null: this is no link with files, but a place on the page or nothing. `hash` with or without its `#`. */
export function readLink(hash: string): ReadLink | null {
  const text = hash.replace(/^#/, '')
  if (!text.includes('=')) return null
  if (text.length > most.link)
    return refuse(`It is longer than ${most.link.toLocaleString('en')} characters, which is the most that is read.`)
  let nodes: PlayLink['nodes'] = 1
  const files: LinkFile[] = []
  let bytes = 0
  for (const part of text.split('&')) {
    const at = part.indexOf('=')
    if (at < 0) return refuse(`It has a part without “=”: ${show(part)}. Expected is name=text, joined by “&”.`)
    const [name, value] = [decode(part.slice(0, at)), decode(part.slice(at + 1))]
    if (name === null || value === null)
      return refuse(`${show(part)} is not percent-encoded text. A “%” itself is written %25.`)
    if (name === 'nodes') {
      if (value !== '1' && value !== '2' && value !== '3')
        return refuse(`It asks for ${show(value)} machines. There are 1, 2 or 3.`)
      nodes = Number(value) as PlayLink['nodes']
      continue
    }
    const why = refuseFile({ path: name, text: value })
    if (why !== null) return refuse(why)
    const inWay = files.find(({ path }) => path === name || path.startsWith(`${name}/`) || name.startsWith(`${path}/`))
    if (inWay) return refuse(`It has ${show(name)} beside ${show(inWay.path)}: both cannot be there.`)
    if (files.length === most.files) return refuse(`It brings more than ${most.files} files.`)
    bytes += sizeOf(value)
    if (bytes > most.bytes) return refuse(`Its files have more than ${most.bytes / 1024} KB together.`)
    files.push({ path: name, text: value })
  }
  return { ok: true, link: { nodes, files } }
}

/** Why a file cannot be in a link, as a sentence; null when it can. */
export function refuseFile({ path, text }: LinkFile): string | null {
  if (path === 'nodes') return 'A file cannot be called “nodes”: that word says how many machines there are.'
  if (path.length > most.path || !plain.test(path))
    return `${show(path)} is not a file name that a link may bring: letters, digits, “.”, “_” and “-”, with “/” between folders, ${most.path} at most.`
  const found = unseen.exec(text)?.[0]
  if (found === undefined) return null
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `${path} holds the character U+${code}, which cannot be seen. A file from a link must be what it looks like.`
}

/** What follows `/play/`. The files must be such that `refuseFile` has nothing against them. */
export function writeLink({ nodes, files }: PlayLink): string {
  const parts = files.map(({ path, text }) => `${encode(path).replaceAll('%2F', '/')}=${encode(text)}`)
  return `#${[...(nodes === 1 ? [] : [`nodes=${nodes}`]), ...parts].join('&')}`
}

export const sizeOf = (text: string) => new TextEncoder().encode(text).length

// A bracket or a quote at its end would be cut off where a link is found in plain text.
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const refuse = (why: string): ReadLink => ({ ok: false, why })

/** A stranger's words within our own: short, and without what could not be seen. */
function show(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return `“${short.replaceAll(new RegExp(unseen, 'gu'), '?').replaceAll(/\s+/g, ' ')}”`
}
