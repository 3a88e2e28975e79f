import { computed, signal } from '@preact/signals';

/** What a reader wants; `system`: what the device says. */
export type Theme = 'system' | 'light' | 'dark';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const KEPT = 'tidemark-theme';

/** What the reader chose. */
export const theme = signal<Theme>('system');
const deviceIsDark = signal(false);

/** Whether the page is dark now: charts, which draw their own colours, follow it. */
export const isDark = computed(() =>
  theme.value === 'system' ? deviceIsDark.value : theme.value === 'dark',
);

/** Takes up what was chosen before, and follows the device from now on. */
export function applyTheme(page: Window): void {
  const device = page.matchMedia('(prefers-color-scheme: dark)');
  deviceIsDark.value = device.matches;
  device.addEventListener('change', ({ matches }) => {
    deviceIsDark.value = matches;
  });
  const kept = THEMES.find((one) => one === page.localStorage.getItem(KEPT));
  show(page, kept ?? 'system');
}

/** Takes the next of the three. */
export function nextTheme(page: Window): void {
  const chosen = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system';
  page.localStorage.setItem(KEPT, chosen);
  show(page, chosen);
}

function show(page: Window, chosen: Theme): void {
  theme.value = chosen;
  page.document.documentElement.dataset['theme'] = chosen;
}
