import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { canLeave, learnOfSample, leave } from '../session/enter.ts';
import { me, offers, sample } from '../session/session.ts';
import { nextTheme, theme } from './theme.ts';
import { Toasts } from './toast.tsx';

const PLACES = [
  { href: '/', text: 'Today', needs: 'today' },
  { href: '/rules', text: 'Rules', needs: 'rules' },
  { href: '/alerts', text: 'Alerts', needs: 'alerts' },
  { href: '/subscriptions', text: 'Subscriptions', needs: 'subscriptions' },
  { href: '/silences', text: 'Silences', needs: 'silences' },
  { href: '/data', text: 'Data', needs: 'data' },
  { href: '/outbox', text: 'Outbox', needs: 'outbox' },
] as const;

/** What stands around every page. */
export function Layout({ children }: { readonly children: ComponentChildren }): ComponentChildren {
  const { path } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    // A page that was reached by a link begins at its beginning also for whoever does not see it change.
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <TopBar path={path} />
      <Banner />
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <footer class="foot">
        <p>
          Information, not advice. Returns are price returns. Charts:{' '}
          <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
            TradingView Lightweight Charts™, © 2025 TradingView, Inc.
          </a>
        </p>
      </footer>
      <Toasts />
    </>
  );
}

function TopBar({ path }: { readonly path: string }): ComponentChildren {
  const places = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the places are wider than the screen.
    const here = places.current?.querySelector('[aria-current]');
    here?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href="/" aria-label="Tidemark, today">
          <Mark />
          Tidemark
        </a>
        <nav ref={places} class="places" aria-label="Pages">
          {PLACES.filter(({ needs }) => offers(needs)).map(({ href, text }) => (
            <a key={href} href={href} aria-current={isHere(path, href) ? 'page' : undefined}>
              {text}
            </a>
          ))}
        </nav>
        <div class="top-end">
          <Who />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}

function isHere(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}

function Who(): ComponentChildren {
  const caller = me.value;
  if (caller === null || caller.where === 'local') return null;
  return (
    <span class="who">
      {caller.user} <span class="soft">{caller.role}</span>
      {canLeave() ? (
        <button type="button" class="link-button" onClick={() => void leave()}>
          Sign out
        </button>
      ) : null}
    </span>
  );
}

const THEME_SIGNS = { system: '◑', light: '☀', dark: '☾' };

function ThemeSwitch(): ComponentChildren {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Colours: ${theme.value}. Change`}
      title={`Colours: ${theme.value}`}
      onClick={() => nextTheme(window)}
    >
      {THEME_SIGNS[theme.value]}
    </button>
  );
}

/** What everybody should know before reading a figure: that it is a sample, that nobody was asked who they are. */
function Banner(): ComponentChildren {
  const local = me.value?.where === 'local';
  const { path } = useLocation();
  // Today's page asks for it itself.
  useEffect(() => {
    if (path !== '/') void learnOfSample();
  }, [path]);
  const note = sample.value ?? null;
  if (!local && note === null) return null;
  return (
    <aside class="banner" aria-label="About this service">
      <div class="banner-inner">
        {note === null ? null : (
          <p>
            <strong>Sample data, not the market</strong>
            <span class="banner-note">: {note}</span>.
          </p>
        )}
        {local ? <p class="banner-local">Local, not authenticated</p> : null}
      </div>
    </aside>
  );
}

function Mark(): ComponentChildren {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M4 21c4 0 4-4 8-4s4 4 8 4 4-4 8-4" />
      <path d="M4 28c4 0 4-4 8-4s4 4 8 4 4-4 8-4" opacity=".45" />
      <path d="M16 12V4m-4 4 4-4 4 4" />
    </svg>
  );
}
