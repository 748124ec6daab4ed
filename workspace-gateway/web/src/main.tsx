import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { StepUp } from './account/StepUp.tsx'
import { App } from './app/App.tsx'
import { Problem, whenSignedOut } from './api/client.ts'
import { ended } from './api/session.ts'
import { LanguageProvider } from './i18n/language.tsx'
import './tokens.css'
import './base.css'
import './kit/kit.css'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, problem) => problem instanceof Problem && problem.reason === 'offline' && failures < 30,
      retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 10_000),
    },
  },
})
whenSignedOut(() => ended(queries))

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <App />
        <StepUp />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
)
