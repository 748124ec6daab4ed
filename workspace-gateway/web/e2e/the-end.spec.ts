import { expect, test } from '@playwright/test'
import { enter } from './people.ts'

const page = '/projects/expired-cohort'

test('a reviewer proposes to close a project, security confirms it, and its data are gone', async ({ browser }) => {
  const reviewer = await enter(browser, 'reviewer')
  await reviewer.goto(page)
  const card = reviewer.locator('[data-closing]')
  await expect(card).toHaveAttribute('data-closing', 'none')
  await expect(card.getByRole('button', { name: 'Propose to close' })).toBeDisabled()
  await card.getByLabel('Why it is to be closed').fill('The study is over.')
  await card.getByRole('button', { name: 'Propose to close' }).click()
  const proposal = reviewer.getByRole('alertdialog')
  await expect(proposal).toContainText('cannot be undone')
  await proposal.getByRole('button', { name: 'Propose to close' }).click()
  await expect(card).toHaveAttribute('data-closing', 'proposed')
  await expect(card).toContainText('another person has to decide')

  const security = await enter(browser, 'security', { language: 'ja' })
  await security.goto(page)
  const waiting = security.locator('[data-closing=proposed]')
  await expect(waiting).toContainText('The study is over.')
  await security.screenshot({ path: 'test-results/moments/closing-proposed.png', fullPage: true })
  await waiting.getByRole('button', { name: 'プロジェクトを終了する' }).click()
  const dialog = security.getByRole('alertdialog')
  await expect(dialog).toContainText('元に戻すことはできません')
  await dialog.getByRole('button', { name: 'プロジェクトを終了する' }).click()
  await expect(security.locator('[data-closing=closed]')).toContainText('監査ログの第', { timeout: 30_000 })
  await expect(security.locator('.chip[data-state=closed]').first()).toBeVisible()
  await expect(security.locator('[data-closing=closed]')).toContainText('The study is over.')
  await security.screenshot({ path: 'test-results/moments/closed.png', fullPage: true })

  const researcher = await enter(browser, 'researcher')
  await researcher.goto(page)
  await expect(researcher.getByText('The project is closed; its data are destroyed.')).toBeVisible()
  await expect(researcher.locator('[data-closing]')).toHaveCount(0)
})
