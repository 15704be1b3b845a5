/** What one would type for a file, in the work folder. Pure. */
import { shellWord } from './file-tree.ts'
import { decideLanguage } from './language.ts'

/** Null when there is nothing one always would. */
export function commandFor(path: string): string | null {
  const language = decideLanguage(path)
  const word = shellWord(path)
  if (language === 'dockerfile') {
    const at = path.lastIndexOf('/')
    const context = at < 0 ? '.' : shellWord(path.slice(0, at))
    return path.slice(at + 1) === 'Dockerfile' ? `docker build ${context}` : `docker build -f ${word} ${context}`
  }
  if (language === 'compose') return `docker compose -f ${word} up -d`
  if (language === 'shell' && path.endsWith('.sh')) return `bash ${word}`
  return null
}
