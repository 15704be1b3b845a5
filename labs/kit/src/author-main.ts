/** `npm run labs -- new <topic>/<lab>` and `schema`: writes what an author begins with. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { jsonSchema, listLesson, scaffold, schemaFile } from './lint/index.ts'
import { labId } from './schema.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const [action, id = ''] = process.argv.slice(2)
process.exitCode = action === 'schema' ? await writeSchema() : await makeLab(id)

async function writeSchema(): Promise<number> {
  await writeFile(path.join(root, 'labs', schemaFile), `${JSON.stringify(jsonSchema(), null, 2)}\n`)
  return say(`labs/${schemaFile} is written.`, 0)
}

async function makeLab(id: string): Promise<number> {
  const parsed = labId.safeParse(id)
  if (!parsed.success) return say(`'${id}' ${parsed.error.issues[0]?.message}`, 2)
  const plan = path.join(root, 'lessons/curriculum.yaml')
  const listed = listLesson(await readFile(plan, 'utf8'), id)
  if (listed === undefined)
    return say(
      `lessons/curriculum.yaml has no topic '${id.split('/')[0]}': add it there first, or use one that is there`,
      2,
    )
  const files = scaffold(id)
  for (const name of Object.keys(files))
    if (await stat(path.join(root, name)).catch(() => null))
      return say(`${name} is there already: nothing was written`, 2)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), text)
    say(`  ${name}`, 0)
  }
  await writeFile(plan, listed)
  return say(
    `Now write what says TODO, questions included (npm run labs -- lint ${id} lists it), look at it with npm run labs -- dev ${id}, and prove it with npm run labs -- verify ${id} and npm run quiz -- prove ${id}.`,
    0,
  )
}

function say(text: string, status: number): number {
  process.stderr.write(`${text}\n`)
  return status
}
