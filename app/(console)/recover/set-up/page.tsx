import type { Metadata } from 'next'
import { SetUpWizard } from '@/components/set-up/set-up-wizard'

export const metadata: Metadata = { title: 'Set up mirroring' }

export default function SetUpPage() {
  return <SetUpWizard />
}
