/**
 * Elements of sets in plans of the vendor's types: the SDK reads them whole, so that a text that is left out is empty.
 * Seen with the vendor's provider 2.5.0: `subject_attributes[].operator` of ibm_iam_authorization_policy.
 */
import { type Case, plan, rulesOf } from '../../support/planning';

const block = {
  attributes: {
    name: { type: 'string', required: true },
    operator: { type: 'string', optional: true },
    id: { type: 'string', computed: true },
    size: { type: 'number', optional: true },
  },
} as const;

const created = (nesting_mode: 'set' | 'list', legacy: boolean) => {
  const rules = rulesOf({ block_types: { subject: { nesting_mode, block } } }, {}, { legacy });
  const element = { name: 'a', operator: null, id: null, size: null };
  const asked: Case = { prior: null, config: { subject: [element] } };
  return plan(rules, asked).planned['subject'];
};

test.each([
  ['set', true, ''],
  ['list', true, null],
  ['set', false, null],
] as const)(
  'a text left out in an element of a %s, legacy %p, is planned as %p',
  (nesting, legacy, operator) => {
    expect(created(nesting, legacy)).toMatchObject([{ name: 'a', operator, size: null }]);
  },
);
