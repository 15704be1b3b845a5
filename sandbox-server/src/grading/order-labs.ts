/** The order of labs: as the curriculum lists their lessons, then the rest by name. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Lab } from './lab.ts'

const curriculum = z.object({ topics: z.array(z.object({ lessons: z.array(z.string()) })) })

/** `file`: `lessons/curriculum.yaml`; without it, or when it cannot be read, the order stays as it is. */
export async function orderLabs(labs: ReadonlyMap<string, Lab>, file: string): Promise<Map<string, Lab>> {
  const lessons: string[] = await readFile(file, 'utf8').then(
    (text) => curriculum.safeParse(parse(text)).data?.topics.flatMap((topic) => topic.lessons) ?? [],
    () => [],
  )
  const place = (id: string) => (lessons.includes(id) ? lessons.indexOf(id) : lessons.length)
  return new Map([...labs].toSorted(([a], [b]) => place(a) - place(b)))
}
