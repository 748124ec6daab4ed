import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { enter, test } from './people.ts'

type Cell = [kind: 'code' | 'markdown', source: string]

const counts: Cell[] = [
  ['markdown', '# Persons by prefecture'],
  ['code', 'import sekisho\nimport pandas as pd'],
  ['code', 'people = sekisho.sql("select prefecture, sex, count(*) as n from person group by prefecture, sex")'],
  ['code', 'counts = people.groupby("prefecture", as_index=False)["n"].sum()'],
  ['code', 'counts = counts[counts["n"] >= 10].reset_index(drop=True)'],
  ['code', 'counts'],
  ['code', 'import matplotlib.pyplot as plt\nplt.bar(counts["prefecture"], counts["n"])\nplt.show()'],
  ['code', 'len(counts)'],
  ['code', 'counts.to_csv("outputs/counts.csv", index=False)'],
  ['code', 'print("done")'],
]
const failing: Cell[] = [
  ['code', 'import sekisho\npeople = sekisho.sql("select person_id from person limit 1")'],
  ['code', 'raise KeyError("person " + str(people.iloc[0, 0]))'],
]

function notebook(cells: Cell[]): Buffer {
  const written = cells.map(([kind, source]) => (kind === 'code' ? { cell_type: kind, metadata: {}, execution_count: null, outputs: [], source } : { cell_type: kind, metadata: {}, source }))
  const kernelspec = { name: 'python3', language: 'python', display_name: 'Python 3' }
  return Buffer.from(JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: { kernelspec }, cells: written }))
}

async function send(page: Page, title: string, cells: Cell[]): Promise<void> {
  await page.goto('/projects/stroke-care/notebooks')
  await page.locator('input[type=file]').setInputFiles({ name: 'work.ipynb', mimeType: 'application/x-ipynb+json', buffer: notebook(cells) })
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('What is it for?').fill('Counts by prefecture for the report.')
  await page.getByRole('button', { name: 'Run the notebook' }).click()
}

test('a notebook goes from its cells to the download, cell by cell and seen by two reviewers', async ({ browser }) => {
  test.setTimeout(300_000)
  const title = `Notebook ${Date.now() % 100_000}`
  const analyst = await enter(browser, 'analyst')
  await send(analyst, title, counts)
  await expect(analyst.getByText(/Cell \d+ of 9/)).toBeVisible({ timeout: 120_000 })
  await analyst.getByRole('link', { name: 'Open the output' }).click({ timeout: 180_000 })
  await expect(analyst.locator('.crumbs').getByText('Held')).toBeVisible({ timeout: 60_000 })
  await expect(analyst.getByText('notebook.ipynb')).toBeVisible()
  await expect(analyst.getByRole('button', { name: 'Download' })).toHaveCount(0)

  for (const name of ['checker', 'checker2']) {
    const checker = await enter(browser, name)
    await checker.goto('/review')
    await checker.getByRole('link', { name: title }).click()
    await checker.getByRole('radio', { name: /notebook\.ipynb/ }).click()
    await expect(checker.locator('.notebook li')).toHaveCount(10)
    await expect(checker.locator('.notebook .source').nth(1)).toContainText('import sekisho')
    if (process.env.BASE_URL) {
      const picture = checker.locator('.notebook img').first()
      await expect(picture).toBeVisible()
      expect(await picture.evaluate((drawn: HTMLImageElement) => drawn.naturalWidth)).toBeGreaterThan(100)
    }
    await checker.getByRole('radio', { name: /counts\.csv/ }).click()
    await expect(checker.getByRole('grid')).toBeVisible()
    await checker.locator('.decision').getByRole('radio', { name: 'Release as it is' }).check({ force: true })
    await checker.locator('.decision textarea').fill('Counts of ten and more; the picture shows the same.')
    await checker.getByRole('button', { name: /Decide as/ }).click()
    await expect(checker.locator('.decision textarea')).toHaveCount(0)
    await checker.context().close()
  }

  await expect(analyst.locator('.crumbs').getByText('Released')).toBeVisible({ timeout: 60_000 })
  const [file] = await Promise.all([analyst.waitForEvent('download'), analyst.locator('.file').filter({ hasText: 'notebook.ipynb' }).getByRole('button', { name: 'Download' }).click()])
  expect(JSON.parse(readFileSync((await file.path())!, 'utf8')).cells).toHaveLength(10)
})

test('a failed notebook tells its cell and the class of the error, and no text', async ({ browser }) => {
  test.setTimeout(200_000)
  const analyst = await enter(browser, 'analyst')
  await send(analyst, 'Fails', failing)
  await expect(analyst.getByText('Cell 2 failed')).toBeVisible({ timeout: 120_000 })
  await expect(analyst.locator('[data-job=failed] code')).toHaveText('KeyError')
  await expect(analyst.locator('main')).not.toContainText(/person \d/)
  await expect(analyst.getByRole('link', { name: 'Open the output' })).toHaveCount(0)
})
