/**
 * The subject of an alert where the page itself says that data is a sample and of which session it speaks: without the
 * marks that a message, which travels alone, has to carry.
 */
export function plainSubject(subject: string): string {
  return subject.replace(/^SAMPLE DATA - /, '').replace(/ \(\d{1,2} [A-Z][a-z]{2} \d{4}\)$/, '');
}
