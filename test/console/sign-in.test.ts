import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { contentPolicy } from '../../shared/api/content-policy.ts';
import { settled, useConsole } from './browser.ts';

const console = useConsole();

const ISSUER = 'https://issuer.example';
const LOGIN = 'https://login.example';
const AUTH = { authority: ISSUER, clientId: 'console-1', domain: LOGIN };
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'RS256' })}.${part({ sub: 'ann', iss: ISSUER, aud: 'console-1', exp: 4e9, iat: 1 })}.x`;

/** Makes a page a deployed one: its configuration, its policy, and a sign-in that says yes. */
async function deploy(
  page: Page,
): Promise<{ readonly asked: URL[]; readonly tokens: (string | undefined)[] }> {
  const asked: URL[] = [];
  const tokens: (string | undefined)[] = [];
  const open = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
  const policy = contentPolicy({ connect: [ISSUER, LOGIN] });
  await page.route(console.address() + '/**', async (route) => {
    const request = route.request();
    const answer = await route.fetch();
    if (request.url().includes('/api/')) tokens.push(request.headers()['authorization']);
    if (request.url().endsWith('/config.json')) return await route.fulfill({ json: { auth: AUTH } });
    if (request.url().endsWith('/api/me')) return await route.fulfill({ json: await deployed(answer) });
    const headers = { ...answer.headers(), 'content-security-policy': policy };
    return await route.fulfill({ response: answer, headers });
  });
  await page.route(`${ISSUER}/**`, (route: Route) =>
    route.fulfill({
      headers: open,
      json: {
        issuer: ISSUER,
        authorization_endpoint: `${LOGIN}/oauth2/authorize`,
        token_endpoint: `${LOGIN}/oauth2/token`,
        revocation_endpoint: `${LOGIN}/oauth2/revoke`,
        jwks_uri: `${ISSUER}/keys`,
      },
    }),
  );
  await page.route(`${LOGIN}/**`, async (route: Route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    const back = `${console.address()}/signed-in?code=c0de&state=${url.searchParams.get('state')}`;
    if (url.pathname === '/oauth2/authorize') {
      return await route.fulfill({ contentType: 'text/html', body: `<a href="${back}">Yes, it is me</a>` });
    }
    if (url.pathname !== '/oauth2/token') return await route.fulfill({ headers: open, body: 'done' });
    const json = {
      access_token: TOKEN,
      id_token: TOKEN,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid',
    };
    return await route.fulfill({ headers: open, json });
  });
  return { asked, tokens };
}

async function deployed(answer: { readonly json: () => Promise<unknown> }): Promise<unknown> {
  return { ...((await answer.json()) as object), user: 'ann', role: 'reader', where: 'deployed' };
}

describe('signing in', () => {
  it('proves itself by a code and PKCE, comes back to where it was, and offers what a reader may do', async () => {
    const page = await console.open('/status.json');
    const { asked, tokens } = await deploy(page);
    await page.goto('/alerts?kind=fired');
    await page.getByRole('link', { name: 'Yes, it is me' }).click();
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
    await settled(page);
    const query = asked[0]?.searchParams;
    expect([
      query?.get('response_type'),
      query?.get('code_challenge_method'),
      query?.get('client_id'),
    ]).toEqual(['code', 'S256', 'console-1']);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/alerts?kind=fired');
    expect(new Set(tokens)).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(await page.getByRole('link', { name: 'Outbox' }).count()).toBe(0);
    expect(await page.getByText('Local, not authenticated').count()).toBe(0);
    await page.goto('/silences');
    await settled(page);
    expect(await page.getByRole('heading', { name: 'Silence a rule' }).count()).toBe(0);
  });

  it('ends the session where the sign-in keeps it', async () => {
    const page = await console.open('/status.json');
    const { asked } = await deploy(page);
    await page.goto('/silences');
    await page.getByRole('link', { name: 'Yes, it is me' }).click();
    await page.getByRole('heading', { level: 1, name: 'Silences' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${LOGIN}/logout**`);
    const left = asked.find(({ pathname }) => pathname === '/logout');
    expect(Object.fromEntries(left?.searchParams ?? [])).toEqual({
      client_id: 'console-1',
      logout_uri: `${console.address()}/`,
    });
  });
});
