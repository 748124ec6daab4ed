import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import type { Dataset, Page, PublicProject } from '../api/types.ts'

export const useDatasets = () => useQuery({ queryKey: ['datasets'], queryFn: () => ask<Page<Dataset>>('/api/datasets'), staleTime: 300_000 })

export const useDataset = (id: string) => useQuery({ queryKey: ['dataset', id], queryFn: () => ask<Dataset>(`/api/datasets/${encodeURIComponent(id)}`), staleTime: 300_000 })

export const useRegister = () => useQuery({ queryKey: ['register'], queryFn: () => ask<Page<PublicProject>>('/api/public/projects'), staleTime: 60_000 })
