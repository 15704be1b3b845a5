/** A code that was read aloud is right however it was heard: letters for digits, small ones, blanks; and what is no code says why. */
import { workshopView } from '@drydock/sandbox-server/contract'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, narrow, openTeacher, person } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

test('O for 0, l and I for 1, small letters, blanks, dashes and the whole link lead in; a wrong one says what is wrong', async ({
  browser,
  platform,
}) => {
  const { teacher, shop, ask } = await openTeacher(browser, platform)
  // Until there is one in which both can be misheard.
  let code = shop.code!
  for (let i = 0; i < 500 && !(code.includes('0') && code.includes('1')); i++)
    code = workshopView.parse(await (await ask('/code')).json()).code!
  expect(code).toMatch(/0.*1|1.*0/)

  const page = await person(browser, platform.url, 'light', narrow)
  await page.goto('/join/')
  const enter = async (text: string) => {
    await page.getByLabel('Code').fill(text)
    await page.keyboard.press('Enter')
  }
  // Whoever pressed the button is back where they can mend it, and what is being mended is not called wrong any more.
  await page.getByLabel('Code').fill(code.slice(0, 5))
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('alert')).toContainText('has 4 characters, and a code has 6')
  await expect(page.getByLabel('Code')).toBeFocused()
  await expect(page.getByLabel('Code')).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type('A')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await enter(`${code.slice(0, 6)}?!`)
  await expect(page.getByRole('alert')).toContainText('has 5 characters')
  await enter(code.replace('0', '€'))
  await expect(page.getByRole('alert')).toContainText("'€' is in no code")
  await expect(page.getByLabel('Code')).toBeFocused()
  await accessible(page, 'a wrong code')
  const unknown = code.replace('0', '3').replace('1', '3')
  await enter(unknown)
  await expect(page.getByRole('alert')).toContainText('No workshop has this code.')

  const heard = [
    code.replaceAll('0', 'O').replaceAll('1', 'l'),
    code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i').replace('-', ''),
    [...code.replace('-', '').replaceAll('0', 'Q').replaceAll('1', 'I')].join(' '),
    `  ${code.replace('-', ' – ')} `,
    `${platform.url}/join/#${code}`,
    `https://workshops.computer-science.university.example.ac.uk/join/#${code}`,
  ]
  for (const text of heard) {
    await enter(text)
    await expect(page.getByRole('heading', { name: shop.title }), text).toBeVisible()
    await expect(page.getByLabel('Your name in this class')).toBeFocused()
    await page.getByRole('button', { name: 'Another code' }).click()
    await expect(page.getByLabel('Code')).toBeFocused()
  }
  await page.context().close()
  await teacher.context().close()
})
