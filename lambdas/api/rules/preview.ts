import { success } from '../../../shared/result.ts';
import { previewDraft } from '../../../shared/workbench/preview.ts';
import { styleOf } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { libraryOf } from './library-of.ts';

/** What a draft is and would have done over everything stored. */
export const previewRule: Handler<'previewRule'> = async ({ ground, body }) => {
  const begun = ground.ticks();
  const library = libraryOf(ground);
  const preview = await previewDraft(
    { library, subscriptions: () => ground.subscriptions.list(), style: styleOf(ground) },
    body.draft,
  );
  return success({ ...preview, took: ground.ticks() - begun });
};
