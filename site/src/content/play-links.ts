/** The link beside a Dockerfile or compose file of a lesson that opens it in the playground. Pure. */
import { decideLanguage } from '../islands/files/language.ts'
import { most, refuseFile, sizeOf, writeLink } from '../islands/play/play-link.ts'

/** `title`: of the block, often the file's name. Null for every other block, and for what cannot be in a link. */
export function playLinkOf(text: string, language: string | undefined, title: string | undefined): string | null {
  const name = title?.split('/').at(-1) ?? ''
  const kind = decideLanguage(name)
  const path =
    language === 'dockerfile' || language === 'docker'
      ? kind === 'dockerfile'
        ? name
        : 'Dockerfile'
      : (language === 'yaml' || language === 'yml') && /^services:/m.test(text)
        ? kind === 'compose'
          ? name
          : 'compose.yaml'
        : null
  if (path === null) return null
  const file = { path, text: text.endsWith('\n') ? text : `${text}\n` }
  if (refuseFile(file) !== null || sizeOf(file.text) > most.bytes) return null
  return `/play/${writeLink({ nodes: 1, files: [file] })}`
}
