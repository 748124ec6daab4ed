import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Job } from '../api/types.ts'

export const mostBytes = 20 * 1024 * 1024
/** @param image one that the project has brought in; empty for the usual one */
export type Wish = { file: File; title: string; context: string; image: string }

export function useRunNotebook(project: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (wish: Wish) => ask<Job>(`/api/projects/${encodeURIComponent(project)}/jobs`, { method: 'POST', body: form(wish) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs', project] }),
  })
}

/** The fields that the gateway takes, and no other. */
export function form({ file, title, context, image }: Wish): FormData {
  const fields = new FormData()
  fields.set('kind', 'notebook')
  if (title.trim()) fields.set('title', title.trim())
  if (context.trim()) fields.set('context', context.trim())
  if (image) fields.set('image', image)
  fields.set('notebook', file)
  return fields
}
