import type { Emulator } from './emulator.ts';

/** Somebody who signed in. */
export interface Person {
  readonly role: 'reader' | 'editor' | 'operator';
  /** An access token of the deployed pool. */
  readonly token: string;
}

const PASSWORD = 'A rehearsal 2026!';

/** Makes an account in a group, as an operator would by the command line of AWS, and signs in with it. */
export async function person(emulator: Emulator, role: Person['role'], name: string = role): Promise<Person> {
  const UserPoolId = emulator.outputs['UserPoolId'] ?? '';
  const Username = `${name}@example.com`;
  const ask = async (operation: string, body: object): Promise<unknown> =>
    await emulator.request('cognito-idp', {
      ...{ method: 'POST', path: '/', target: `AWSCognitoIdentityProviderService.${operation}` },
      body: { UserPoolId, ...body },
    });
  await ask('AdminCreateUser', { Username, MessageAction: 'SUPPRESS' });
  await ask('AdminSetUserPassword', { Username, Password: PASSWORD, Permanent: true });
  await ask('AdminAddUserToGroup', { Username, GroupName: role });
  const { UserPoolClients } = (await ask('ListUserPoolClients', { MaxResults: 1 })) as {
    UserPoolClients: readonly { readonly ClientId: string }[];
  };
  const signedIn = (await ask('AdminInitiateAuth', {
    ClientId: UserPoolClients[0]?.ClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: Username, PASSWORD },
  })) as { readonly AuthenticationResult: { readonly AccessToken: string } };
  return { role, token: signedIn.AuthenticationResult.AccessToken };
}

/** The same token with another last letter of its signature: nobody signed it. */
export function forged({ token }: Person): string {
  const at = token.lastIndexOf('.') + 10;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

/** The same claims under "alg": "none", without any signature. */
export function unsigned({ token }: Person): string {
  const [, claims] = token.split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${claims}.`;
}
